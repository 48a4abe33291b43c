"""The proof of service checks, event searches, formulas and composites."""

from __future__ import annotations

from typing import Any

import pytest

from contract.proof import prove_composite, prove_monitor
from tests.examples import WORLD


def findings_of(kind: str, query: str, options: dict[str, Any] | None = None) -> list[str]:
    return prove_monitor(kind, query, options or {}, WORLD)


@pytest.mark.parametrize(
    "query",
    [
        '"postgres.can_connect".over("env:production").by("host","db").last(3).count_by_status()',
        '"datadog.agent.up".over("kube_cluster_name:example-cluster").by("host").last(2).count_by_status()',
        '"tls.cert_expiration".over("env:production","service:genonaut-api").by("server").last(2).count_by_status()',
        '"http.can_connect".over("env:production").exclude("url:https://x","env:staging").by("*").last(2).pct_by_status()',
    ],
)
def test_checks_that_report_are_proved(query: str) -> None:
    assert findings_of("service check", query) == []


@pytest.mark.parametrize(
    ("query", "thresholds", "finding"),
    [
        ('"postgres.can_conect".over("*").by("*").last(2).count_by_status()', {}, "did you mean postgres.can_connect?"),
        ('"made.up".over("*").by("*").last(2).count_by_status()', {}, "nobody reports the check made.up"),
        (
            '"redis.can_connect".over("env:prod").by("*").last(2).count_by_status()',
            {},
            "this environment is production",
        ),
        ('"redis.can_connect".over("cluster:a").by("*").last(2).count_by_status()', {}, "carries no tag cluster"),
        ('"redis.can_connect".over("production").by("*").last(2).count_by_status()', {}, "has no key"),
        ('"redis.can_connect".over("*").by("pod").last(2).count_by_status()', {}, "carries no tag pod"),
        ('"redis.can_connect".over("*").exclude("a:b").by("*").last(2).count_by_status()', {}, "carries no tag a"),
        (
            '"redis.can_connect".over("*").by("*").last(3).count_by_status()',
            {"critical": 3, "warning": 2},
            "redis.can_connect is never warning: it answers critical, ok",
        ),
    ],
)
def test_checks_that_do_not_are_refused(query: str, thresholds: dict[str, int], finding: str) -> None:
    findings = findings_of("service check", query, {"thresholds": thresholds})
    assert any(finding in found for found in findings), findings


@pytest.mark.parametrize(
    ("kind", "query"),
    [
        (
            "log alert",
            'logs("env:production service:genonaut-api status:error -@error.kind:Timeout*").index("*")'
            '.rollup("count").by("@http.route,host").last("5m") > 50',
        ),
        (
            "log alert",
            'logs("env:production service:(genonaut-api OR genonaut-worker) \\"connection refused\\"").last("5m") > 3',
        ),
        (
            "trace-analytics alert",
            'trace-analytics("env:production operation_name:fastapi.request @http.status_code:[500 TO 599]")'
            '.rollup("pc95", "@duration").by("resource_name").last("10m") > 2000000000',
        ),
        (
            "rum alert",
            'rum("env:production @type:error @session.type:user service:genonaut-web")'
            '.by("@view.name").last("1h") > 10',
        ),
        (
            "event-v2 alert",
            'events("kube_cluster_name:example-cluster source:kubernetes event_reason:oomkilling")'
            '.by("host").last("5m") > 0',
        ),
        (
            "error-tracking alert",
            'error-tracking("env:production service:genonaut-api").source("backend").new().last("1h") > 0',
        ),
    ],
)
def test_searches_for_what_is_sent_are_proved(kind: str, query: str) -> None:
    assert findings_of(kind, query) == []


