"""The objectives: availability for every service that answers requests."""

from __future__ import annotations

from collections.abc import Iterator

from components.slos.spec import SloSpec
from infra.naming import Environment
from stacks.catalog import queries
from stacks.catalog.limits import Limits
from stacks.catalog.services import Service


def availability_key(service: Service) -> str:
    """Logical name of a service's availability objective."""
    return f"{service.key}-availability"


def objectives(services: tuple[Service, ...], environment: Environment, limits: Limits) -> Iterator[SloSpec]:
    """Every objective of an environment."""
    for service in services:
        if service.operation != "fastapi.request":
            continue
        scope = f"env:{environment},service:{service.name}"
        hits, errors = queries.hits(service.operation, scope), queries.errors(service.operation, scope)
        yield SloSpec(
            key=availability_key(service),
            title=f"{service.name} answers ({environment})",
            description=f"Share of requests to {service.name} that do not fail.",
            owner=service.owner,
            service=service.name,
            good=f"{hits} - {errors}",
            total=hits,
            target=limits.availability,
            warning=limits.availability_warning,
            timeframe="30d",
        )
