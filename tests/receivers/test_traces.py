"""Traces as they arrived: the trace metrics that alerts read are computed from exactly these spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from contract.telemetry.application import API as REQUEST
from contract.telemetry.application import WORKER as TASK
from contract.telemetry.events import EVENT_SOURCES
from contract.telemetry.model import Metric, MetricType
from contract.telemetry.traces import METRICS
from contract.world import World
from infra.naming import Environment
from stacks.catalog.services import SERVICES
from stacks.world import world
from tests.receivers.evidence import Evidence
from tests.receivers.traffic import PROMPTS
from tools.demo.application import API, ENVIRONMENT, VERSION, WORKER
from tools.servers.trace_agent import Span

HERE: World = world(SERVICES, Environment.SANDBOX, "anywhere")
DURATIONS = [metric for metric in METRICS if metric.type is MetricType.DISTRIBUTION]
"""One per operation."""
ROUTE = re.compile(r"(GET|POST|DELETE) ((/[a-z0-9_{}-]*)+|404)")
"""A method with a route as it is declared; addresses that do not exist are all one."""


def operation(metric: Metric) -> str:
    return metric.name.removeprefix("trace.")


def spans_of(evidence: Evidence, name: str, **meta: str) -> list[Span]:
    return [
        span
        for span in evidence.spans
        if span.name == name and all(span.meta.get(key.replace("_", ".")) == value for key, value in meta.items())
    ]


def test_the_agents_own_checks_pass(evidence: Evidence) -> None:
    assert evidence.trace_failures == ""
    assert evidence.trace_checks["trace_count_header"]["Passed_Checks"] > 0
    assert {
        name: result["Failed_Checks"] for name, result in evidence.trace_checks.items() if result["Failed_Checks"]
    } == {}


@pytest.mark.parametrize("metric", DURATIONS, ids=operation)
def test_an_operation_of_the_contract_is_really_made(metric: Metric, evidence: Evidence) -> None:
    found = spans_of(evidence, operation(metric))
    assert found, f"no span is named {operation(metric)}: every query over {metric.name} would be blind"
    # Of which spans the agent counts: https://docs.datadoghq.com/tracing/metrics/metrics_namespace/
    uncounted = [span for span in found if not {"_dd.top_level", "_dd.measured"} & span.metrics.keys()]
    assert not uncounted, uncounted[0]
    assert max(span.duration for span in found) < metric.highest


@pytest.mark.parametrize("metric", DURATIONS, ids=operation)
def test_its_spans_have_the_tags_that_the_contract_declares(metric: Metric, evidence: Evidence) -> None:
    """The agent makes the tags of trace metrics of these: env, service, version, resource, status code."""
    found = spans_of(evidence, operation(metric))
    service = metric.tag("service")
    assert service is not None
    allowed = service.values or HERE.possible("service", service.doing)
    assert {span.service for span in found} <= (allowed or set())
    assert {span.meta.get("env") for span in found} == {ENVIRONMENT}
    versions = {span.meta.get("version") for span in found}
    assert versions == ({VERSION} if metric.tag("version") else {None})
    assert all(span.resource for span in found)
    assert ("http.status_code" in metric.keys) == all("http.status_code" in span.meta for span in found)


def test_requests_are_named_by_route_never_by_address(evidence: Evidence) -> None:
    requests = spans_of(evidence, REQUEST)
    for span in requests:
        assert ROUTE.fullmatch(span.resource), span.resource
        assert not re.search(r"/\d", span.resource), span.resource
    assert {"GET /api/v1/content/unified", "GET /api/v1/content/{content_id}"} <= {span.resource for span in requests}


def test_every_request_is_one_span(evidence: Evidence) -> None:
    registered = [span for span in spans_of(evidence, REQUEST) if span.resource == "POST /api/v1/users/"]
    assert len(registered) == evidence.done.answered("POST /api/v1/users/")


def test_errors_are_what_we_did_wrong_never_what_people_did(evidence: Evidence) -> None:
    for span in spans_of(evidence, REQUEST):
        assert span.error == (int(span.meta["http.status_code"]) >= 500), span
    assert sum(span.error for span in spans_of(evidence, REQUEST)) == sum(
        status >= 500 for path, status in evidence.done.requests if "/api/" in path
    )


def test_probes_and_prometheus_are_not_traced(evidence: Evidence) -> None:
    assert {path for path, _ in evidence.done.requests} >= {"GET /health", "GET /livez", "GET /health/detail"}
    paths = {urlsplit(span.meta["http.url"]).path for span in spans_of(evidence, REQUEST)}
    assert paths
    assert not paths & {"/health", "/livez", "/readyz", "/health/detail", "/metrics"}


def test_failed_jobs_are_errors_and_retries_are_not(evidence: Evidence) -> None:
    images = [span for span in spans_of(evidence, TASK) if span.resource == "generation.image"]
    states = [(span.meta["celery.state"], span.error) for span in images]
    assert set(states) == {("SUCCESS", False), ("RETRY", False), ("FAILURE", True)}
    assert states.count(("FAILURE", True)) == len(PROMPTS) + 3  # two more that are too slow, and the one given up
    assert states.count(("RETRY", False)) == 2


def test_a_request_goes_on_in_the_worker(evidence: Evidence) -> None:
    spans = {span.span_id: span for span in evidence.spans}
    jobs = [span for span in spans_of(evidence, TASK) if span.resource.startswith("generation.")]
    for job in jobs:
        names = [(span.name, span.service) for span in _ancestors(job, spans)]
        assert names[0][0] == "celery.apply", job
        assert names[-1] == (REQUEST, API), job


def test_queries_and_the_cache_are_beneath_requests(evidence: Evidence) -> None:
    spans = {span.span_id: span for span in evidence.spans}
    searched = [
        span
        for span in spans_of(evidence, REQUEST)
        if span.resource == "POST /api/v1/content/search" and not span.error
    ]
    beneath = {span.name for span in evidence.spans if any(above in searched for above in _ancestors(span, spans))}
    assert {"postgres.query", "redis.command"} <= beneath


def test_comfyui_hears_of_the_trace(evidence: Evidence) -> None:
    traces = {span.trace_id for span in spans_of(evidence, TASK)}
    calls = {span.span_id: span for span in spans_of(evidence, "http.request") if span.service == WORKER}
    assert evidence.done.prompt_headers
    for headers in evidence.done.prompt_headers:
        assert int(headers["x-datadog-trace-id"]) in traces
        assert int(headers["x-datadog-parent-id"]) in calls


def test_operations_that_searches_for_spans_name_are_made(evidence: Evidence) -> None:
    (spans,) = [source for source in EVENT_SOURCES if source.name == "trace-analytics"]
    facet = spans.facet("operation_name")
    assert facet is not None
    assert facet.values is not None
    assert facet.values <= {span.name for span in evidence.spans}


def _ancestors(span: Span, spans: dict[int, Span]) -> Iterator[Span]:
    while span.parent_id is not None and span.parent_id in spans:
        span = spans[span.parent_id]
        yield span
