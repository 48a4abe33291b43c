"""What the organisation uses of Datadog: the bill, before it comes."""

from __future__ import annotations

from collections.abc import Iterator

from components.monitors.condition import Comparator, MetricCondition
from components.monitors.spec import MonitorSpec
from infra.naming import Environment, Team, Tier
from stacks.catalog.alerts.watched import USAGE_LATE, Watched
from stacks.catalog.thresholds import above

_SERVICE = "datadog"


def alerts(watched: Watched) -> Iterator[MonitorSpec]:
    """The alerts on usage, which is that of all environments together: production's stack watches it for all."""
    if watched.environment is not Environment.STAGING:
        usage = "datadog.estimated_usage"
        limits = watched.limits
        logs = f"sum:{usage}.logs.ingested_events{{datadog_is_excluded:false}}.as_count()"
        yield _usage("logs", "log events of a day", f"sum(last_1d):{logs}", limits.usage_logs)
        custom = f"max(last_4h):avg:{usage}.metrics.custom{{*}}"
        yield _usage("custom-metrics", "series of metrics of our own", custom, limits.usage_custom_metrics)
        yield _usage("hosts", "hosts", f"min(last_4h):max:{usage}.hosts{{*}}", limits.usage_hosts)


def _usage(key: str, what: str, expression: str, limit: float) -> MonitorSpec:
    return MonitorSpec(
        key=f"usage-{key}",
        title=f"[Datadog] More {what} than planned",
        tier=Tier.WARNING,
        owner=Team.PLATFORM,
        service=_SERVICE,
        runbook="usage",
        condition=MetricCondition(
            expression=expression,
            comparator=Comparator.ABOVE,
            thresholds=above(limit),
            full_window=False,
            evaluation_delay=USAGE_LATE,
        ),
        meaning=f"The organisation uses more {what} than the plan of costs allows for.",
        unit=what,
        silence="Datadog does not say: look at the page Plan and Usage.",
    )
