"""What this system emits: every metric with its type, unit and tag keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, unique


@unique
class MetricType(StrEnum):
    """How Datadog stores a metric (https://docs.datadoghq.com/metrics/types/)."""

    COUNT = "count"
    GAUGE = "gauge"
    DISTRIBUTION = "distribution"
    """Kept as a sketch, so that percentiles are right over all hosts together."""


@unique
class Source(StrEnum):
    """Who emits a metric."""

    APPLICATION = "our own telemetry, through DogStatsD"
    TRACES = "computed by the agent from traces"


@dataclass(frozen=True, kw_only=True, slots=True)
class Metric:
    """One metric that really arrives in Datadog."""

    name: str
    type: MetricType
    unit: str | None
    """Datadog's name of the unit; None for bare numbers."""
    tags: frozenset[str]
    """The keys of its tags."""
    source: Source


_SERVICE = frozenset({"env", "service", "version"})
# https://docs.datadoghq.com/tracing/metrics/metrics_namespace/
_SPAN = _SERVICE | {"resource_name", "http.status_code", "host"}

TRACED_OPERATIONS = ("fastapi.request", "celery.run")
"""The root operations of our services, as ddtrace names them."""


def _trace_metrics(operation: str) -> tuple[Metric, ...]:
    name = f"trace.{operation}"
    return (
        Metric(name=name, type=MetricType.DISTRIBUTION, unit="second", tags=_SPAN, source=Source.TRACES),
        Metric(name=f"{name}.hits", type=MetricType.COUNT, unit="request", tags=_SPAN, source=Source.TRACES),
        Metric(name=f"{name}.errors", type=MetricType.COUNT, unit="request", tags=_SPAN, source=Source.TRACES),
    )


_METRICS = (
    *(metric for operation in TRACED_OPERATIONS for metric in _trace_metrics(operation)),
    Metric(
        # A distribution: the alert is on the 95th percentile over all workers, which a histogram's per-host
        # percentiles cannot give.
        name="pagination.query.duration",
        type=MetricType.DISTRIBUTION,
        unit="second",
        tags=_SERVICE | {"page_size", "offset_range"},
        source=Source.APPLICATION,
    ),
    Metric(
        name="pagination.query.count",
        type=MetricType.COUNT,
        unit="query",
        tags=_SERVICE | {"page_size", "offset_range"},
        source=Source.APPLICATION,
    ),
    Metric(
        name="genonaut.users.registered",
        type=MetricType.COUNT,
        unit="user",
        tags=_SERVICE,
        source=Source.APPLICATION,
    ),
)

METRICS: Mapping[str, Metric] = {metric.name: metric for metric in _METRICS}
"""Every metric by name."""
