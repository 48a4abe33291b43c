"""Catalogs of any size, without touching the catalog."""

from __future__ import annotations

import dataclasses

from infra.naming import Team
from stacks import specs
from stacks.catalog.services import Service


def services(count: int) -> tuple[Service, ...]:
    """This many services with all that a service can have: alerts, objective, dashboard, browser, Sentry project."""
    return tuple(
        Service(
            key=f"service-{number:02}",
            name=f"genonaut-service-{number:02}",
            owner=Team.BACKEND,
            operation="fastapi.request",
            paginates=True,
            in_browsers=True,
        )
        for number in range(1, count + 1)
    )


def install(count: int) -> None:
    """Let every environment of this process have this many generated services."""
    specs.PLANS = {
        environment: dataclasses.replace(plan, services=services(count)) for environment, plan in specs.PLANS.items()
    }
