"""The dashboards, made from the services."""

from __future__ import annotations

from collections.abc import Iterator

from components.dashboards.spec import (
    DashboardSpec,
    Group,
    Limit,
    Note,
    Objective,
    Series,
    Timeseries,
    Unit,
    Variable,
    Widget,
)
from infra.naming import Environment, Team
from stacks.catalog import queries
from stacks.catalog.limits import Limits
from stacks.catalog.objectives import availability_key
from stacks.catalog.services import Service


def dashboards(services: tuple[Service, ...], environment: Environment, limits: Limits) -> Iterator[DashboardSpec]:
    """Every dashboard of an environment."""
    yield DashboardSpec(
        key="executive-overview",
        title=f"Genonaut: executive overview ({environment})",
        description="Is Genonaut answering, fast enough, and are people joining?",
        owner=Team.PLATFORM,
        variables=(Variable(name="env", tag="env", default=environment.value),),
        groups=(
            *(
                Group(title=service.name, widgets=tuple(_service_widgets(service, service.operation, limits)))
                for service in services
                if service.operation
            ),
            Group(title="People", widgets=(_registrations(), Note(text="Thresholds are the alerts' own."))),
        ),
    )


def _service_widgets(service: Service, operation: str, limits: Limits) -> Iterator[Widget]:
    scope = f"$env,service:{service.name}"
    hits, errors = queries.hits(operation, scope), queries.errors(operation, scope)
    if operation == "fastapi.request":
        yield Objective(title="Availability", slo=availability_key(service))
    yield Timeseries(
        title="Requests",
        series=(Series(label="requests", formula="hits", queries=(("hits", hits),), unit=Unit.REQUEST),),
    )
    yield Timeseries(
        title="Error rate",
        series=(
            Series(
                label="failed",
                formula="errors / hits * 100",
                queries=(("errors", errors), ("hits", hits)),
                unit=Unit.PERCENT,
            ),
        ),
        limits=(
            Limit(value=limits.error_rate, label="critical", severity="error"),
            Limit(value=limits.error_rate_warning, label="warning", severity="warning"),
        ),
    )
    if service.paginates:
        query = queries.p95("pagination.query.duration", scope)
        yield Timeseries(
            title="Pagination, 95th percentile",
            series=(Series(label="p95", formula="p95", queries=(("p95", query),), unit=Unit.SECOND),),
            limits=(Limit(value=limits.pagination_p95, label="warning", severity="warning"),),
        )


def _registrations() -> Timeseries:
    query = "sum:genonaut.users.registered{$env}.as_count()"
    return Timeseries(
        title="Registrations",
        series=(Series(label="registrations", formula="users", queries=(("users", query),), unit=Unit.USER),),
    )
