"""The objectives, per service where it makes sense."""

from __future__ import annotations

from collections.abc import Iterator

from components.slos.spec import Events, SloSpec, Time
from contract.query.text import number_text
from infra.naming import Environment
from stacks.catalog import queries
from stacks.catalog.services import Service
from stacks.catalog.targets import NANOSECONDS, Target, Targets


def availability_key(service: Service) -> str:
    """Logical name of a service's availability objective."""
    return f"{service.key}-availability"


def objectives(services: tuple[Service, ...], environment: Environment, targets: Targets) -> Iterator[SloSpec]:
    """Every objective of an environment."""
    for service in services:
        if service.operation == "fastapi.request":
            yield _availability(service, environment, targets)
            yield _latency(service, environment, targets)
            yield _search(service, environment, targets)
            yield _database(service, environment, targets)
        if service.operation == "celery.run":
            yield _tasks(service, environment, targets)
        if service.paginates:
            yield _pagination(service, environment, targets)
        if service.in_browsers:
            yield _loading(service, environment, targets)


def _availability(service: Service, environment: Environment, targets: Targets) -> SloSpec:
    scope = _scope(service, environment)
    return _objective(
        service,
        environment,
        key=availability_key(service),
        title=f"{service.name} answers",
        description=f"Share of requests to {service.name} that do not fail.",
        sli=Events(bad=queries.errors("fastapi.request", scope), total=queries.hits("fastapi.request", scope)),
        target=targets.availability,
    )


def _latency(service: Service, environment: Environment, targets: Targets) -> SloSpec:
    scope = _scope(service, environment)
    limit = targets.latency_seconds
    return _objective(
        service,
        environment,
        key=f"{service.key}-response-time",
        title=f"{service.name} answers in time",
        description=f"Share of requests to {service.name} answered within {number_text(limit)} s.",
        sli=_within("trace.fastapi.request", scope, limit),
        target=targets.latency,
    )


def _pagination(service: Service, environment: Environment, targets: Targets) -> SloSpec:
    scope = _scope(service, environment)
    limit = targets.pagination_seconds
    return _objective(
        service,
        environment,
        key=f"{service.key}-pagination",
        title=f"{service.name} turns pages in time",
        description=f"Share of queries for a page of a list answered within {number_text(limit)} s.",
        sli=_within("pagination.query.duration", scope, limit),
        target=targets.pagination,
    )


def _search(service: Service, environment: Environment, targets: Targets) -> SloSpec:
    scope = _scope(service, environment)
    # A query nobody can answer is no failure of ours.
    failures = f"sum:genonaut.search.failures{{{scope},!reason:invalid_query}}.as_count()"
    return _objective(
        service,
        environment,
        key=f"{service.key}-search",
        title=f"{service.name} searches",
        description="Share of searches that do not fail; searches that cannot be understood do not count as failed.",
        sli=Events(bad=failures, total=f"sum:genonaut.search.requests{{{scope}}}.as_count()"),
        target=targets.search,
    )


def _tasks(service: Service, environment: Environment, targets: Targets) -> SloSpec:
    scope = _scope(service, environment)
    return _objective(
        service,
        environment,
        key=f"{service.key}-tasks",
        title=f"{service.name} does its tasks",
        description="Share of tasks that do not fail, retries excluded.",
        sli=Events(
            bad=f"sum:genonaut.tasks.failed{{{scope}}}.as_count()",
            total=f"sum:genonaut.tasks.started{{{scope}}}.as_count()",
        ),
        target=targets.tasks,
    )


def _loading(service: Service, environment: Environment, targets: Targets) -> SloSpec:
    scope = _scope(service, environment)
    limit = targets.loading_seconds
    return _objective(
        service,
        environment,
        key=f"{service.key}-loading",
        title=f"{service.name} loads in time",
        description=f"Share of page views that load within {number_text(limit)} s, in people's browsers.",
        sli=_within("rum.measure.view.loading_time", scope, limit * NANOSECONDS),
        target=targets.loading,
    )


def _database(service: Service, environment: Environment, targets: Targets) -> SloSpec:
    scope = _scope(service, environment)
    return _objective(
        service,
        environment,
        key=f"{service.key}-database",
        title=f"{service.name} reaches its database",
        description="Share of minutes in which every health check of the database succeeded.",
        # A state, not events: measured by time.
        sli=Time(
            query=f"min:genonaut.health.status{{{scope},check:database}}", comparator=">=", limit=1, slice_seconds=60
        ),
        target=targets.database,
    )


def _scope(service: Service, environment: Environment) -> str:
    return f"env:{environment},service:{service.name}"


def _within(metric: str, scope: str, limit: float) -> Events:
    bad, total = (queries.count_where(metric, scope, condition) for condition in (f">{number_text(limit)}", ">=0"))
    return Events(bad=bad, total=total)


def _objective(
    service: Service,
    environment: Environment,
    *,
    key: str,
    title: str,
    description: str,
    sli: Events | Time,
    target: Target,
) -> SloSpec:
    return SloSpec(
        key=key,
        title=f"{title} ({environment})",
        description=description,
        owner=service.owner,
        service=service.name,
        sli=sli,
        target=target.percent,
        warning=target.warning,
        timeframe="30d",
    )
