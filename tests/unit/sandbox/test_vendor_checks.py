"""What the vendors refuse beyond types, with the path and what would be right."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sandbox.checks.datadog import monitor as monitor_check
from sandbox.checks.resource import ResourceCheck
from sandbox.schema.cache import Schemas
from sandbox.wire import UNKNOWN, Secret
from tests.unit.sandbox import examples as ex

Check = Callable[[str, dict[str, Any]], list[str]]
CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus" / "monitors.jsonl"


@pytest.fixture
def check(schemas: Schemas) -> Check:
    def run(token: str, inputs: dict[str, Any]) -> list[str]:
        package = schemas.package(token.split(":", 1)[0])
        return [str(each) for each in ResourceCheck(package, "1.34").check(package.resources[token], inputs)]

    return run


SOUND: list[tuple[str, dict[str, Any]]] = [
    (ex.MONITOR, ex.monitor()),
    (ex.MONITOR, ex.monitor(query=UNKNOWN, name=UNKNOWN)),
    (ex.DASHBOARD, ex.dashboard()),
    (ex.DASHBOARD, ex.dashboard_of_logs()),
    (ex.DASHBOARD, {"dashboard": f"{{{UNKNOWN}}}"}),
    (
        ex.SLO,
        {"name": "a", "type": "monitor", "monitorIds": UNKNOWN, "thresholds": [{"timeframe": "30d", "target": 99.9}]},
    ),
    (ex.SLO, ex.time_slice()),
    (ex.RULE, {"name": "page", "filter": {"tags": ["tier:critical"]}, "recipients": ["slack-genonaut"]}),
    (ex.RUM, {"name": "web", "type": "browser"}),
    (ex.RUM_FILTER, ex.rum_filter(UNKNOWN, query="")),
    (ex.RUM_METRIC, ex.rum_metric()),
    (ex.RUM_METRIC, {"name": "a.b", "eventType": "error", "compute": {"aggregationType": "count"}}),
    (ex.DAEMON_SET, ex.daemon_set()),
    (ex.SECRET, {"metadata": {"name": "keys"}, "stringData": Secret({"api-key": "made-up"})}),
    (
        ex.PROJECT,
        {"organization": "genonaut", "name": "API", "slug": "api", "teams": ["core"], "platform": "python-fastapi"},
    ),
]


@pytest.mark.parametrize(("token", "inputs"), SOUND)
def test_a_sound_resource_has_no_problem(check: Check, token: str, inputs: dict[str, Any]) -> None:
    assert check(token, inputs) == []


MONITOR_BODY = {"name": "a", "type": "query alert", "query": "avg(last_5m):avg:system.cpu.user{*} > 90", "message": "x"}

REFUSED: list[tuple[str, dict[str, Any], str]] = [
    (
        ex.MONITOR,
        ex.monitor(monitorThresholds={"critical": "91"}),
        "monitorThresholds.critical: Alert threshold (91) does not match that used in the query (90).",
    ),
    (
        ex.MONITOR,
        ex.monitor(monitorThresholds={"warning": "80"}),
        "monitorThresholds.critical: Alert status is required.",
    ),
    (
        ex.MONITOR,
        ex.monitor(monitorThresholds={"critical": "90", "warning": "95"}),
        "monitorThresholds.warning: must be less than the critical threshold 90, not 95",
    ),
    (ex.MONITOR, ex.monitor(onMissingData="default", notifyNoData=True), "notifyNoData: conflicts with onMissingData"),
    (
        ex.MONITOR,
        {"name": "a", "type": "composite", "query": "1 && 2", "message": "x", "onMissingData": "default"},
        "onMissingData: is not available for monitors of type 'composite'",
    ),
    (
        ex.SLO,
        ex.time_slice(comparator="=", threshold=1),
        "sliSpecification.timeSlice.comparator: '=' is not allowed",
    ),
    (ex.SLO, ex.time_slice(queryIntervalSeconds=120), "sliSpecification.timeSlice.queryIntervalSeconds: 120 is not"),
    (ex.SLO, ex.time_slice("min:up{"), "sliSpecification.timeSlice.query.queries[0].metricQuery.query: "),
    (
        ex.SLO,
        ex.time_slice(formula="other"),
        "sliSpecification.timeSlice.query.formula.formulaExpression: 'other' names no query; known here: value",
    ),
    (ex.MONITOR, ex.monitor(type="query alerts"), "type: 'query alerts' is not allowed; did you mean 'query alert'"),
    (
        ex.MONITOR,
        ex.monitor(assets=[{"category": "book", "name": "x", "url": "https://example.com"}]),
        "assets[0].category: 'book' is not allowed",
    ),
    (ex.MONITOR, ex.monitor(priority="9"), "priority: must be a whole number from 1 (high) to 5 (low), not 9"),
    (ex.MONITOR, ex.monitor(query="avg(last_5m:avg:system.cpu.user{*} > 90"), "query: "),
    (ex.DASHBOARD, ex.dashboard("avg:system.cpu.user{*"), "dashboard.widgets[0].definition.requests[0].q: "),
    (
        ex.DASHBOARD,
        ex.dashboard_of_logs(search="status:(error OR"),
        "dashboard.widgets[0].definition.requests[0].queries[0].search.query: ",
    ),
    (
        ex.DASHBOARD,
        ex.dashboard_of_logs(formula="lines / other"),
        "dashboard.widgets[0].definition.requests[0].formulas[0].formula: 'other' names no query",
    ),
    (
        ex.DASHBOARD,
        {"dashboard": '{"title": "x", "layout_type": "orderd", "widgets": []}'},
        "dashboard.layout_type: 'orderd' is not allowed; did you mean 'ordered'?",
    ),
    (ex.DASHBOARD, {"dashboard": "{title: x}"}, "dashboard: is not JSON"),
    (
        "datadog:index/monitorJson:MonitorJson",
        {"monitor": json.dumps({**MONITOR_BODY, "options": {"notify_adit": True}})},
        "monitor.options.notify_adit: the API knows no such member; did you mean 'notify_audit'",
    ),
    (
        ex.SLO,
        {"name": "a", "type": "metric", "thresholds": [{"timeframe": "30d", "target": 99}]},
        "query: is required for an SLO of type 'metric'",
    ),
    (
        ex.SLO,
        {"name": "a", "type": "monitor", "monitorIds": [1], "thresholds": [{"timeframe": "30d", "target": 100}]},
        "thresholds[0].target: must lie between 0 and 100",
    ),
    (
        ex.RULE,
        {"name": "page", "filter": {"tags": ["a:b"]}, "recipients": ["@slack-x"]},
        "recipients[0]: recipients must not start with '@': write 'slack-x'",
    ),
    (ex.RUM, {"name": "web", "type": "browsr"}, "type: 'browsr' is not allowed; did you mean 'browser'?"),
    (ex.RUM_FILTER, ex.rum_filter(sampleRate=150), "sampleRate: breaks the API's limit: inclusive maximum 100"),
    (ex.RUM_FILTER, ex.rum_filter(eventType="errors"), "eventType: 'errors' is not allowed; did you mean 'error'?"),
    (ex.RUM_FILTER, ex.rum_filter(query="@session.type:"), "query: "),
    (ex.RUM_METRIC, ex.rum_metric(eventType="vital"), "uniqueness: is only allowed where eventType is session or view"),
    (ex.RUM_METRIC, ex.rum_metric(filter={"query": "(a"}), "filter.query: "),
    (ex.RUM_METRIC, ex.rum_metric(groupBies=[{"tagName": "a"}]), "groupBies[0].path: is required by the API"),
    (ex.RUM_METRIC, ex.rum_metric(compute={"aggregationType": "distribution"}), "compute.path: is required for a"),
    (
        ex.RUM_METRIC,
        ex.rum_metric(compute={"aggregationType": "count", "path": "@view.loading_time"}),
        "compute.path: is only allowed for a distribution",
    ),
    (
        ex.DAEMON_SET,
        ex.daemon_set(volumeMounts=[{"name": "rum", "mountPath": "/run"}]),
        "spec.template.spec.containers[0].volumeMounts[0].name: Not found: 'rum'; did you mean 'run'?",
    ),
    (
        ex.DAEMON_SET,
        ex.daemon_set(volumeMount=[]),
        "spec.template.spec.containers[0].volumeMount: no such property; did you mean 'volumeMounts'?",
    ),
    (
        ex.DAEMON_SET,
        ex.daemon_set(ports=[{"containerPort": "80"}]),
        "spec.template.spec.containers[0].ports[0].containerPort: must be a whole number",
    ),
    (ex.NAMESPACE, {"metadata": {"name": "Not_a_name"}}, "metadata.name: 'Not_a_name' is no RFC 1123 name"),
    ("kubernetes:policy/v1beta1:PodSecurityPolicy", {"metadata": {"name": "a"}}, "Kubernetes 1.34"),
    (
        ex.PROJECT,
        {"organization": "o", "name": "API", "slug": "A P I", "teams": ["a"]},
        "slug: 'A P I': only lower-case",
    ),
    (
        "sentry:index/sentryRule:SentryRule",
        {
            "organization": "o",
            "name": "x",
            "project": "api",
            "actionMatch": "any",
            "filterMatch": "any",
            "frequency": 5,
            "actions": [],
            "conditions": [],
        },
        "410 Gone",
    ),
]


@pytest.mark.parametrize(("token", "inputs", "expected"), REFUSED)
def test_a_bad_resource_is_refused_with_the_place_and_the_reason(
    check: Check, token: str, inputs: dict[str, Any], expected: str
) -> None:
    problems = check(token, inputs)
    assert len(problems) == 1, problems
    assert problems[0].startswith(expected)


def test_a_selector_that_misses_its_template_is_refused(check: Check) -> None:
    inputs = ex.daemon_set()
    inputs["spec"]["template"]["metadata"]["labels"] = {"app": "other"}
    assert check(ex.DAEMON_SET, inputs) == [
        "spec.template.metadata.labels.app: must be 'agent': `selector` does not match template `labels`"
    ]


def test_all_problems_of_a_resource_are_told_at_once(check: Check) -> None:
    inputs = ex.monitor(query="avg(last_5m):avg:a{*} > 1", onMissingData="bad", priority="7", tags="x", nme="y")
    paths = {problem.split(":", 1)[0] for problem in check(ex.MONITOR, inputs)}
    assert paths == {"tags", "nme", "onMissingData", "priority", "monitorThresholds.critical"}


def test_no_problem_quotes_a_secret(check: Check) -> None:
    secret = Secret("hunter2")
    told = check(ex.MONITOR, ex.monitor(type=secret, query=secret)) + check(
        ex.DAEMON_SET, ex.daemon_set(image=Secret(4711))
    )
    assert told
    assert not [problem for problem in told if "hunter2" in problem or "4711" in problem]


@pytest.mark.skipif(not CORPUS.exists(), reason="the collected real monitors are not here")
def test_real_monitors_pass_but_for_known_exporters_quirks() -> None:
    bodies = [json.loads(line) for line in CORPUS.read_text().splitlines()]
    names = ("name", "type", "query", "message", "options", "tags", "priority")
    refused = [
        problem
        for body in bodies
        for problem in monitor_check.check_json(
            {"monitor": json.dumps({name: body[name] for name in names if name in body})}
        )
        if problem.path == "monitor.query"
    ]
    assert len(bodies) > 400
    assert len(refused) < 5
