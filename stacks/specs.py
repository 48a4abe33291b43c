"""From settings and catalog to the specs of every area. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from components.agent.spec import AgentSpec
from components.dashboards.spec import DashboardSpec
from components.databases.spec import DatabasesSpec, FlowerSpec, PostgresSpec, RedisSpec
from components.monitors.spec import TierSpec
from components.routing.spec import RoutingSpec
from components.rum.spec import RumSpec
from components.sentry.spec import SentryProjectSpec, SentrySpec
from components.slos.spec import SloSpec
from infra.naming import Environment, Tier
from infra.settings import Settings
from stacks import production, sandbox, staging
from stacks.catalog import databases as databases_catalog
from stacks.catalog.alerts import alerts
from stacks.catalog.dashboards import dashboards
from stacks.catalog.images import AGENT, PSQL
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
    databases: DatabasesSpec
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
        databases=_databases(settings),
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
            projects=tuple(
                SentryProjectSpec(
                    key=f"{service.key}-sentry",
                    service=service.name,
                    events_per_minute=service.sentry_events_per_minute,
                )
                for service in services
            ),
        ),
    )


def _databases(settings: Settings) -> DatabasesSpec:
    given = settings.databases
    return DatabasesSpec(
        environment=settings.environment,
        namespace=given.namespace,
        postgres=PostgresSpec(
            service=databases_catalog.POSTGRES,
            host=given.postgres_host,
            port=given.postgres.port,
            database=given.postgres.database,
            ssl_mode=given.postgres.ssl,
            ca_certificates=given.postgres.ca_certificates,
            admin_secret=given.postgres.admin_secret,
            image=PSQL,
            tables=databases_catalog.PAGINATED_TABLES,
        ),
        redis=RedisSpec(
            service=databases_catalog.REDIS,
            host=given.redis_host,
            port=given.redis.port,
            secret=given.redis.secret,
            tls=given.redis.tls,
            ca_certificates=given.redis.ca_certificates,
            queues=databases_catalog.QUEUES,
        ),
        flower=FlowerSpec(service=databases_catalog.FLOWER, url=given.flower),
    )
