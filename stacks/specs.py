"""From settings and catalog to the specs of every area. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from components.agent.spec import AgentSpec
from components.dashboards.spec import DashboardSpec
from components.monitors.spec import TierSpec
from components.routing.spec import RoutingSpec
from components.rum.spec import RumSpec
from components.sentry.spec import SentryProjectSpec, SentrySpec, Target
from components.slos.spec import SloSpec
from infra.naming import Environment, Tier
from infra.settings import Settings
from stacks import production, sandbox, staging
from stacks.catalog.alerts import alerts
from stacks.catalog.dashboards import dashboards
from stacks.catalog.errors import error_alerts, error_monitors, project_rules
from stacks.catalog.images import AGENT
from stacks.catalog.objectives import objectives
from stacks.catalog.tiers import URGENCY
from stacks.environment import EnvironmentPlan

PLANS: Mapping[Environment, EnvironmentPlan] = {
    Environment.PRODUCTION: production.PLAN,
    Environment.STAGING: staging.PLAN,
    Environment.SANDBOX: sandbox.PLAN,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class StackSpecs:
    """Everything a stack consists of, in our words."""

    agent: AgentSpec
    monitors: tuple[TierSpec, ...]
    routing: RoutingSpec
    slos: tuple[SloSpec, ...]
    dashboards: tuple[DashboardSpec, ...]
    rum: tuple[RumSpec, ...]
    sentry: SentrySpec


def compose(settings: Settings, stack: str) -> StackSpecs:
    """The specs of the stack of this name."""
    environment = settings.environment
    plan = PLANS[environment]
    services = plan.services
    monitors = tuple(alerts(services, environment, plan.limits))
    return StackSpecs(
        agent=AgentSpec(
            environment=environment,
            cluster_name=settings.kubernetes.cluster_name,
            namespace=settings.kubernetes.namespace,
            site=settings.datadog.site,
            api_key=settings.datadog_api_key,
            image=AGENT,
            agent=plan.agent,
            trace_agent=plan.trace_agent,
        ),
        monitors=tuple(
            TierSpec(
                tier=tier,
                urgency=URGENCY[tier],
                runbook_base_url=settings.runbooks.base_url,
                monitors=tuple(monitor for monitor in monitors if monitor.tier is tier),
            )
            for tier in Tier
        ),
        routing=RoutingSpec(stack=stack, recipients={tier: settings.routing.recipients(tier) for tier in Tier}),
        slos=tuple(objectives(services, environment, plan.limits)),
        dashboards=tuple(dashboards(services, environment, plan.limits)),
        rum=tuple(
            RumSpec(key=f"{service.key}-rum", service=service.name, stack=stack)
            for service in services
            if service.in_browsers
        ),
        sentry=SentrySpec(
            organization=settings.sentry.organization,
            stack=stack,
            environment=environment,
            runbook_base_url=settings.runbooks.base_url,
            alerts=tuple(error_alerts(services, plan.errors)),
            monitors=tuple(error_monitors(services, plan.errors, settings.sentry.uptime_url)),
            targets={tier: _sentry_targets(settings, tier) for tier in Tier},
            projects=tuple(
                SentryProjectSpec(
                    key=f"{service.key}-sentry",
                    service=service.name,
                    events_per_minute=service.sentry_events_per_minute,
                    in_browsers=service.in_browsers,
                    rules=project_rules(service),
                )
                for service in services
            ),
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
