from __future__ import annotations

import pytest

from contract.query import parse_monitor, parse_search, selections
from contract.query.check import ServiceCheckMonitor
from contract.query.composite import CompositeMonitor, Member
from contract.query.event import EventMonitor, Rollup
from contract.query.formula import Analysis, FormulaMonitor
from contract.query.metric import Arithmetic, Reference
from contract.query.search import Attribute, Limit, Network, Phrase, Range, Term
from contract.query.slo import BurnRateMonitor, ErrorBudgetMonitor
from contract.query.tree import And, Comparison, Everything, Not, Or, TemplateVariable, Window


def test_log_monitor_with_positions() -> None:
    query = 'logs("source:api @status:>=500").index("main","x").rollup("avg", "@d").by("@a,host").last("1d") > 3'
    tree = parse_monitor("log alert", query)
    assert tree == EventMonitor(
        "logs",
        And((Attribute("source", Term("api")), Attribute("@status", Limit(">=", "500")))),
        Window("last", 1, "d"),
        Comparison(">", 3),
        Rollup("avg", "@d"),
        ("main", "x"),
        ("@a", "host"),
    )
    assert isinstance(tree, EventMonitor)
    assert isinstance(tree.search, And)
    assert query[tree.search.operands[1].position :].startswith("@status")


def test_quotation_marks_inside_a_search_may_stay_as_they_are() -> None:
    plain = 'events("sources:kubernetes tags:env:prod "UnregisterNetDevice"").rollup("count").last("5m") > 0'
    escaped = plain.replace('"Unregister', '\\"Unregister').replace('Device"', 'Device\\"')
    assert parse_monitor("event-v2 alert", plain) == parse_monitor("event-v2 alert", escaped)


@pytest.mark.parametrize(
    ("kind", "query"),
    [
        ("process alert", "processes('java').over('env:prod').rollup('count').last('10s') > 1"),
        ("event alert", "events('sources:nagios priority:normal').rollup('count').last('1h') > 1"),
        ("rum alert", 'rum("@type:error").rollup("count").by("@view.name").last("5m") > 1'),
        ("trace-analytics alert", 'trace-analytics("env:prod").rollup("pc95", "@duration").last("5m") > 1'),
        ("audit alert", 'audits("*").rollup("cardinality", "@usr.id").last("5m") > 1'),
        ("ci-tests alert", 'ci-tests("@test.status:fail").rollup("count").last("5m") >= 1'),
        (
            "error-tracking alert",
            'error-tracking("a").source("all").new().by("issue.id").last("1d") > 1',
        ),
        ("error-tracking alert", 'error-tracking-rum("a").rollup("count").by("@issue.id").last("1h") >= 1'),
        ("network-path alert", 'network-path("a").index("netpath-path").rollup("count").last("1h") >= 1'),
        ("llm-observability alert", 'llm-observability("@ml_app:x").rollup("count").last("5m") > 0'),
        ("database-monitoring alert", 'database-monitoring("dbm_type:slow").rollup("count").last("5m") > 0'),
    ],
)
def test_every_event_source(kind: str, query: str) -> None:
    tree = parse_monitor(kind, query)
    assert isinstance(tree, EventMonitor)
    assert query.startswith(tree.source)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", Everything()),
        ("*", Everything()),
        ("a b AND c", And((Term("a"), Term("b"), Term("c")))),
        ("a b OR c", Or((And((Term("a"), Term("b"))), Term("c")))),
        ("-a NOT b", And((Not(Term("a")), Not(Term("b"))))),
        ("lower-case or", And((Term("lower-case"), Term("or")))),
        ("@a:(x OR -*)", Attribute("@a", Or((Term("x"), Not(Everything()))))),
        ("@a:[1 TO 5]", Attribute("@a", Range("1", "5", True))),
        ("@url:http\\:\\/\\/x", Attribute("@url", Term("http\\:\\/\\/x"))),
        ('message:"Threat Level: high"', Attribute("message", Phrase("Threat Level: high"))),
        ("$host", TemplateVariable("host")),
        ("CIDR(@ip, 13.0.0.0/8)", Network("@ip", ("13.0.0.0/8",))),
    ],
)
def test_searches(query: str, expected: object) -> None:
    assert parse_search(query) == expected


def test_formula_reads_its_variables_from_the_options() -> None:
    variables = [
        {"name": "a", "data_source": "metrics", "query": "sum:errors{env:prod} by {host}"},
        {"name": "b", "data_source": "logs", "search": {"query": "service:api"}},
        {"name": "c", "data_source": "reference_table"},
    ]
    tree = parse_monitor("query alert", 'formula("a / b").rollup("sum").last("5m") > 124', {"variables": variables})
    assert isinstance(tree, FormulaMonitor)
    assert tree.expression == Arithmetic("/", Reference("a"), Reference("b"))
    assert tree.rollup == Rollup("sum")
    assert [found.metric for found in selections(tree)] == ["errors"]
    assert [variable.reads is None for variable in tree.variables] == [False, False, True]


def test_cost_and_job_formulas() -> None:
    cost = parse_monitor("cost alert", 'formula("q").last("7d").anomaly(direction="above", threshold=10) >= 5')
    assert isinstance(cost, FormulaMonitor)
    assert cost.analysis == Analysis("anomaly", (), (("direction", "above"), ("threshold", "10")))
    jobs = parse_monitor("data-jobs alert", 'formula("failed_runs(run_query)").by(job_name,x).last(10d) > 0')
    assert isinstance(jobs, FormulaMonitor)
    assert jobs.group_by == ("job_name", "x")
    assert jobs.window.seconds == 864_000


def test_service_check() -> None:
    query = '"tls.can_connect".over("env:prod","!x:y").exclude("host:a").by("name","port").last(6).count_by_status()'
    assert parse_monitor("service check", query) == ServiceCheckMonitor(
        "tls.can_connect", ("env:prod", "!x:y"), ("name", "port"), 6, ("host:a",)
    )
    cluster = parse_monitor("service check", '"a.up".over("*").by("host").last(1).pct_by_status()')
    assert isinstance(cluster, ServiceCheckMonitor)
    assert cluster.by_percent


def test_slo_alerts() -> None:
    budget = parse_monitor("slo alert", 'error_budget("abc").over("30d") > 75')
    assert budget == ErrorBudgetMonitor("abc", Window("last", 30, "d"), Comparison(">", 75))
    burn = parse_monitor("slo alert", 'burn_rate("abc").over("7d").long_window("1h").short_window("5m") > 14.4')
    assert isinstance(burn, BurnRateMonitor)
    assert (burn.long_window.seconds, burn.short_window.seconds) == (3_600, 300)


def test_composite() -> None:
    tree = parse_monitor("composite", "!1234 || (5 && 1234)")
    assert tree == CompositeMonitor(Or((Not(Member(1234)), And((Member(5), Member(1234))))))
    assert isinstance(tree, CompositeMonitor)
    assert tree.members() == (1234, 5)
