"""From settings and catalog to what Sentry holds. Pure."""

from __future__ import annotations

from components.sentry.spec import SentryProjectSpec, SentrySpec, Target
from infra.naming import Tier
from infra.settings import Settings
from stacks.catalog.errors import error_alerts, error_monitors, project_rules
from stacks.environment import EnvironmentPlan


def error_tracking(settings: Settings, stack: str, plan: EnvironmentPlan) -> SentrySpec:
    """The team, the projects and their alerts."""
    return SentrySpec(
        organization=settings.sentry.organization,
        stack=stack,
        environment=settings.environment,
        runbook_base_url=settings.runbooks.base_url,
        alerts=tuple(error_alerts(plan.services, plan.errors)),
        monitors=tuple(error_monitors(plan.services, plan.errors, settings.endpoints.model_dump())),
        targets={tier: _sentry_targets(settings, tier) for tier in Tier},
        projects=tuple(
            SentryProjectSpec(
                key=f"{service.key}-sentry",
                service=service.name,
                events_per_minute=service.sentry_events_per_minute,
                in_browsers=service.in_browsers,
                rules=project_rules(service),
            )
            for service in plan.services
        ),
    )


def _sentry_targets(settings: Settings, tier: Tier) -> tuple[Target, ...]:
    """Where Sentry finds those whom Datadog tells about this tier."""
    handles = settings.routing.recipients(tier)
    known = [(handle, settings.sentry.targets[handle]) for handle in handles if handle in settings.sentry.targets]
    return tuple(
        Target(kind=handle.split("-", 1)[0], integration=target.integration, id=target.id, name=target.name)
        for handle, target in known
    )
