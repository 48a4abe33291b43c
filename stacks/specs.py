"""From settings and catalog to the specs of every area. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from components.agent.spec import AgentSpec
from components.apm.software.spec import SoftwareSpec
from components.apm.spans.spec import SpansSpec
from components.apm.tracing.spec import TracingSpec
from components.business.spec import BusinessSpec
from components.cost.spec import CostSpec
from components.dashboards.heard import heard
from components.dashboards.spec import DashboardsSpec
from components.databases.checks import checks as database_checks
from components.databases.spec import DatabasesSpec
from components.downtimes.spec import DowntimesSpec
from components.endpoints.checks import checks as endpoint_checks
from components.imported.spec import ImportedSpec
from components.load_test.spec import LoadTestSpec
from components.logs.spec import LogsSpec
from components.metrics.spec import DistributionsSpec
from components.monitors.spec import TierSpec
from components.routing.channels.spec import ChannelsSpec
from components.routing.spec import RoutingSpec
from components.routing.teams.spec import TeamsSpec
from components.rum.spec import RumSpec
from components.sentry.spec import SentrySpec
from components.slos.spec import ObjectivesSpec
from components.synthetics.spec import ProbesSpec
from contract.telemetry import Source
from contract.world import World
from infra.naming import Environment, Tier
from infra.settings import Settings
from stacks import production, sandbox, staging
from stacks.agents import agents
from stacks.apm import runbooks_by_service, service_catalog, spans, tracing
from stacks.browsers import browsers
from stacks.business import business
from stacks.catalog.alerts import alerts
from stacks.catalog.alerts.watched import Watched
from stacks.catalog.dashboards import View, dashboards
from stacks.catalog.endpoints import endpoints
from stacks.catalog.imported import imported
from stacks.catalog.objectives import objectives
from stacks.catalog.probes import probes
from stacks.catalog.targets import BUDGET_SPENT, BUDGET_SPENT_WARNING, BURN_WINDOWS, FEWEST_BAD_EVENTS
from stacks.catalog.tiers import URGENCY
from stacks.catalog.windows import WINDOWS
from stacks.cost import cost, planned
from stacks.databases import databases
from stacks.environment import EnvironmentPlan
from stacks.load_test import load_test
from stacks.logs import environments, logs
from stacks.metrics import distributions
from stacks.routing import channels, routing, teams
from stacks.sentry import error_tracking
from stacks.world import silent, world

PLANS: Mapping[Environment, EnvironmentPlan] = {
    Environment.PRODUCTION: production.PLAN,
    Environment.STAGING: staging.PLAN,
    Environment.SANDBOX: sandbox.PLAN,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class StackSpecs:
    """Everything a stack consists of, in our words."""

    world: World
    """What the queries of all areas are proved against."""
    agent: AgentSpec
    databases: DatabasesSpec
    business: BusinessSpec | None
    """None where the environment does without it."""
    logs: LogsSpec | None
    """None where another stack owns them."""
    monitors: tuple[TierSpec, ...]
    downtimes: DowntimesSpec
    routing: RoutingSpec
    channels: ChannelsSpec | None
    """None where another stack owns them; so with the teams."""
    teams: TeamsSpec | None
    objectives: ObjectivesSpec
    probes: ProbesSpec
    dashboards: DashboardsSpec
    rum: RumSpec
    sentry: SentrySpec
    tracing: TracingSpec
    distributions: DistributionsSpec | None
    """None where another stack owns them."""
    spans: SpansSpec | None
    """None where another stack owns them; so with the catalog of services."""
    software: SoftwareSpec | None
    imported: ImportedSpec
    load_test: LoadTestSpec | None
    """None where nothing puts the environment under load."""
    cost: CostSpec


def compose(settings: Settings, stack: str) -> StackSpecs:
    """The specs of the stack of this name."""
    environment = settings.environment
    plan = PLANS[environment]
    owns = stack == settings.datadog.owner_stack
    urls = settings.endpoints.model_dump()
    services = plan.services
    watched = databases(settings)
    inside = endpoint_checks(endpoints(services, urls, environment, plan.limits))
    agent = agents(settings, plan.agents, (*database_checks(watched), *inside))
    load = load_test(settings, plan.load)
    unheard = silent(agent) | ({Source.LOAD_TEST} if load is None else set())
    in_view = Watched(
        environment=environment,
        cluster=settings.kubernetes.cluster_name,
        services=services,
        limits=plan.limits,
        silent=unheard,
        planned=planned(environment, PLANS, urls, loaded=load is not None) if owns else None,
    )
    monitors = tuple(alerts(in_view))
    slos = tuple(objectives(services, environment, plan.targets))
    visits = tuple(probes(services, urls, plan.cadence))
    runbooks = runbooks_by_service(monitors, slos, visits)
    alerts_by_key = {monitor.key: monitor for monitor in monitors}
    in_sight = View(
        environment=environment,
        cluster=settings.kubernetes.cluster_name,
        services=services,
        alerts=alerts_by_key,
        objectives={slo.key: slo.service for slo in slos},
    )
    boards = tuple(heard(board, unheard) for board in dashboards(in_sight))
    return StackSpecs(
        world=world(services, environment, settings.kubernetes.cluster_name, unheard),
        agent=agent,
        databases=watched,
        business=business(settings, plan, monitors) if plan.business_metrics else None,
        logs=_logs(settings, stack) if owns else None,
        monitors=tuple(
            TierSpec(
                tier=tier,
                urgency=URGENCY[tier],
                runbook_base_url=settings.runbooks.base_url,
                monitors=tuple(monitor for monitor in monitors if monitor.tier is tier),
            )
            for tier in Tier
        ),
        downtimes=DowntimesSpec(stack=stack, windows=WINDOWS),
        routing=routing(settings, stack),
        channels=channels(settings) if owns else None,
        teams=teams(settings, stack) if owns else None,
        objectives=ObjectivesSpec(
            slos=slos,
            windows=BURN_WINDOWS,
            fewest_bad_events=FEWEST_BAD_EVENTS,
            budget_spent=BUDGET_SPENT,
            budget_spent_warning=BUDGET_SPENT_WARNING,
            urgency=URGENCY,
            runbook_base_url=settings.runbooks.base_url,
        ),
        probes=ProbesSpec(
            probes=visits,
            urgency=URGENCY,
            runbook_base_url=settings.runbooks.base_url,
        ),
        dashboards=DashboardsSpec(
            environment=environment.value,
            dashboards=boards,
            alerts=alerts_by_key,
            runbook_base_url=settings.runbooks.base_url,
            page_url=settings.datadog.pages,
        ),
        rum=browsers(settings, stack, plan),
        sentry=error_tracking(settings, stack, plan),
        tracing=tracing(settings, plan, agent),
        distributions=distributions(settings, monitors, slos) if owns else None,
        spans=spans(settings, stack, PLANS) if owns else None,
        software=service_catalog(settings, stack, services, runbooks, boards) if owns else None,
        imported=ImportedSpec(entries=imported(stack)),
        load_test=load,
        cost=cost(environment, PLANS, urls, owns=owns, loaded=load is not None),
    )


def _logs(settings: Settings, stack: str) -> LogsSpec:
    """Logs of all environments: what one of them sends is enough for a search to find something."""
    seen = environments(settings.environment)
    cluster = settings.kubernetes.cluster_name
    services = {service.key: service for one in seen for service in PLANS[one].services}
    worlds = {one: world(PLANS[one].services, one, cluster) for one in seen}
    return logs(settings, stack, services.values(), worlds, PLANS[settings.environment].limits.usage_logs)
