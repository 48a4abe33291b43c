"""What a metric of our own code is called where Prometheus reads it.

The rules are Prometheus's own (https://prometheus.io/docs/practices/naming/): base units in the name, counters end in
`_total`. Histograms add `_bucket`, `_sum` and `_count` to the name.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique

from contract.telemetry.model import Metric, MetricType, Source

_BASE_UNITS = {"second": "seconds", "byte": "bytes"}
"""The units that belong into names; what is counted is in the name already."""

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
"""The upper bounds of durations: half a second and two seconds are limits of alerts, a minute the server's time-out."""
LONG_SECONDS = (1.0, 5.0, 15.0, 60.0, 300.0, 600.0, 1200.0, 1800.0, 2700.0, 3600.0)
"""The upper bounds of what may take longer than a minute."""
ROWS = (0.0, 1.0, 10.0, 25.0, 50.0, 100.0, 250.0, 1000.0)


@unique
class SeriesType(StrEnum):
    """Prometheus's types of metrics."""

    COUNTER = "counter"
    GAUGE = "gauge"
    HISTOGRAM = "histogram"


@dataclass(frozen=True, kw_only=True, slots=True)
class Series:
    """A metric as Prometheus reads it."""

    name: str
    type: SeriesType
    labels: tuple[str, ...]
    """Sorted. What tells processes apart (env, service, version) are labels of the target, which the scraper adds."""
    buckets: tuple[float, ...] = ()
    """The upper bounds of a histogram, without the infinite one."""


def series(metric: Metric) -> Series:
    """What our application exposes for this metric; ValueError where it is not sent by our own code."""
    if metric.source is not Source.APPLICATION:
        raise ValueError(f"{metric.name} is not sent by our own code")
    words = metric.name.replace(".", "_").split("_")
    unit = _BASE_UNITS.get(metric.unit or "")
    if unit and words[-1] != unit:
        words.append(unit)
    if metric.type is MetricType.COUNT:
        words.append("total")
    type_ = _TYPES[metric.type]
    return Series(
        name="_".join(words),
        type=type_,
        labels=tuple(sorted(tag.key for tag in metric.tags if tag.values is not None)),
        buckets=_buckets(metric) if type_ is SeriesType.HISTOGRAM else (),
    )


_TYPES = {
    MetricType.COUNT: SeriesType.COUNTER,
    MetricType.GAUGE: SeriesType.GAUGE,
    MetricType.DISTRIBUTION: SeriesType.HISTOGRAM,
}


def _buckets(metric: Metric) -> tuple[float, ...]:
    if metric.unit != "second":
        return ROWS
    # Without a highest value it may be anything: a task waits for as long as its queue is.
    return SECONDS if metric.highest <= SECONDS[-1] else LONG_SECONDS
