"""Errors and what Sentry watches besides: alerts, monitors, and what a project makes of its events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from components.sentry.spec import (
    AlertSpec,
    CronMonitorSpec,
    Measure,
    MetricMonitorSpec,
    MonitorSpec,
    ProjectRules,
    UptimeMonitorSpec,
)
from infra.naming import Tier
from sentry_alerts.shapes import conditions
from stacks.catalog.services import Service

ERROR_LEVEL, ERROR_ISSUES = 40, 1
"""Sentry's numbers of the level error and of the category of error issues."""
N_PLUS_ONE = "performance_n_plus_one_db_queries"
PAGINATED_ROUTES = ("/api/v1/content", "/api/v1/tags", "/api/v1/bookmarks", "/api/v1/generation-jobs")
"""Parts of the transactions' names: the hot path."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ErrorLimits:
    """The limits of one environment; the defaults are production's."""

    spike: int = 100
    """Events of one issue in an hour."""
    failure_rate: float = 5.0
    """Percent of transactions, over 5 minutes."""
    failure_rate_warning: float = 2.0
    slow: float = 2.0
    """Seconds that the slowest twentieth of transactions may take, over 10 minutes."""
    crash_free: float = 98.0
    """Percent of sessions without a crash, over an hour."""
    crash_free_warning: float = 99.5


def project_rules(service: Service) -> ProjectRules:
    """What a service's project makes of its events."""
    backend = () if service.in_browsers else ("path:genonaut/**",)
    return ProjectRules(
        fingerprints=(
            # One issue per cause, wherever it surfaces.
            "error.type:OperationalError message:*connection* -> database-connection",
            "error.type:RedisConnectionError -> redis-connection",
            "error.type:ConnectionError message:*comfyui* -> comfyui-connection",
        )
        if not service.in_browsers
        else ("error.type:ChunkLoadError -> chunk-load-error",),
        grouping=("stack.module:sqlalchemy.* -app", "stack.module:starlette.* -app", "stack.module:celery.* -app")
        if not service.in_browsers
        else (),
        owned=backend or ("url:*",),
        sensitive_fields=("prompt", "negative_prompt", "email", "session_token"),
        dropped_errors=("ResizeObserver loop*", "*AbortError*") if service.in_browsers else (),
        resolve_after_hours=24 * 14,
    )


def error_alerts(services: tuple[Service, ...], limits: ErrorLimits) -> Iterator[AlertSpec]:
    """The alerts about issues of all services."""
    projects = tuple(f"{service.key}-sentry" for service in services)
    errors = (conditions.category(ERROR_ISSUES), conditions.level_at_least(ERROR_LEVEL))
    yield AlertSpec(
        key="sentry-new-issue",
        title="New error",
        tier=Tier.WARNING,
        runbook="sentry/error-issues",
        projects=projects,
        triggers=(conditions.new_issue(),),
        alternatives=(errors,),
    )
    yield AlertSpec(
        key="sentry-regression",
        title="Resolved error is back",
        tier=Tier.WARNING,
        runbook="sentry/error-issues",
        projects=projects,
        triggers=(conditions.regression(),),
        alternatives=(errors,),
    )
    yield AlertSpec(
        key="sentry-spike",
        title="Error happens very often",
        tier=Tier.CRITICAL,
        runbook="sentry/error-issues",
        projects=projects,
        triggers=(conditions.more_events_than(limits.spike, "1h"), conditions.escalation()),
        alternatives=(errors,),
        silence_minutes=60,
    )
    for service in services:
        if service.paginates:
            yield AlertSpec(
                key=f"{service.key}-sentry-n-plus-one",
                title=f"[{service.name}] A list asks the database once per row",
                tier=Tier.WARNING,
                runbook="pagination-latency",
                projects=(f"{service.key}-sentry",),
                triggers=(conditions.new_issue(), conditions.regression()),
                alternatives=tuple(
                    (conditions.issue_type(N_PLUS_ONE), conditions.tag_contains("transaction", route))
                    for route in PAGINATED_ROUTES
                ),
                silence_minutes=1440,
            )


def error_monitors(
    services: tuple[Service, ...], limits: ErrorLimits, addresses: Mapping[str, str | None]
) -> Iterator[MonitorSpec]:
    """The monitors of all services; the API is watched from outside where its address is known."""
    for service in services:
        project = f"{service.key}-sentry"
        if service.operation:
            yield MetricMonitorSpec(
                key=f"{project}-failure-rate",
                title=f"[{service.name}] Transactions fail",
                tier=Tier.CRITICAL,
                runbook="error-rate",
                project=project,
                measure=Measure.FAILURE_RATE,
                query="is_transaction:true",
                critical=limits.failure_rate,
                warning=limits.failure_rate_warning,
                window_minutes=5,
            )
        if service.paginates:
            yield MetricMonitorSpec(
                key=f"{project}-slow",
                title=f"[{service.name}] Transactions are slow",
                tier=Tier.WARNING,
                runbook="sentry/slow-transactions",
                project=project,
                measure=Measure.P95_DURATION,
                query="is_transaction:true",
                critical=limits.slow,
                window_minutes=10,
            )
            if address := addresses.get(service.endpoint or ""):
                yield UptimeMonitorSpec(
                    key=f"{project}-uptime",
                    title=f"[{service.name}] Cannot be reached",
                    tier=Tier.CRITICAL,
                    runbook="sentry/uptime",
                    project=project,
                    url=f"{address.rstrip('/')}/api/v1/health",
                    # The route answers 200 even when it reports that it is not well.
                    json_path="$.status",
                    value="healthy",
                    every_seconds=60,
                    timeout_seconds=10,
                    failures=3,
                )
        if service.in_browsers:
            yield MetricMonitorSpec(
                key=f"{project}-crash-free",
                title=f"[{service.name}] Sessions crash",
                tier=Tier.CRITICAL,
                runbook="sentry/crash-free-sessions",
                project=project,
                measure=Measure.CRASH_FREE_SESSIONS,
                critical=limits.crash_free,
                warning=limits.crash_free_warning,
                window_minutes=60,
            )
        for job in service.scheduled:
            yield CronMonitorSpec(
                key=f"{project}-{job.key}",
                title=f"[{service.name}] Scheduled job {job.key}",
                tier=Tier.WARNING,
                runbook="sentry/missed-job",
                project=project,
                job=job.key,
                crontab=job.crontab,
                margin_minutes=job.margin_minutes,
                longest_minutes=job.longest_minutes,
                failures=2,
            )
