"""From settings and catalog to the specs of traces and of the catalog of services. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from components.agent.addresses import addresses
from components.agent.spec import AgentSpec
from components.apm.software.spec import Contact, EntrySpec, Kind, SoftwareSpec
from components.apm.spans.spec import SpansSpec
from components.apm.tracing.compile import covers
from components.apm.tracing.spec import TracedService, TracingSpec
from components.dashboards.spec import DashboardSpec
from components.monitors.spec import MonitorSpec
from components.slos.alerts import BUDGET_RUNBOOK, BURN_RUNBOOK
from components.slos.spec import SloSpec
from components.synthetics.spec import ProbeSpec
from contract.telemetry.spans import SPAN_METRICS
from infra.naming import Environment
from infra.settings import Settings
from stacks.catalog import software, traces
from stacks.catalog.oncall import TEAMS
from stacks.catalog.services import ANSWERS_REQUESTS, Service
from stacks.environment import EnvironmentPlan


def tracing(settings: Settings, plan: EnvironmentPlan, agent: AgentSpec) -> TracingSpec:
    """What the tracers of a stack are told."""
    return TracingSpec(
        environment=settings.environment,
        namespace=settings.workloads.namespace,
        agent=addresses(agent),
        services=tuple(
            TracedService(
                key=service.key,
                service=service.name,
                answers_requests=service.operation == ANSWERS_REQUESTS,
                rules=traces.sampling(service, plan.traces),
                most_per_second=plan.traces.most_per_second,
                profiled=plan.traces.profiled,
            )
            for service in plan.services
            if service.operation
        ),
    )


def spans(settings: Settings, stack: str, plans: Mapping[Environment, EnvironmentPlan]) -> SpansSpec:
    """What the owner of an organisation makes of the spans of all environments in it."""
    shared = {environment: plans[environment] for environment in traces.SHARING[settings.environment]}
    done = {service.operation for plan in shared.values() for service in plan.services}
    return SpansSpec(
        stack=stack,
        metrics=tuple(metric for metric in SPAN_METRICS if metric.doing in done),
        retention=tuple(
            one
            for environment, plan in shared.items()
            for one in traces.retention(environment, plan.traces, plan.limits.latency_p95)
        ),
        sampled=frozenset(name for plan in shared.values() for name in _sampled(plan)),
    )


def _sampled(plan: EnvironmentPlan) -> Iterator[str]:
    """Services some of whose wanted traces are not sent, by their own rules or by those of who gives them work."""
    traced = [service for service in plan.services if service.operation]
    thinned = {
        service.key: [rule for rule in traces.sampling(service, plan.traces) if 0 < rule.rate < 1] for service in traced
    }
    for service in traced:
        # Who only reads gives nobody work.
        given = [
            rule
            for caller in traced
            if service.key in caller.calls
            for rule in thinned[caller.key]
            if rule.resource is None or not covers(traces.READS, rule.resource)
        ]
        if thinned[service.key] or given:
            yield service.name


def service_catalog(
    settings: Settings,
    stack: str,
    services: tuple[Service, ...],
    runbooks: Mapping[str, tuple[str, ...]],
    dashboards: tuple[DashboardSpec, ...],
) -> SoftwareSpec:
    """The catalog of services of an organisation; `runbooks` are those of each value of `service`."""
    return SoftwareSpec(
        stack=stack,
        page_url=settings.datadog.pages,
        runbook_base_url=settings.runbooks.base_url,
        teams=frozenset(team.team.value for team in TEAMS),
        dashboards=frozenset(dashboard.key for dashboard in dashboards),
        contacts=tuple(_contacts(settings)),
        entries=(
            *(_entry(service, services, runbooks) for service in services),
            *(
                EntrySpec(
                    key=key,
                    name=name,
                    kind=Kind.DATASTORE,
                    type=type_,
                    owner=software.KEEPER.value,
                    description=description,
                    importance="high",
                    runbooks=runbooks.get(name, ()),
                )
                for key, name, type_, description in software.DATASTORES
            ),
        ),
    )


def runbooks_by_service(
    monitors: tuple[MonitorSpec, ...], slos: tuple[SloSpec, ...], probes: tuple[ProbeSpec, ...]
) -> dict[str, tuple[str, ...]]:
    """The runbooks of all alerts about each value of `service`."""
    pairs = {(monitor.service, monitor.runbook) for monitor in monitors}
    pairs |= {(probe.service, probe.runbook) for probe in probes}
    pairs |= {(slo.service, page) for slo in slos for page in (BURN_RUNBOOK, BUDGET_RUNBOOK)}
    return {name: tuple(sorted(page for other, page in pairs if other == name)) for name, _ in pairs}


def _entry(service: Service, services: tuple[Service, ...], runbooks: Mapping[str, tuple[str, ...]]) -> EntrySpec:
    names = {one.key: one.name for one in services}
    return EntrySpec(
        key=service.key,
        name=service.name,
        kind=Kind.SERVICE,
        type="browser" if service.in_browsers else "web" if service.operation == ANSWERS_REQUESTS else "worker",
        owner=service.owner.value,
        description=service.description,
        importance="high",
        languages=service.languages,
        needs=(*(names.get(key, key) for key in service.calls), *(one.service for one in service.depends_on)),
        runbooks=runbooks.get(service.name, ()),
        dashboards=(*(software.DASHBOARDS if service.operation else ()), f"service-{service.key}"),
        repository=software.REPOSITORY,
    )


def _contacts(settings: Settings) -> Iterator[Contact]:
    account = settings.routing.slack.account
    prefix = f"slack-{account}-"
    for handle in settings.routing.critical:
        if account and handle.startswith(prefix):
            url = f"https://{account}.slack.com/archives/{handle.removeprefix(prefix)}"
            yield Contact(name=f"#{handle.removeprefix(prefix)}", type="slack", contact=url)
        elif "@" in handle:
            yield Contact(name=handle, type="email", contact=handle)
        else:
            yield Contact(name=handle, type=handle.partition("-")[0], contact=f"@{handle}")
