"""Logs: an unusual number of errors."""

from __future__ import annotations

from collections.abc import Iterator

from components.monitors.condition import Comparator, LogCondition
from components.monitors.spec import MissingData, MonitorSpec
from infra.naming import Tier
from stacks.catalog.alerts.watched import Watched
from stacks.catalog.thresholds import above


def alerts(watched: Watched) -> Iterator[MonitorSpec]:
    """The alerts on what the services that run in the cluster write."""
    for service in watched.services:
        if not service.operation:
            continue
        search = f"env:{watched.environment} service:{service.name} status:(error OR critical OR alert OR emergency)"
        yield MonitorSpec(
            key=f"{service.key}-error-logs",
            title=f"[{service.name}] Many errors in the logs",
            tier=Tier.WARNING,
            owner=service.owner,
            service=service.name,
            runbook="error-logs",
            condition=LogCondition(
                expression=f'logs("{search}").index("*").rollup("count").last("10m")',
                comparator=Comparator.ABOVE,
                thresholds=above(watched.limits.error_logs),
            ),
            meaning=f"{service.name} writes errors into its log at a rate that nobody reads any more.",
            unit="lines in 10 minutes",
            on_missing_data=MissingData.DEFAULT,
            silence="No log lines are no errors; an agent that is silent has an alert of its own.",
            unless=service.causes,
        )
