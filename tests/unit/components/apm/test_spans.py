"""Metrics from spans and retention filters: one definition for Datadog and for the contract, and what may be wrong."""

from __future__ import annotations

import dataclasses

import pytest

from components.apm.spans.compile import check, compile_filter, compile_metric, in_order, metric_key
from components.apm.spans.spec import RetentionSpec, SpansSpec
from contract.proof import prove_formula, prove_metric
from contract.telemetry import METRICS, MetricType, Source
from contract.telemetry.spans import SPAN_METRICS, SpanMetric, contract_metric
from infra.naming import Environment, is_logical_name
from reports.stacks import settings_of, specs_of
from stacks.apm import spans
from stacks.catalog.traces import TraceRates
from stacks.specs import PLANS
from tests.examples import WORLD

COUNT = next(metric for metric in SPAN_METRICS if metric.measure is None)
DISTRIBUTION = next(metric for metric in SPAN_METRICS if metric.measure == "@duration")
FILTER = RetentionSpec(
    key="retention-production-errors",
    title="errors",
    environment=Environment.PRODUCTION,
    search="env:production status:error",
    rate=1,
)


def problems(
    *metrics: SpanMetric, retention: tuple[RetentionSpec, ...] = (), sampled: frozenset[str] = frozenset()
) -> str:
    spec = SpansSpec(stack="example", metrics=metrics, retention=retention, sampled=sampled)
    return "\n".join(map(str, check(spec, WORLD)))


@pytest.mark.parametrize("metric", SPAN_METRICS, ids=lambda metric: metric.name)
def test_what_datadog_is_asked_for_is_what_the_contract_says(metric: SpanMetric) -> None:
    made, known = compile_metric(metric), METRICS[metric.name]
    assert {group["tag_name"] for group in made["group_bies"]} == known.keys
    assert (known.type is MetricType.DISTRIBUTION) == (made["compute"]["aggregation_type"] == "distribution")
    assert known.source is Source.SPANS
    assert is_logical_name(metric_key(metric))
    # It is one metric for all environments: whoever reads it names his own.
    assert "env:" not in made["filter"]["query"]
    assert "env" in known.keys


def test_durations_of_spans_are_nanoseconds() -> None:
    assert contract_metric(DISTRIBUTION).unit == "nanosecond"
    query = f"p95:{DISTRIBUTION.name}{{env:production}}"
    assert prove_formula("calls", {"calls": query}, WORLD, unit="nanosecond", limits=[30e9]) == []
    assert prove_formula("calls", {"calls": query}, WORLD, unit="second")


@pytest.mark.parametrize("stack", ["production", "staging", "sandbox"])
def test_every_metric_can_be_asked_for_in_every_stack(stack: str) -> None:
    world = specs_of(stack).world
    for metric in SPAN_METRICS:
        how = ".as_count()" if metric.measure is None else ""
        query = (
            f"{'sum' if how else 'p95'}:{metric.name}{{env:{world.environment}}} by {{{','.join(metric.by.values())}}}"
        )
        assert prove_metric(query + how, world) == []
    assert prove_metric(f"sum:{COUNT.name}{{env:{world.environment}}} by {{queue}}.as_count()", world)


def test_metrics_that_find_nothing_are_told() -> None:
    assert problems(*SPAN_METRICS) == ""
    assert "operation_name:celery.ran does not occur" in problems(
        dataclasses.replace(COUNT, search="operation_name:celery.ran")
    )
    assert "no @error.typ" in problems(dataclasses.replace(COUNT, by={"@error.typ": "error_type"}))
    assert "@durations" in problems(dataclasses.replace(DISTRIBUTION, measure="@durations"))
    assert "is no number" in problems(dataclasses.replace(DISTRIBUTION, measure="resource_name"))


def test_a_count_of_spans_that_are_not_all_sent_is_told() -> None:
    lost = frozenset({"genonaut-worker"})
    assert problems(DISTRIBUTION, sampled=lost) == ""
    assert f"spans.{COUNT.name}: counts spans of genonaut-worker" in problems(COUNT, sampled=lost)


@pytest.mark.parametrize("rates", [TraceRates(tasks=0.5), TraceRates(writes=0.5)], ids=["tasks", "what asks for them"])
def test_sampling_tasks_would_make_the_count_of_failures_wrong(rates: TraceRates) -> None:
    less = {environment: dataclasses.replace(plan, traces=rates) for environment, plan in PLANS.items()}
    specs = specs_of("production")
    assert check(spans(settings_of("production"), "production", PLANS), specs.world) == []
    (problem,) = check(spans(settings_of("production"), "production", less), specs.world)
    assert problem.where == f"spans.{COUNT.name}"


def test_a_metric_with_too_many_series_is_told() -> None:
    many = {"resource_name": "resource_name", "@error.type": "error_type"}
    assert "2250 series in production" in problems(dataclasses.replace(COUNT, by=many))


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"rate": 1.1}, "keeps the rate 1.1"),
        ({"search": "status:error"}, "is read of all environments: add env:production"),
        ({"search": "env:staging status:error"}, "env:staging is not sent from here"),
        ({"search": "env:production staus:error"}, "no staus"),
        ({"search": "env:production status:(error"}, "retention.retention-production-errors"),
    ],
)
def test_wrong_filters_are_told(changes: dict[str, object], problem: str) -> None:
    assert problems(retention=(FILTER,)) == ""
    assert problem in problems(retention=(dataclasses.replace(FILTER, **changes),))  # type: ignore[arg-type]


def test_a_filter_that_sees_nothing_is_told() -> None:
    again = dataclasses.replace(FILTER, key="retention-production-again", rate=0.1)
    assert "retention-production-errors before it has the same search" in problems(retention=(FILTER, again))


def test_the_owner_keeps_the_traces_of_all_environments_of_its_organisation() -> None:
    def environments(stack: str) -> list[str]:
        return [one.environment for one in spans(settings_of(stack), stack, PLANS).retention]

    assert environments("production") == ["production"] * 4 + ["staging"] * 4
    assert environments("sandbox") == ["sandbox"] * 4


def test_every_error_is_kept_and_a_sample_comes_last() -> None:
    found = specs_of("production").spans
    assert found
    for environment in ("production", "staging"):
        own = [one for one in found.retention if one.environment == environment]
        assert ("status:error" in own[0].search, own[0].rate) == (True, 1.0)
        assert own[-1].rate < min(one.rate for one in own[:-1])
        made = compile_filter(own[0], "production")
        # The provider takes text, and keeps as many digits as it was given.
        assert made["rate"] == "1.0"
        assert made["name"].endswith("[production]")


def test_a_request_is_slow_where_the_alert_thinks_so() -> None:
    found = specs_of("production").spans
    assert found
    searches = {one.key: one.search for one in found.retention}
    assert "@duration:>2000000000" in searches["retention-production-slow"]
    assert "@duration:>4000000000" in searches["retention-staging-slow"]


def test_the_order_has_ours_first_and_leaves_the_others_as_they_are() -> None:
    assert in_order(["b", "a"], ["x", "a", "y", "b"]) == ["b", "a", "x", "y"]
    # Told again what it made, it says the same: the second run changes nothing.
    assert in_order(["b", "a"], in_order(["b", "a"], ["x", "a", "y", "b"])) == ["b", "a", "x", "y"]
