"""Lists, page by page: the hot path."""

from __future__ import annotations

from collections.abc import Iterator

from components.monitors.condition import Comparator, MetricCondition
from components.monitors.spec import MonitorSpec
from infra.naming import Tier
from stacks.catalog import queries
from stacks.catalog.alerts.watched import LATE, Watched
from stacks.catalog.thresholds import above


def alerts(watched: Watched) -> Iterator[MonitorSpec]:
    """The alerts on the services that answer lists."""
    for service in watched.services:
        if not service.paginates:
            continue
        duration = queries.p95("pagination.query.duration", watched.scope(service))
        yield MonitorSpec(
            key=f"{service.key}-pagination-latency",
            title=f"[{service.name}] Pagination is slow",
            tier=Tier.WARNING,
            owner=service.owner,
            service=service.name,
            runbook="pagination-latency",
            condition=MetricCondition(
                # The percentile of all queries of the window together, not of one point of it.
                expression=f"percentile(last_15m):{duration}",
                comparator=Comparator.ABOVE,
                thresholds=above(watched.limits.pagination_p95),
                full_window=False,
                evaluation_delay=LATE,
            ),
            meaning=f"For 15 minutes, the slowest twentieth of the lists of {service.name} has been too slow.",
            unit="s",
            silence="Nobody asks for lists, or the telemetry of the service does not arrive: see its requests first.",
            unless=service.causes,
        )
