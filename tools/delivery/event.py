"""The event of a deployment, which dashboards draw as a line (docs/dashboards.md)."""

from __future__ import annotations

from dataclasses import dataclass

from datadog_api_client import ApiClient, Configuration
from datadog_api_client.exceptions import ApiException
from datadog_api_client.v1.api.events_api import EventsApi
from datadog_api_client.v1.model.event_create_request import EventCreateRequest
from urllib3.exceptions import HTTPError

from infra.settings import Settings


class EventError(Exception):
    """Datadog did not take the event; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """A version of a service that came to an environment."""

    service: str
    version: str
    link: str = ""
    """Where to read more."""


def tell(deployment: Deployment, settings: Settings, url: str) -> None:
    """Post the event to the API at this address. Raises EventError."""
    key = {"apiKeyAuth": settings.datadog_api_key.get_secret_value()}
    with ApiClient(Configuration(host=url, api_key=key, enable_retry=True)) as client:
        try:
            EventsApi(client).create_event(request(deployment, settings.environment))
        except ApiException as error:
            raise EventError(
                f"Datadog did not take the event of the deployment: {error.status}, {error.reason}"
            ) from None
        except HTTPError as error:
            raise EventError(f"Datadog cannot be reached at {url}: {type(error).__name__}") from None


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
