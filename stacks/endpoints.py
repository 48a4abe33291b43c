"""From settings and services to the addresses that the agents look at. Pure."""

from __future__ import annotations

from components.endpoints.spec import EndpointSpec, EndpointsSpec
from infra.settings import Settings
from stacks.catalog.answers import HEALTH_ROUTE, UNWELL
from stacks.catalog.limits import Limits
from stacks.catalog.services import Service


def endpoints(settings: Settings, services: tuple[Service, ...], limits: Limits) -> EndpointsSpec:
    """The public addresses of a stack; none for a service whose address the settings do not have."""
    urls: dict[str, str | None] = settings.endpoints.model_dump()
    return EndpointsSpec(
        environment=settings.environment,
        endpoints=tuple(
            _endpoint(service, url.rstrip("/"))
            for service in services
            if service.endpoint and (url := urls[service.endpoint])
        ),
        certificate_days=limits.certificate_days,
        certificate_days_warning=limits.certificate_days_warning,
    )


def _endpoint(service: Service, url: str) -> EndpointSpec:
    if service.endpoint == "api":
        return EndpointSpec(service=service.name, url=f"{url}{HEALTH_ROUTE}", never=UNWELL)
    return EndpointSpec(service=service.name, url=f"{url}/")
