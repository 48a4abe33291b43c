from __future__ import annotations

import pytest

from contract.query import parse_metric, parse_monitor, selections, to_text
from contract.query.metric import (
    Arithmetic,
    Change,
    Function,
    Membership,
    MetricMonitor,
    MetricSelection,
    Modifier,
    NestedAggregation,
    Number,
    SeriesList,
    Signed,
    Tag,
    ValueFilter,
)
from contract.query.tree import And, Comparison, Everything, Not, Or, TemplateVariable, Window


def test_simple_monitor_with_positions() -> None:
    query = "avg(last_5m):max:system.cpu.user{env:prod} by {host,pod} > 0.5"
    tree = parse_monitor("query alert", query)

    assert tree == MetricMonitor(
        "avg",
        Window("last", 5, "m"),
        MetricSelection("max", "system.cpu.user", Tag("env", "prod"), ("host", "pod")),
        Comparison(">", 0.5),
    )
    assert isinstance(tree, MetricMonitor)
    assert isinstance(tree.expression, MetricSelection)
    assert query[tree.window.position :].startswith("last_5m")
    assert query[tree.expression.position :].startswith("max:")
    assert query[tree.expression.scope.position :].startswith("env:prod")
    assert query[tree.comparison.position :] == "> 0.5"


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("*", Everything()),
        ("$env", TemplateVariable("env")),
        ("!$env", Not(TemplateVariable("env"), True)),
        ("database", Tag(None, "database")),
        ("path:/mnt/data", Tag("path", "/mnt/data")),
        ("servicename: ec2", Tag("servicename", "ec2")),
        ("a:1, b:2 ,!c:x*", And((Tag("a", "1"), Tag("b", "2"), Not(Tag("c", "x*"), True)), True)),
        ("a:1 AND (b:2 or b:3)", And((Tag("a", "1"), Or((Tag("b", "2"), Tag("b", "3")))))),
        ("NOT a:1 AND b:2", And((Not(Tag("a", "1")), Tag("b", "2")))),
        ("a:1 OR b:2 AND c:3", Or((Tag("a", "1"), And((Tag("b", "2"), Tag("c", "3")))))),
        ("kind IN (a,b)", Membership("kind", ("a", "b"))),
        ("* AND kind not in ( a, b )", And((Everything(), Membership("kind", ("a", "b"), True)))),
        ("topic:$queue.value", Tag("topic", "$queue.value")),
    ],
)
def test_scopes(scope: str, expected: object) -> None:
    tree = parse_metric(f"avg:m{{{scope}}}")
    assert isinstance(tree, MetricSelection)
    assert tree.scope == expected


@pytest.mark.parametrize(("value", "expected"), [("prod", False), ("web-*", True), ("$env.value", True)])
def test_a_tag_may_stand_for_more_than_itself(value: str, expected: bool) -> None:
    assert Tag("env", value).is_pattern is expected


def test_conditions_know_their_negation() -> None:
    (found,) = selections(parse_metric("avg:m{a:1 AND NOT (b:2 OR c NOT IN (x)) AND d NOT IN (y)}"))
    assert [(str(getattr(tag, "key", "")), negated) for tag, negated in found.conditions()] == [
        ("a", False),
        ("b", True),
        ("c", False),
        ("d", True),
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("m.x{*}", MetricSelection(None, "m.x", Everything())),
        ("p99.9:m{*}by{a}", MetricSelection("p99.9", "m", Everything(), ("a",))),
        (
            "sum:m{*}.as_count().rollup(sum, 60).fill(last, 300)",
            MetricSelection(
                "sum",
                "m",
                Everything(),
                (),
                (Modifier("as_count"), Modifier("rollup", ("sum", 60.0)), Modifier("fill", ("last", 300.0))),
            ),
        ),
        ("count(v: v>=10):m{*}", MetricSelection("count", "m", Everything(), value_filter=ValueFilter(">=", 10.0))),
        (
            "sum(max:m{*} by {a,b}.rollup(max, 60), { b })",
            NestedAggregation(
                "sum",
                MetricSelection("max", "m", Everything(), ("a", "b"), (Modifier("rollup", ("max", 60.0)),)),
                ("b",),
            ),
        ),
        (
            "clamp_min(avg:m{*}, -0.1)",
            Function("clamp_min", (MetricSelection("avg", "m", Everything()), -0.1)),
        ),
        ("-avg:m{*}", Signed("-", MetricSelection("avg", "m", Everything()))),
        (
            "avg:a{*},avg:b{*}",
            SeriesList((MetricSelection("avg", "a", Everything()), MetricSelection("avg", "b", Everything()))),
        ),
        (
            "1 - 2 * (3 - 4) / 5",
            Arithmetic(
                "-",
                Number(1),
                Arithmetic("/", Arithmetic("*", Number(2), Arithmetic("-", Number(3), Number(4))), Number(5)),
            ),
        ),
    ],
)
def test_expressions(query: str, expected: object) -> None:
    assert parse_metric(query) == expected


@pytest.mark.parametrize("shift", ["1h_ago", "last_1h"])
def test_change_takes_both_spellings_of_the_shift(shift: str) -> None:
    tree = parse_monitor("query alert", f"pct_change(avg(last_5m),{shift}):avg:m{{*}} <= -50")
    assert isinstance(tree, MetricMonitor)
    assert tree.change == Change("pct_change", Window("last", 1, "h"))
    assert tree.window.seconds == 300
    assert tree.comparison == Comparison("<=", -50)


def test_anomalies_keep_their_settings() -> None:
    tree = parse_monitor(
        "query alert",
        "avg(last_4h):anomalies(+ avg:m{*} by {host}, 'agile', 2, direction='both', interval=60) >= 1",
    )
    assert isinstance(tree, MetricMonitor)
    assert isinstance(tree.expression, Function)
    assert tree.expression.arguments[1:] == ("agile", 2.0)
    assert tree.expression.keyword("direction") == "both"
    assert tree.expression.keyword("interval") == 60.0
    assert tree.expression.keyword("timezone") is None


def test_selections_of_every_operand_in_order() -> None:
    tree = parse_monitor(
        "metric alert",
        "max(last_5m):default(sum:a{*}, 0) / (top(b{*}, 5, 'mean', 'desc') + per_second(avg:c{*})) * 100 > threshold",
    )
    assert [found.metric for found in selections(tree)] == ["a", "b", "c"]


def test_heredoc_layout_means_the_same() -> None:
    spread = "\n  min(last_5m): (\n    avg:a{ env:prod , x:y } by { host }\n  )\n  * 100 > 5\n"
    tree = parse_monitor("query alert", spread)
    assert tree == parse_monitor("query alert", "min(last_5m):avg:a{env:prod,x:y} by {host}*100>5")
    assert to_text(tree) == "min(last_5m):avg:a{env:prod,x:y} by {host} * 100 > 5"
