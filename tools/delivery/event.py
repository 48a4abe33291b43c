"""The event of a deployment, which dashboards draw as a line (docs/dashboards.md)."""

from __future__ import annotations

from dataclasses import dataclass

from datadog_api_client import ApiClient, Configuration
from datadog_api_client.v1.api.events_api import EventsApi
from datadog_api_client.v1.model.event_create_request import EventCreateRequest

from infra.settings import Settings
from tools.vendors import DATADOG


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """A version of a service that came to an environment."""

    service: str
    version: str
    link: str = ""
    """Where to read more."""


def tell(deployment: Deployment, settings: Settings, url: str) -> None:
    """Post the event to the API at this address. Raises VendorError."""
    key = {"apiKeyAuth": settings.datadog_api_key.get_secret_value()}
    configuration = Configuration(host=url, api_key=key, enable_retry=True)
    with DATADOG.asked(url), ApiClient(configuration) as client:
        EventsApi(client).create_event(request(deployment, settings.environment))


def request(deployment: Deployment, environment: str) -> EventCreateRequest:
    """What is posted; the first tag is what dashboards look for."""
    return EventCreateRequest(
        title=f"{deployment.service} {deployment.version}",
        text=f"Rolled out to {environment}." + (f" {deployment.link}" if deployment.link else ""),
        tags=[
            "event_type:deployment",
            f"env:{environment}",
            f"service:{deployment.service}",
            f"version:{deployment.version}",
        ],
    )
