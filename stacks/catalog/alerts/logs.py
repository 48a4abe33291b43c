"""Logs: an unusual number of errors, and lines that nobody will be able to read."""

from __future__ import annotations

from collections.abc import Iterator

from components.logs.spec import IndexSpec
from components.monitors.condition import Comparator, MetricCondition
from components.monitors.spec import MissingData, MonitorSpec
from infra.naming import Team, Tier
from stacks.catalog.alerts.watched import LATE, USAGE_LATE, Watched
from stacks.catalog.logs.indexes import indexes
from stacks.catalog.services import Service
from stacks.catalog.thresholds import above


def alerts(watched: Watched) -> Iterator[MonitorSpec]:
    """The alerts on what the services that run in the cluster write, and on the index that keeps it."""
    for service in watched.services:
        if service.operation:
            yield _errors(watched, service)
    for index in indexes([watched.environment]):
        yield _quota(index, watched.limits.log_quota)


def _errors(watched: Watched, service: Service) -> MonitorSpec:
    """Counted out of all lines that arrive: a search would find nothing once the index has its quota of the day."""
    return MonitorSpec(
        key=f"{service.key}-error-logs",
        title=f"[{service.name}] Many errors in the logs",
        tier=Tier.WARNING,
        owner=service.owner,
        service=service.name,
        runbook="error-logs",
        condition=MetricCondition(
            expression=f"sum(last_10m):sum:genonaut.logs.errors{{{watched.scope(service)}}}.as_count()",
            comparator=Comparator.ABOVE,
            thresholds=above(watched.limits.error_logs),
            full_window=False,
            evaluation_delay=LATE,
        ),
        meaning=f"{service.name} writes errors into its log at a rate that nobody reads any more.",
        unit="lines in 10 minutes",
        on_missing_data=MissingData.DEFAULT,
        silence="No log lines are no errors; an agent that is silent has an alert of its own.",
        unless=service.causes,
    )


def _quota(index: IndexSpec, percent: float) -> MonitorSpec:
    """The lines since the quota's day began, at midnight UTC, as the window's does.

    Estimated usage goes on to count when the quota is used up, and lines that an index leaves out are told apart in it
    (https://docs.datadoghq.com/logs/troubleshooting/, "Estimated Usage Metrics"); the quota is of the others
    (https://docs.datadoghq.com/logs/log_configuration/indexes/#set-daily-quota).
    """
    kept = f"datadog_index:{index.name},datadog_is_excluded:false"
    return MonitorSpec(
        key="log-quota",
        title=f"[Datadog] The index {index.name} has nearly used up its day",
        tier=Tier.WARNING,
        owner=Team.PLATFORM,
        service="datadog",
        runbook="log-quota",
        condition=MetricCondition(
            expression=f"sum(current_1d):sum:datadog.estimated_usage.logs.ingested_events{{{kept}}}.as_count()",
            comparator=Comparator.ABOVE,
            thresholds=above(index.quota.events * percent / 100, index.quota.events * index.quota.warn_at / 100),
            full_window=False,
            evaluation_delay=USAGE_LATE,
            day_starts=index.quota.reset,
        ),
        meaning="Until midnight UTC, lines that come after the quota can be neither searched nor read in Datadog.",
        unit="lines of a day",
        on_missing_data=MissingData.DEFAULT,
        silence="No lines use up nothing; an agent that is silent has an alert of its own.",
    )