@pytest.mark.parametrize(
    ("kind", "query", "finding"),
    [
        ("log alert", 'logs("env:prod").last("5m") > 5', "this environment is production"),
        ("log alert", 'logs("service:genonaut-apii").last("5m") > 5', "did you mean genonaut-api?"),
        ("log alert", 'logs("service:(genonaut-api OR nobody)").last("5m") > 5', "service:nobody does not occur"),
        ("log alert", 'logs("status:err").last("5m") > 5', "did you mean error?"),
        ("log alert", 'logs("status:severe").last("5m") > 5', "status:severe does not occur"),
        ("log alert", 'logs("@statuscode:500").last("5m") > 5', "logs have no @statuscode"),
        ("log alert", 'logs("http.status_code:500").last("5m") > 5', "did you mean @http.status_code?"),
        ("log alert", 'logs("@service:genonaut-api").last("5m") > 5', "did you mean service?"),
        ("log alert", 'logs("@http.route:>5").last("5m") > 5', "@http.route is no number"),
        ("log alert", 'logs("*").rollup("avg", "@http.route").last("5m") > 5', "is no number: avg needs one"),
        ("log alert", 'logs("*").rollup("avg", "@length").last("5m") > 5', "logs have no @length"),
        ("log alert", 'logs("*").by("@route").last("5m") > 5', "did you mean @http.route?"),
        ("log alert", 'logs("$env").last("5m") > 5', "$env is a variable of dashboards"),
        ("log alert", 'logs("CIDR(@client.ip, 10.0.0.0/8)").last("5m") > 5', "logs have no @client.ip"),
        ("log alert", 'logs("*").rollup("pc95", "@duration").last("5m") > 500', "less than a tenth of a millisecond"),
        ("rum alert", 'rum("error").last("5m") > 5', "are searched for in no attribute"),
        ("rum alert", 'rum("service:genonaut-api").last("5m") > 5', "service:genonaut-api does not occur"),
        ("rum alert", 'rum("@type:crash").last("5m") > 5', "@type:crash does not occur"),
        ("trace-analytics alert", 'trace-analytics("operation_name:http.request").last("5m") > 5', "does not occur"),
        ("ci-tests alert", 'ci-tests("*").last("5m") > 5', "nothing here sends ci-tests events"),
        ("process alert", "processes('celery').over('env:production').last('5m') < 1", "nothing here sends processes"),
    ],
)
def test_searches_for_anything_else_are_refused(kind: str, query: str, finding: str) -> None:
    findings = findings_of(kind, query)
    assert any(finding in found for found in findings), findings


def metric_variable(name: str, query: str) -> dict[str, Any]:
    return {"data_source": "metrics", "name": name, "query": query}


def search_variable(name: str, query: str, source: str = "logs", **compute: str) -> dict[str, Any]:
    return {"data_source": source, "name": name, "search": {"query": query}, "compute": compute}


def test_formulas_are_proved_with_their_variables() -> None:
    failed, asked = (f"sum:genonaut.search.{what}{{env:production}}.as_count()" for what in ("failures", "requests"))
    options = {"variables": [metric_variable("a", failed), metric_variable("b", asked)]}
    assert findings_of("query alert", 'formula("a / b * 100").last("30m") > 10', options) == []
    assert any(
        "is a fraction" in found for found in findings_of("query alert", 'formula("a/b").last("30m") > 10', options)
    )


@pytest.mark.parametrize(
    ("variable", "finding"),
    [
        ({"data_source": "cost", "name": "a", "query": "x"}, "what a reads cannot be proved: cost"),
        (metric_variable("a", "sum:genonaut.search.failures{*}.as_count()"), "is read of all environments"),
        (metric_variable("a", "sum:genonaut.search.failurs{*}.as_count()"), "did you mean genonaut.search.failures?"),
        (search_variable("a", "env:prod"), "this environment is production"),
        (search_variable("a", "*", aggregation="avg", metric="@http.route"), "avg needs one"),
        (search_variable("a", "*", source="ci_tests"), "nothing here sends ci_tests events"),
        (search_variable("a", "@name:x", source="spans"), "trace-analytics have no @name"),
        (search_variable("a", "*") | {"group_by": [{"facet": "@route"}]}, "did you mean @http.route?"),
    ],
)
def test_a_blind_variable_of_a_formula_is_refused(variable: dict[str, Any], finding: str) -> None:
    findings = findings_of("log alert", 'formula("a").last("30m") > 10', {"variables": [variable]})
    assert any(finding in found for found in findings), findings


def test_slo_alerts_and_composites_have_nothing_to_select() -> None:
    burn = 'burn_rate("0123456789abcdef").over("30d").long_window("1h").short_window("5m") > 14.4'
    assert findings_of("slo alert", burn) == []
    assert findings_of("composite", "1 && !2") == []


MONITORS = {"api-errors": "query alert", "deploying": "event-v2 alert", "all": "composite"}


@pytest.mark.parametrize(
    ("query", "finding"),
    [
        ("{api-errors} && !{deploying}", None),
        ("{api-errors} || ({deploying} && {api-errors})", None),
        ("{api-error} && {deploying}", "there is no alert api-error: did you mean api-errors?"),
        ("{api-errors} && {all}", "all is a composite itself"),
        ("{api-errors} && ", "dangling &&"),
        ("", "the query is empty"),
    ],
)
def test_composites_before_ids_are_known(query: str, finding: str | None) -> None:
    findings = prove_composite(query, MONITORS)
    assert findings == [] if finding is None else any(finding in found for found in findings), findings
