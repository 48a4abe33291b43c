"""How many series a metric has: the product of what its tags can be, an upper bound used for costs and limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import prod
from types import MappingProxyType

from contract.telemetry.model import Metric, MetricType

COUNTS: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {
        # Values of a tag key at one time; what is in no list is 1. `version` is 2 while a rollout goes on.
        "production": {
            "host": 3, "version": 2, "service": 3, "resource_name": 150, "http.status_code": 8, "pod_name": 24,
            "kube_container_name": 2, "worker": 4, "task": 20, "table": 40, "index": 90, "user": 4, "app": 4,
            "query_signature": 200, "device": 4, "url": 3, "location": 3, "country": 10, "device_type": 3,
            "error_type": 15,
        },
        "staging": {
            "host": 2, "version": 2, "service": 3, "resource_name": 150, "http.status_code": 8, "pod_name": 12,
            "kube_container_name": 2, "worker": 2, "task": 20, "table": 40, "index": 90, "user": 4, "app": 4,
            "query_signature": 200, "device": 4, "url": 3, "location": 1, "country": 1, "device_type": 2,
            "error_type": 15,
        },
        "sandbox": {},
    }
)  # fmt: skip
"""By environment and tag key."""

_OF_OURS = ("genonaut.", "pagination.")
"""What the names of our own metrics begin with; what an integration's check sends is no custom metric."""
MOST_SERIES = 300
"""Of one metric of ours in one environment, unless `LIMITS` says otherwise: at five cents each, as much as a host."""
LIMITS: Mapping[str, int] = MappingProxyType(
    # The hot path is told apart by size, depth and list of the page.
    dict.fromkeys(
        (
            "pagination.query.duration", "pagination.query.count", "pagination.query.errors", "pagination.query.rows",
        ),
        750,
    )
)  # fmt: skip
"""By metric, more than `MOST_SERIES`."""
_OF_A_DISTRIBUTION = 10
"""Custom metrics of one series: count, sum, minimum, maximum and average, and the five percentiles that alerts need
(https://docs.datadoghq.com/account_management/billing/custom_metrics/)."""

_FOLLOWS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        # A key whose value is settled by that of another one adds no series.
        "resource": frozenset({"resource_name"}),
        "http.status_class": frozenset({"http.status_code"}),
        "mode": frozenset({"offset_range"}),
        "image_tag": frozenset({"version"}),
        "kube_container_name": frozenset({"service"}),
        "host": frozenset({"pod_name"}),
        "service": frozenset({"pod_name"}),
        "table": frozenset({"index"}),
    }
)
"""By tag key: the keys that settle it."""


def series(metric: Metric, environment: str) -> int:
    """The most series that a metric has in an environment: the product of `factors`."""
    return prod(factors(metric, environment).values())


def factors(metric: Metric, environment: str) -> dict[str, int]:
    """How many values each tag of a metric has in an environment.

    A tag with fixed values counts each of them, a service of one activity counts once, any other as `COUNTS` says.
    """
    counts = COUNTS[environment]
    keys = metric.keys
    return {
        tag.key: len(tag.values) if tag.values else 1 if tag.doing else counts.get(tag.key, 1)
        for tag in metric.tags
        if not keys & _FOLLOWS.get(tag.key, frozenset())
    }


def is_ours(metric: Metric) -> bool:
    """Whether it is a custom metric, which is paid for by series."""
    return metric.name.startswith(_OF_OURS)


def custom_metrics(metric: Metric, environment: str) -> int:
    """The most custom metrics that a metric of ours is billed as in an environment."""
    return series(metric, environment) * (_OF_A_DISTRIBUTION if metric.type is MetricType.DISTRIBUTION else 1)


def over_limit(metrics: Iterable[Metric]) -> Iterator[tuple[str, str, int]]:
    """Metrics of ours with more series than they may have: the name, what they come to and how, and the limit."""
    for metric in filter(is_ours, metrics):
        worst = max(COUNTS, key=lambda environment: series(metric, environment))
        limit = LIMITS.get(metric.name, MOST_SERIES)
        if (number := series(metric, worst)) > limit:
            product = " x ".join(f"{key} {count}" for key, count in factors(metric, worst).items() if count > 1)
            yield metric.name, f"up to {number:,} series in {worst}: {product}", limit
