"""From our words to the arguments of Sentry monitors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from components.sentry.spec import (
    CronMonitorSpec,
    Measure,
    MetricMonitorSpec,
    MonitorSpec,
    SentrySpec,
    UptimeMonitorSpec,
)
from infra.naming import Mark
from sentry_alerts.shapes import assertions

HIGH, MEDIUM, RESOLVED = 75, 50, 0
"""What crossing a threshold makes of the issue."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Query:
    """How the API asks for a measure; `per_unit` of its own unit are one of ours."""

    aggregate: str
    dataset: str
    event_types: tuple[str, ...]
    query_type: int
    per_unit: float
    above: bool


_SPANS = {"dataset": "events_analytics_platform", "event_types": ("trace_item_span",), "query_type": 1, "above": True}
QUERIES: Mapping[Measure, _Query] = {
    Measure.FAILURE_RATE: _Query(aggregate="failure_rate()", per_unit=0.01, **_SPANS),  # type: ignore[arg-type]
    Measure.P95_DURATION: _Query(aggregate="p95(span.duration)", per_unit=1000.0, **_SPANS),  # type: ignore[arg-type]
    Measure.CRASH_FREE_SESSIONS: _Query(
        aggregate="percentage(sessions_crashed, sessions) AS _crash_rate_alert_aggregate",
        dataset="metrics",
        event_types=(),
        query_type=2,
        per_unit=1.0,
        above=False,
    ),
}


def compile_monitor(monitor: MonitorSpec, spec: SentrySpec, project: Any, team: Any) -> dict[str, Any]:
    """The arguments of the monitor's resource; `project` is the project's number, `team` `team:NUMBER`."""
    common = {
        "organization": spec.organization,
        "project": project,
        "name": Mark(spec.stack).title(monitor.title),
        "description": f"Runbook: {spec.runbook_base_url}/{monitor.runbook}.md",
        "owner": team,
    }
    match monitor:
        case MetricMonitorSpec():
            return {**common, **_metric(monitor, spec)}
        case CronMonitorSpec():
            return {**common, **_cron(monitor)}
        case UptimeMonitorSpec():
            return {**common, **_uptime(monitor, spec)}


def _metric(monitor: MetricMonitorSpec, spec: SentrySpec) -> dict[str, Any]:
    query = QUERIES[monitor.measure]
    crossed, back = ("gt", "lte") if query.above else ("lt", "gte")
    limits = [(HIGH, monitor.critical), *([(MEDIUM, monitor.warning)] if monitor.warning is not None else [])]
    conditions = [_condition(crossed, limit * query.per_unit, result) for result, limit in limits]
    return {
        "aggregate": query.aggregate,
        "dataset": query.dataset,
        "event_types": list(query.event_types),
        "query": monitor.query,
        "query_type": query.query_type,
        "environment": spec.environment.value,
        "time_window": monitor.window_minutes * 60,
        "conditions": [*conditions, _condition(back, limits[-1][1] * query.per_unit, RESOLVED)],
    }


def _condition(kind: str, comparison: float, result: int) -> dict[str, Any]:
    # A hundredth is not exact in binary; nobody wrote more digits than these.
    return {"type": kind, "comparison": round(comparison, 9), "conditionResult": result}


def _cron(monitor: CronMonitorSpec) -> dict[str, Any]:
    return {
        "job": monitor.job,
        "crontab": monitor.crontab,
        "checkin_margin": monitor.margin_minutes,
        "max_runtime": monitor.longest_minutes,
        "failure_issue_threshold": monitor.failures,
        "recovery_threshold": 1,
    }


def _uptime(monitor: UptimeMonitorSpec, spec: SentrySpec) -> dict[str, Any]:
    return {
        "url": monitor.url,
        "environment": spec.environment.value,
        "interval_seconds": monitor.every_seconds,
        "timeout_ms": monitor.timeout_seconds * 1000,
        "downtime_threshold": monitor.failures,
        "assertion": assertions.ok_with(monitor.json_path, monitor.value),
    }
