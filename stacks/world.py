"""What the telemetry of an environment can be, from the catalog and the settings. Pure."""

from __future__ import annotations

from contract.telemetry import application, browser
from contract.world import World
from infra.naming import Environment
from stacks.catalog.infrastructure import INFRASTRUCTURE
from stacks.catalog.services import Service


def world(
    services: tuple[Service, ...], environment: Environment, cluster: str, checks: frozenset[str] | None = None
) -> World:
    """What queries are proved against; `checks` are the agent checks that are configured, None for all."""
    return World(
        environment=environment.value,
        cluster=cluster,
        checks=checks,
        services={**INFRASTRUCTURE, **{service.name: _activities(service) for service in services}},
    )


def _activities(service: Service) -> frozenset[str]:
    done = {
        application.PAGINATION: service.paginates,
        browser.ACTIVITY: service.in_browsers,
        service.operation: service.operation is not None,
    }
    return frozenset(activity for activity, does in done.items() if does and activity)
