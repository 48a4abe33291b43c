"""The alerts, per service where it makes sense."""

from __future__ import annotations

from collections.abc import Iterator

from components.monitors.spec import Comparator, MissingData, MonitorSpec, Thresholds
from infra.naming import Environment, Team, Tier
from stacks.catalog import queries
from stacks.catalog.limits import Limits
from stacks.catalog.services import Service


def alerts(services: tuple[Service, ...], environment: Environment, limits: Limits) -> Iterator[MonitorSpec]:
    """Every alert of an environment."""
    for service in services:
        scope = f"env:{environment},service:{service.name}"
        if service.operation:
            yield _error_rate(service, service.operation, scope, limits)
        if service.paginates:
            yield _pagination(service, scope, limits)
    yield _registrations(environment, limits)


def _error_rate(service: Service, operation: str, scope: str, limits: Limits) -> MonitorSpec:
    hits, errors = queries.hits(operation, scope), queries.errors(operation, scope)
    # Zero below the minimum traffic: one failure among three requests at night is no outage.
    # https://docs.datadoghq.com/monitors/guide/add-a-minimum-request-threshold-for-error-rate-alerts/
    guard = f"is_greater({hits}, {limits.minimum_requests})"
    return MonitorSpec(
        key=f"{service.key}-error-rate",
        title=f"[{service.name}] Error rate is high",
        tier=Tier.CRITICAL,
        owner=service.owner,
        service=service.name,
        runbook="error-rate",
        expression=f"sum(last_5m):({errors} / {hits}) * 100 * {guard}",
        comparator=Comparator.ABOVE,
        thresholds=Thresholds(critical=limits.error_rate, warning=limits.error_rate_warning),
        meaning=f"Too much of what {service.name} was asked to do in the last 5 minutes failed.",
        unit="%",
        on_missing_data=MissingData.DEFAULT,
        require_full_window=False,
        # Hits and errors arrive in different flushes: https://docs.datadoghq.com/monitors/configuration/
        evaluation_delay=60,
        new_group_delay=60,
    )


def _pagination(service: Service, scope: str, limits: Limits) -> MonitorSpec:
    return MonitorSpec(
        key=f"{service.key}-pagination-latency",
        title=f"[{service.name}] Pagination is slow",
        tier=Tier.WARNING,
        owner=service.owner,
        service=service.name,
        runbook="pagination-latency",
        expression=f"percentile(last_15m):{queries.p95('pagination.query.duration', scope)}",
        comparator=Comparator.ABOVE,
        thresholds=Thresholds(critical=limits.pagination_p95, critical_recovery=limits.pagination_p95 * 0.8),
        meaning=f"For 15 minutes, the slowest twentieth of the lists of {service.name} has been too slow.",
        unit="s",
        on_missing_data=MissingData.SHOW,
        require_full_window=False,
        evaluation_delay=60,
        new_group_delay=60,
    )


def _registrations(environment: Environment, limits: Limits) -> MonitorSpec:
    return MonitorSpec(
        key="registrations-drop",
        title="[Genonaut] Registrations have dropped",
        tier=Tier.BUSINESS,
        owner=Team.PRODUCT,
        service="genonaut-api",
        runbook="registrations-drop",
        expression=f"pct_change(sum(last_1d),last_1d):sum:genonaut.users.registered{{env:{environment}}}.as_count()",
        comparator=Comparator.BELOW,
        thresholds=Thresholds(critical=-limits.registrations_drop),
        meaning="Far fewer people registered in the last day than in the day before.",
        unit="%",
        on_missing_data=MissingData.NOTIFY,
        require_full_window=False,
        evaluation_delay=60,
        new_group_delay=60,
    )
