"""The alerts: one module per subject. A new alert is one entry in one of them and its page in docs/runbooks."""

from __future__ import annotations

from collections.abc import Iterator

from components.monitors.spec import MonitorSpec
from stacks.catalog.alerts import (
    agents,
    business,
    cache,
    certificates,
    database,
    logs,
    nodes,
    pagination,
    queues,
    requests,
    usage,
    workloads,
)
from stacks.catalog.alerts.watched import Watched

SUBJECTS = (
    requests,
    pagination,
    database,
    cache,
    queues,
    workloads,
    nodes,
    agents,
    logs,
    certificates,
    business,
    usage,
)


def alerts(watched: Watched) -> Iterator[MonitorSpec]:
    """Every alert of an environment."""
    for subject in SUBJECTS:
        yield from subject.alerts(watched)
