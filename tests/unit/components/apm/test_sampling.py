"""Sampling rules: what is wrong with them is said, and what they say is what tracers do."""

from __future__ import annotations

import dataclasses
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.agent.addresses import addresses
from components.agent.features import Feature
from components.agent.spec import AgentSpec
from components.apm.tracing.compile import check, compile_tracing, covers, sampling_rules
from components.apm.tracing.spec import SamplingRule, TracedService, TracingSpec
from infra.naming import Environment
from reports.stacks import settings_of, specs_of
from stacks.catalog.services import SERVICES, Service
from stacks.catalog.traces import TraceRates, sampling
from stacks.specs import PLANS, compose
from tests.examples import STACKS, settings

PATTERNS = st.text("ab/*?", min_size=1, max_size=6)
TEXTS = st.text("abC/", max_size=8)
API: Service = SERVICES[0]


def matches(pattern: str, text: str) -> bool:
    """By the description of the tracers: `*` any text, `?` one character, no escapes, case does not count."""
    expression = "".join({"*": ".*", "?": "."}.get(letter, re.escape(letter)) for letter in pattern)
    return re.fullmatch(expression, text, re.DOTALL | re.IGNORECASE) is not None


def rate(rules: tuple[SamplingRule, ...], resource: str) -> float:
    """What a tracer would do: the first rule that matches decides."""
    return next(rule.rate for rule in rules if rule.resource is None or matches(rule.resource, resource))


def one(*rules: SamplingRule, most: int = 100, requests: bool = True) -> TracingSpec:
    service = TracedService(
        key="api", service="genonaut-api", answers_requests=requests, rules=rules, most_per_second=most
    )
    return TracingSpec(environment=Environment.STAGING, namespace="genonaut", services=(service,), agent={})


@given(PATTERNS, PATTERNS, TEXTS)
def test_a_pattern_that_covers_another_matches_all_it_does(wide: str, narrow: str, text: str) -> None:
    if covers(wide, narrow) and matches(narrow, text):
        assert matches(wide, text)


@given(PATTERNS)
def test_every_pattern_covers_itself_and_is_covered_by_everything(pattern: str) -> None:
    assert covers(pattern, pattern.upper())
    assert covers("*", pattern)


@given(st.lists(st.tuples(PATTERNS, st.floats(0, 1)), max_size=5), st.floats(0.01, 1), TEXTS)
def test_a_rule_that_is_said_never_to_decide_never_does(
    given_rules: list[tuple[str, float]], rest: float, text: str
) -> None:
    rules = (*(SamplingRule(share, pattern) for pattern, share in given_rules), SamplingRule(rest))
    problems = check(one(*rules, requests=False))
    idle = {int(problem.where.rpartition("[")[2][:-1]) for problem in problems if "never decides" in problem.what}
    decisive = next(n for n, rule in enumerate(rules) if rule.resource is None or matches(rule.resource, text))
    assert decisive not in idle


@pytest.mark.parametrize(
    ("rules", "problem"),
    [
        ((), "traces.api: says nothing of the other traces"),
        ((SamplingRule(1, "GET /a"),), "traces.api: says nothing of the other traces"),
        ((SamplingRule(1.5),), "traces.api.rules[0]: has the rate 1.5 (from 0 to 1)"),
        ((SamplingRule(-0.1, "GET /a"), SamplingRule(1)), "traces.api.rules[0]: has the rate -0.1"),
        ((SamplingRule(0),), "traces.api.rules[0]: drops all other traces"),
        ((SamplingRule(1), SamplingRule(0, "GET /a"), SamplingRule(1)), "traces.api.rules[1]: never decides"),
        (
            (SamplingRule(1, "GET /a*"), SamplingRule(0, "get /a/b"), SamplingRule(1)),
            "never decides: GET /a* before it",
        ),
        ((SamplingRule(1, "*"), SamplingRule(1)), "traces.api.rules[1]: never decides: * before it"),
        ((SamplingRule(0, "/health"), SamplingRule(1)), "'/health' is no method and route"),
        ((SamplingRule(0, ""), SamplingRule(1)), "its resource is empty"),
    ],
)
def test_wrong_rules_are_told_with_their_place(rules: tuple[SamplingRule, ...], problem: str) -> None:
    assert problem in "\n".join(map(str, check(one(*rules))))


