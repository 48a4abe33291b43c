"""Metrics that Datadog counts out of logs, and what the lines themselves bring.

They are counted when a line arrives, before an index excludes it or has its quota: a count out of them is of all lines
(https://docs.datadoghq.com/logs/log_configuration/logs_to_metrics/). Each is one definition, from which the resource is
made and against which queries are proved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from contract.telemetry import model, postgres
from contract.telemetry.model import Metric, Source, Tag
from contract.telemetry.tags import fixed

FAILED = "status:(error OR critical OR alert OR emergency)"
"""A search for the lines that tell of a failure."""

JSON_ATTRIBUTES = frozenset(
    {
        "level", "timestamp", "dd.trace_id", "dd.span_id", "dd.service", "dd.env", "dd.version",
        "logger.name", "logger.thread_name", "event", "duration", "usr.id",
        "http.method", "http.route", "http.status_code", "http.url", "http.useragent",
        "error.kind", "error.message", "error.stack",
        "celery.task", "celery.queue", "celery.task_id",
    }
)  # fmt: skip
"""What the JSON lines of our services may carry beside `message`: ours, and what ddtrace puts into every record
(https://docs.datadoghq.com/tracing/other_telemetry/connect_logs_and_traces/python/). `duration` is in nanoseconds."""

POSTGRES_EVENTS = ("slow_statement", "deadlock", "lock_wait", "connections_exhausted", "login_failed", "cancelled")
"""Values of `@event` that lines of PostgreSQL get."""
TASK_EVENTS = ("task_received", "task_succeeded", "task_retried", "task_failed")
"""Values of `@event` that lines of Celery get."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LogMetric:
    """A metric and the lines it is counted from."""

    key: str
    """Part of the logical name of its resource."""
    metric: Metric
    query: str
    """Which lines."""
    measure: str | None = None
    """The attribute whose values are kept as a distribution; None where lines are counted."""
    groups: Mapping[str, str] = field(default_factory=lambda: {"env": "env", "service": "service"})
    """Tag of the metric -> the tag or attribute of the line it comes from."""


_ANY = (Tag("env"), Tag("service"))
_POSTGRES = (Tag("env"), Tag("service", doing=postgres.ACTIVITY))


def _postgres(key: str, name: str, unit: str, query: str, description: str) -> LogMetric:
    metric = model.count(f"genonaut.logs.postgres.{name}", unit, _POSTGRES, description, source=Source.LOGS)
    return LogMetric(key=f"logs-postgres-{key}", metric=metric, query=query)


LOG_METRICS: tuple[LogMetric, ...] = (
    LogMetric(
        key="logs-errors",
        metric=model.count(
            "genonaut.logs.errors",
            "error",
            (*_ANY, fixed("status", "error", "critical", "alert", "emergency")),
            "Lines that tell of a failure.",
            source=Source.LOGS,
        ),
        query=FAILED,
        groups={"env": "env", "service": "service", "status": "status"},
    ),
    LogMetric(
        key="logs-postgres-slow-statements",
        metric=model.distribution(
            "genonaut.logs.postgres.slow_statements",
            "nanosecond",
            _POSTGRES,
            "How long statements took that PostgreSQL found worth a line (log_min_duration_statement).",
            source=Source.LOGS,
        ),
        query="@event:slow_statement",
        measure="@duration",
    ),
    _postgres("deadlocks", "deadlocks", "occurrence", "@event:deadlock", "Transactions ended because of a deadlock."),
    _postgres("lock-waits", "lock_waits", "occurrence", "@event:lock_wait", "Waits for a lock of a second or longer."),
    _postgres(
        "connections-exhausted",
        "connections_exhausted",
        "connection",
        "@event:connections_exhausted",
        "Connections turned away because there were too many.",
    ),
    _postgres("logins-failed", "logins_failed", "occurrence", "@event:login_failed", "Logins that were refused."),
)
METRICS = tuple(one.metric for one in LOG_METRICS)
