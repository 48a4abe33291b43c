"""What is looked at from inside of the cluster: the API's health, the pages of the web, and their certificates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from components.endpoints.spec import EndpointSpec, EndpointsSpec
from contract.telemetry.application import API
from infra.naming import Environment
from stacks.catalog.answers import HEALTH_ROUTE, UNWELL
from stacks.catalog.limits import Limits
from stacks.catalog.services import Service


def endpoints(
    services: tuple[Service, ...], urls: Mapping[str, str | None], environment: Environment, limits: Limits
) -> EndpointsSpec:
    """The endpoints of an environment; `urls` by endpoint, None where there is none to look at."""
    return EndpointsSpec(
        environment=environment,
        endpoints=tuple(_endpoints(services, urls)),
        certificate_days=limits.certificate_days,
        certificate_days_warning=limits.certificate_days_warning,
    )


def _endpoints(services: tuple[Service, ...], urls: Mapping[str, str | None]) -> Iterator[EndpointSpec]:
    for service in services:
        url = urls.get(service.endpoint) if service.endpoint else None
        if url and service.operation == API:
            yield EndpointSpec(service=service.name, url=f"{url.rstrip('/')}{HEALTH_ROUTE}", never=UNWELL)
        elif url:
            yield EndpointSpec(service=service.name, url=url)
