"""What a metric, a service check and the facets of events are."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum, unique


@unique
class MetricType(StrEnum):
    """How Datadog stores a metric (https://docs.datadoghq.com/metrics/types/)."""

    COUNT = "count"
    RATE = "rate"
    GAUGE = "gauge"
    DISTRIBUTION = "distribution"
    """Kept as a sketch, so that percentiles are right over all hosts together."""


@unique
class Source(StrEnum):
    """Who sends something, and how it reaches Datadog."""

    APPLICATION = "our own code, through DogStatsD over the node agent's socket"
    LOAD_TEST = "the load generator, through DogStatsD over the node agent's socket"
    TRACES = "the trace agent, computed from all traces before sampling"
    SPANS = "Datadog, computed from the spans that are taken in"
    POSTGRES = "the Postgres check, run once in the cluster"
    REDIS = "the Redis check, run once in the cluster"
    CELERY = "the Celery check, which reads Flower's /metrics once in the cluster"
    HTTP = "the HTTP check, run once in the cluster"
    TLS = "the TLS check, run once in the cluster"
    KUBE_STATE = "the kube-state check of the cluster agent"
    KUBELET = "the kubelet check of the node agents"
    CONTAINER = "the container check of the node agents"
    HOST = "the host checks of the node agents"
    AGENT = "the agents, about themselves"
    LOGS = "the containers, through the node agents"
    EVENTS = "Kubernetes, through the cluster agent"
    SYNTHETICS = "Datadog's synthetic tests"
    BROWSER = "Datadog, computed from what the browser SDK sends before sampling"
    USAGE = "Datadog, about the whole organisation's own usage"


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag key that series carry, and the values it can have.

    With neither `values` nor `doing`, the values are those that the environment knows for the key, or any.
    """

    key: str
    values: frozenset[str] | None = None
    """All values that are ever sent, where the emitter fixes them."""
    doing: str | None = None
    """For `service`: what a service must do to send this, such as `celery.run`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Metric:
    """One metric that really arrives in Datadog."""

    name: str
    type: MetricType
    unit: str | None
    """Datadog's name of the unit; None for bare numbers (https://docs.datadoghq.com/metrics/units/)."""
    per: str | None = None
    """The second half of the unit, such as the second of bytes per second."""
    tags: tuple[Tag, ...]
    source: Source
    description: str
    highest: float = field(default=math.inf)
    """The highest value that can occur, in the unit; a threshold beyond it is a mistake of units."""

    def tag(self, key: str) -> Tag | None:
        """The tag with this key; None where series carry no such tag."""
        return next((tag for tag in self.tags if tag.key == key), None)

    @property
    def keys(self) -> frozenset[str]:
        """The keys of all tags."""
        return frozenset(tag.key for tag in self.tags)


_WHOLE = {"fraction": 1.0, "percent": 100.0}


def gauge(
    name: str,
    unit: str | None,
    tags: Iterable[Tag],
    description: str,
    *,
    source: Source,
    per: str | None = None,
    highest: float | None = None,
) -> Metric:
    """Describe a gauge. A fraction is at most 1 and a percentage at most 100 unless `highest` says otherwise."""
    return Metric(
        name=name, type=MetricType.GAUGE, unit=unit, per=per, tags=distinct(tags), source=source,
        description=description, highest=_WHOLE.get(unit or "", math.inf) if highest is None else highest,
    )  # fmt: skip


def count(name: str, unit: str | None, tags: Iterable[Tag], description: str, *, source: Source) -> Metric:
    """Describe a count: how many since the last time it was sent."""
    return Metric(
        name=name, type=MetricType.COUNT, unit=unit, tags=distinct(tags), source=source, description=description
    )


def rate(
    name: str, unit: str | None, tags: Iterable[Tag], description: str, *, source: Source, per: str = "second"
) -> Metric:
    """Describe a rate: how many per second."""
    return Metric(
        name=name, type=MetricType.RATE, unit=unit, per=per, tags=distinct(tags), source=source, description=description
    )


def distribution(
    name: str, unit: str | None, tags: Iterable[Tag], description: str, *, source: Source, highest: float = math.inf
) -> Metric:
    """Describe a distribution: percentiles over all series together are right."""
    return Metric(
        name=name, type=MetricType.DISTRIBUTION, unit=unit, tags=distinct(tags), source=source,
        description=description, highest=highest,
    )  # fmt: skip


def distinct(tags: Iterable[Tag]) -> tuple[Tag, ...]:
    """The tags with each key once, in order; of two with one key, the first."""
    found: dict[str, Tag] = {}
    for tag in tags:
        found.setdefault(tag.key, tag)
    return tuple(found.values())


@unique
class Status(StrEnum):
    """What a service check answers."""

    OK = "ok"
    WARNING = "warning"
    CRITICAL = "critical"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True, slots=True)
class ServiceCheck:
    """One service check that really reports."""

    name: str
    tags: tuple[Tag, ...]
    statuses: frozenset[Status]
    """What it can answer; a threshold for any other status never counts."""
    source: Source
    description: str

    def tag(self, key: str) -> Tag | None:
        """The tag with this key; None where the check reports no such tag."""
        return next((tag for tag in self.tags if tag.key == key), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Facet:
    """An attribute of logs, spans or browser events; without `@` in its name where it is a tag or a reserved one."""

    name: str
    values: frozenset[str] | None = None
    doing: str | None = None
    """For `service`: what a service must do to send such events."""
    unit: str | None = None
    """Set for numbers, which can be compared and averaged; the unit, or an empty string for bare numbers."""


@dataclass(frozen=True, kw_only=True, slots=True)
class EventSource:
    """One stream of events that monitors can search, such as logs."""

    name: str
    """What stands before the parenthesis in a query: logs, rum, trace-analytics ..."""
    source: Source
    facets: tuple[Facet, ...]
    free_text: bool
    """Whether words outside attributes are searched for; elsewhere they match nothing."""
    description: str

    def facet(self, name: str) -> Facet | None:
        """The facet of this name; None where no event has it."""
        return next((facet for facet in self.facets if facet.name == name), None)
