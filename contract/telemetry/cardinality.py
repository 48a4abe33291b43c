"""How many series a metric has: the product of what its tags can be, an upper bound used for costs."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from types import MappingProxyType

from contract.telemetry.model import Metric

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

MOST_SERIES = 1_000
"""Of one metric computed from spans, in one environment: at five cents each, as much as a host."""

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
    """The most series that a metric has in an environment.

    A tag with fixed values counts each of them, a service of one activity counts once, any other as `COUNTS` says.
    """
    counts = COUNTS[environment]
    keys = metric.keys
    return prod(
        len(tag.values) if tag.values else 1 if tag.doing else counts.get(tag.key, 1)
        for tag in metric.tags
        if not keys & _FOLLOWS.get(tag.key, frozenset())
    )
