"""From metrics and retention filters to the arguments of Datadog's resources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from components.apm.spans.spec import RetentionSpec, SpansSpec
from contract.proof import prove_search
from contract.proof.pinned import prove_pinned_search
from contract.query import parse_search
from contract.telemetry.cardinality import COUNTS, MOST_SERIES, series
from contract.telemetry.spans import SPANS, SpanMetric, contract_metric
from contract.world import World
from infra.naming import Mark
from infra.problems import Problem

SAMPLING = "spans-sampling-processor"
"""The one type of filter that can be made."""


def check(spec: SpansSpec, world: World) -> list[Problem]:
    """Everything that is wrong with the metrics and the filters."""
    return [
        *(problem for metric in spec.metrics for problem in _wrong_metric(metric, spec, world)),
        *(problem for one in spec.retention for problem in _wrong_filter(one, world)),
        *_shadowed(spec.retention),
    ]


def metric_key(metric: SpanMetric) -> str:
    """Logical name of a metric."""
    return metric.name.removeprefix("genonaut.").replace(".", "-")


def compile_metric(metric: SpanMetric) -> dict[str, Any]:
    """The arguments of `pulumi_datadog.SpansMetric`. A metric carries no mark: its name is all it has."""
    distribution = {"aggregation_type": "distribution", "include_percentiles": True, "path": metric.measure}
    return {
        "name": metric.name,
        "compute": {"aggregation_type": "count"} if metric.measure is None else distribution,
        "filter": {"query": metric.search},
        "group_bies": [{"path": path, "tag_name": tag} for path, tag in sorted(metric.paths.items())],
    }


def compile_filter(spec: RetentionSpec, stack: str) -> dict[str, Any]:
    """The arguments of `pulumi_datadog.ApmRetentionFilter`."""
    return {
        "name": Mark(stack).title(f"Genonaut {spec.environment}: {spec.title}"),
        "enabled": True,
        "filter_type": SAMPLING,
        "filter": {"query": spec.search},
        "rate": str(float(spec.rate)),
    }


def in_order(ours: Sequence[str], all_filters: Sequence[str]) -> list[str]:
    """The ids of all filters of an organisation: ours first, then Datadog's own and anybody else's as they are.

    The API answers with all of them whatever it is sent, so that a shorter list would differ at every run.
    """
    return [*ours, *(one for one in all_filters if one not in ours)]


def _wrong_metric(metric: SpanMetric, spec: SpansSpec, world: World) -> Iterator[Problem]:
    where = f"spans.{metric.name}"
    measure = ("pc95", metric.measure) if metric.measure else None
    for finding in prove_search(SPANS.name, metric.search, world, group_by=metric.paths, measure=measure):
        yield Problem(where, finding)
    emitting = world.possible("service", metric.doing) or frozenset()
    if metric.measure is None and (lost := sorted(emitting & spec.sampled)):
        yield Problem(
            where,
            f"counts spans of {', '.join(lost)}, some of which are never sent",
            "send all of its traces, or measure a distribution",
        )
    for environment in COUNTS:
        number = series(contract_metric(metric), environment)
        if number > MOST_SERIES:
            yield Problem(where, f"has up to {number} series in {environment}", f"at most {MOST_SERIES}: fewer tags")


def _wrong_filter(spec: RetentionSpec, world: World) -> Iterator[Problem]:
    where = f"retention.{spec.key}"
    if not 0 <= spec.rate <= 1:
        yield Problem(where, f"keeps the rate {spec.rate:g}", "from 0 to 1")
    there = replace(world, environment=spec.environment.value)
    findings = prove_search(SPANS.name, spec.search, there)
    for finding in findings or prove_pinned_search(SPANS.name, parse_search(spec.search), there):
        yield Problem(where, finding)


def _shadowed(filters: tuple[RetentionSpec, ...]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for one in filters:
        if earlier := seen.get(one.search):
            yield Problem(f"retention.{one.key}", f"never sees a span: {earlier} before it has the same search")
        seen.setdefault(one.search, one.key)
