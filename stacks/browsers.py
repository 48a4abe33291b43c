"""From settings and catalog to the spec of what is seen of browsers. Pure."""

from __future__ import annotations

from components.rum.spec import ApplicationSpec, RumSpec
from infra.settings import Settings
from stacks.catalog.browsers import JOURNEYS, filters, metrics
from stacks.environment import EnvironmentPlan


def browsers(settings: Settings, stack: str, plan: EnvironmentPlan) -> RumSpec:
    """The front ends of a stack."""
    api = settings.endpoints.api
    return RumSpec(
        stack=stack,
        environment=settings.environment.value,
        site=settings.datadog.site,
        intake=settings.web.intake_url,
        namespace=settings.web.namespace or settings.workloads.namespace,
        sampling=plan.browsers,
        applications=tuple(
            ApplicationSpec(key=f"{service.key}-rum", service=service.name, traced=(api.rstrip("/"),) if api else ())
            for service in plan.services
            if service.in_browsers
        ),
        filters=filters(plan.browsers.kept),
        metrics=metrics(plan.services) if stack == settings.datadog.owner_stack else (),
        journeys=JOURNEYS,
    )
