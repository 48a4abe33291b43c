"""The alerts: one module per subject. A new alert is one entry in one of them and its page in docs/runbooks."""

from __future__ import annotations

from collections.abc import Iterator

from components.monitors.spec import MonitorSpec
from infra.naming import Environment
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
from stacks.catalog.limits import Limits
from stacks.catalog.services import Service

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


def alerts(
    services: tuple[Service, ...], environment: Environment, limits: Limits, cluster: str
) -> Iterator[MonitorSpec]:
    """Every alert of an environment, which runs in the cluster of this name."""
    watched = Watched(environment=environment, cluster=cluster, services=services, limits=limits)
    for subject in SUBJECTS:
        yield from subject.alerts(watched)