def test_a_limit_must_let_something_through() -> None:
    assert [problem.where for problem in check(one(SamplingRule(1), most=0))] == ["traces.api"]


@pytest.mark.parametrize("environment", Environment)
@pytest.mark.parametrize("service", [service for service in SERVICES if service.operation], ids=lambda one: one.key)
def test_the_rules_of_the_catalog_do_what_the_catalog_says(environment: Environment, service: Service) -> None:
    rates = PLANS[environment].traces
    rules = sampling(service, rates)
    if service is not API:
        assert rate(rules, "genonaut.tasks.generate_image") == rates.tasks
        return
    expected = {
        "GET /health": 0,
        "GET /api/v1/health": 0,
        "GET /api/v1/content/unified": rates.lists,
        "GET /api/v1/generation-jobs": rates.lists,
        "GET /api/v1/generation-jobs/": rates.lists,
        "GET /api/v1/generation-jobs/{job_id}": rates.polled,
        "GET /api/v1/users/{user_id}": rates.reads,
        "POST /api/v1/generation-jobs": rates.writes,
        "DELETE /api/v1/content/{content_id}": rates.writes,
    }
    assert {resource: rate(rules, resource) for resource in expected} == expected


def test_tracers_are_told_who_they_are_and_what_to_send() -> None:
    ((name, made),) = compile_tracing(one(SamplingRule(0, "GET /health"), SamplingRule(0.5))).items()
    assert name == "api-telemetry"
    assert made["metadata"]["name"] == "genonaut-api-telemetry"
    assert made["metadata"]["namespace"] == "genonaut"
    told = made["data"]
    assert all(isinstance(value, str) for value in told.values())
    assert (told["DD_SERVICE"], told["DD_ENV"]) == ("genonaut-api", "staging")
    assert json.loads(told["DD_TRACE_SAMPLING_RULES"]) == [
        {"resource": "GET /health", "sample_rate": 0},
        {"sample_rate": 0.5},
    ]
    assert told["DD_LOGS_INJECTION"] == "true"
    # Which version it is, its own deployment knows.
    assert "DD_VERSION" not in told


def test_services_are_told_where_the_agent_is_only_where_nobody_else_tells_them() -> None:
    agent: AgentSpec = specs_of("production").agent
    assert addresses(agent) == {}
    without = dataclasses.replace(agent, features=agent.features - {Feature.ADMISSION})
    assert addresses(without) == {
        "DD_TRACE_AGENT_URL": "http://datadog-agent.datadog.svc:8126",
        "DD_DOGSTATSD_URL": "udp://datadog-agent.datadog.svc:8125",
    }
    assert addresses(dataclasses.replace(without, features=without.features - {Feature.APM})).keys() == {
        "DD_DOGSTATSD_URL"
    }


def test_the_namespace_is_a_setting() -> None:
    def namespaces(**changes: Any) -> set[str]:
        manifests = compile_tracing(compose(settings(**changes), "example").tracing)
        return {manifest["metadata"]["namespace"] for manifest in manifests.values()}

    assert namespaces() == {"default"}
    assert namespaces(workloads={"namespace": "genonaut"}) == {"genonaut"}


@pytest.mark.parametrize("stack", STACKS)
def test_each_service_that_makes_traces_is_told_once(stack: str) -> None:
    spec = compose(settings_of(stack), stack).tracing
    traced = [service.name for service in SERVICES if service.operation]
    assert [one["data"]["DD_SERVICE"] for one in compile_tracing(spec).values()] == traced


def test_the_tracer_decides_as_the_rules_say() -> None:
    sampler = pytest.importorskip("ddtrace._trace.sampler", reason="ddtrace is the application's, and not installed")
    span_of = pytest.importorskip("ddtrace._trace.span").Span
    rules = sampling(API, TraceRates())
    own = sampler.DatadogSampler()
    own.set_sampling_rules(sampling_rules(rules))
    assert len(own.rules) == len(rules)
    for resource in (
        "GET /health", "GET /api/v1/health", "GET /api/v1/content/unified", "GET /api/v1/tags/",
        "GET /api/v1/generation-jobs", "GET /api/v1/generation-jobs/{job_id}", "POST /api/v1/users",
    ):  # fmt: skip
        span = span_of("fastapi.request", service="genonaut-api", resource=resource)
        decides = next(rule for rule in own.rules if rule.matches(span))
        assert decides.sample_rate == rate(rules, resource), resource
