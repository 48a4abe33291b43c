"""From the catalog of an environment to what it is billed for. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from components.agent.features import Feature
from components.cost.compile import free_units
from components.cost.spec import CostSpec, Use
from components.sentry.spec import CronMonitorSpec, UptimeMonitorSpec
from components.synthetics.spec import Journey, ProbeSpec, Visit
from contract.telemetry import METRICS, Source
from contract.telemetry.cardinality import custom_metrics, is_ours
from infra.naming import Environment
from stacks.catalog.errors import error_monitors
from stacks.catalog.logs.indexes import indexes
from stacks.catalog.prices import PRICES
from stacks.catalog.probes import DAY, probes
from stacks.catalog.traces import SHARING
from stacks.catalog.usage import DAYS
from stacks.environment import EnvironmentPlan

GIGABYTE = 10**9
PERCENT = Decimal(100)


def cost(
    environment: Environment,
    plans: Mapping[Environment, EnvironmentPlan],
    urls: Mapping[str, str | None],
    *,
    owns: bool,
    loaded: bool,
) -> CostSpec:
    """What a stack is billed for: what its environment uses, and in the owner stack what all share.

    `urls` are its endpoints; `loaded` says whether a load test runs.
    """
    plan = plans[environment]
    shared = {one: plans[one] for one in SHARING[environment]} if owns else {}
    return CostSpec(
        environment=environment.value,
        budget=plan.budget,
        prices=PRICES,
        uses=(*uses(environment, plan, urls, loaded=loaded), *(_sentry(shared, urls) if owns else ())),
    )


def planned(
    environment: Environment,
    plans: Mapping[Environment, EnvironmentPlan],
    urls: Mapping[str, str | None],
    *,
    loaded: bool,
) -> dict[str, Decimal]:
    """What all environments of an organisation use together, by key of the price; at least what comes free.

    The others are taken to have endpoints where this one has, and a load test.
    """
    used: dict[str, Decimal] = {}
    for one in SHARING[environment]:
        for use in uses(one, plans[one], urls, loaded=loaded or one is not environment):
            used[use.price] = used.get(use.price, Decimal()) + use.quantity
    free = {price.key: free_units(price, used) for price in PRICES.prices}
    return {key: max(quantity, free.get(key, Decimal())) for key, quantity in used.items()}


def uses(
    environment: Environment, plan: EnvironmentPlan, urls: Mapping[str, str | None], *, loaded: bool
) -> Iterator[Use]:
    """What one environment uses by itself."""
    yield from _hosts(plan)
    yield _custom_metrics(environment, plan, loaded=loaded)
    if Feature.APM in plan.agents.features:
        yield from _spans(plan)
    if Feature.LOGS in plan.agents.features:
        yield from _logs(environment, plan)
    yield from _browsers(plan)
    yield from _probes(tuple(probes(plan.services, urls, plan.cadence)))


_BY_HOST = {
    Feature.APM: "apm-hosts",
    Feature.NETWORK: "network-hosts",
    Feature.SERVICE_MONITORING: "service-monitoring-hosts",
}


def _hosts(plan: EnvironmentPlan) -> Iterator[Use]:
    usage = plan.usage
    less = "fewer nodes (usage.hosts)"
    yield Use(price="hosts", quantity=Decimal(usage.hosts), assumption="every node has an agent", less=less)
    for feature, price in _BY_HOST.items():
        if feature in plan.agents.features:
            yield Use(
                price=price,
                quantity=Decimal(usage.hosts),
                assumption=f"every node, by the agents' feature {feature}",
                less=f"fewer nodes, or without the agents' feature {feature}",
            )
    yield Use(price="containers", quantity=Decimal(usage.containers), assumption="on all nodes", less="fewer pods")
    if Feature.CLUSTER_CHECKS in plan.agents.features:
        yield Use(
            price="dbm-hosts",
            quantity=Decimal(1),
            assumption="the check of PostgreSQL has dbm",
            less="no Database Monitoring (components/databases)",
        )


def _custom_metrics(environment: Environment, plan: EnvironmentPlan, *, loaded: bool) -> Use:
    heard = [one for one in METRICS.values() if is_ours(one) and (loaded or one.source is not Source.LOAD_TEST)]
    most = sum(custom_metrics(metric, environment) for metric in heard)
    return Use(
        price="custom-metrics",
        quantity=_whole(most * plan.usage.series_seen),
        assumption=f"{plan.usage.series_seen:.0%} of the at most {most:,} that the contract allows for",
        less="tags with fewer values (contract/telemetry)",
    )


def _spans(plan: EnvironmentPlan) -> Iterator[Use]:
    usage, rates, traffic = plan.usage, plan.traces, plan.usage.traffic
    sent = {
        "polled": traffic.polled * _exact(rates.polled),
        "lists": traffic.lists * _exact(rates.lists),
        "reads": traffic.reads * _exact(rates.reads),
        "writes": traffic.writes * _exact(rates.writes),
        "tasks": traffic.tasks * _exact(rates.tasks),
    }
    traces = sum(sent.values(), Decimal())
    spans = traces * usage.spans_per_trace
    yield Use(
        price="spans-ingested",
        quantity=_whole(spans * usage.span_bytes / GIGABYTE),
        assumption=f"{traces:,.0f} traces of {usage.spans_per_trace} spans of {usage.span_bytes} bytes",
        less="lower rates of what is sent (traces.polled, lists, reads)",
    )
    kept = (
        spans * usage.failing * _exact(rates.kept_errors)
        + (traces - sent["tasks"]) * usage.slow * _exact(rates.kept_slow)
        + sent["lists"] * _exact(rates.kept_lists)
        + traces * usage.top_level_per_trace * _exact(rates.kept_rest)
    )
    yield Use(
        price="spans-indexed",
        quantity=_whole(kept),
        assumption="by the retention filters",
        less="lower rates of what is kept (traces.kept_lists, kept_rest)",
    )


def _logs(environment: Environment, plan: EnvironmentPlan) -> Iterator[Use]:
    usage = plan.usage
    yield Use(
        price="logs-ingested",
        quantity=_whole(Decimal(usage.log_lines * usage.line_bytes) / GIGABYTE),
        assumption=f"{usage.log_lines:,} lines of {usage.line_bytes} bytes",
        less="services that write less",
    )
    for index in indexes([environment]):
        left_out = sum((usage.quiet_lines.get(one.name, 0) * _exact(one.share) for one in index.exclusions), Decimal())
        most = index.quota.events * DAYS
        yield Use(
            price=f"logs-{index.retention_days}-days",
            quantity=_whole(min(usage.log_lines - left_out, Decimal(most))),
            assumption=f"the index {index.name}, {left_out:,.0f} lines left out, at most {most:,} by its quota",
            less="more exclusions, fewer days or a lower quota (stacks/catalog/logs/indexes.py)",
        )


def _browsers(plan: EnvironmentPlan) -> Iterator[Use]:
    if not any(service.in_browsers for service in plan.services):
        return
    usage, sampling = plan.usage, plan.browsers
    sent = usage.sessions * _exact(sampling.sessions) / PERCENT
    yield Use(
        price="rum-sessions",
        quantity=_whole(sent),
        assumption=f"{sampling.sessions:g} % of {usage.sessions:,} are sent",
        less="a lower browsers.sessions",
    )
    kept = usage.eventful_sessions + (1 - usage.eventful_sessions) * _exact(sampling.kept) / PERCENT
    yield Use(
        price="rum-kept",
        quantity=_whole(sent * kept),
        assumption=f"{usage.eventful_sessions:.0%} for what happens in them, {sampling.kept:g} % of the rest",
        less="a lower browsers.kept",
    )
    if sampling.replays:
        yield Use(
            price="rum-replays",
            quantity=_whole(sent * _exact(sampling.replays) / PERCENT),
            assumption=f"{sampling.replays:g} % of those sent",
            less="a lower browsers.replays",
        )


def _probes(every: tuple[ProbeSpec, ...]) -> Iterator[Use]:
    browser = sum(_runs(one) for one in every if isinstance(one.subject, Visit))
    api = sum(_runs(one) for one in every) - browser
    less = "a slower cadence or fewer locations (Cadence)"
    why = "every probe at its cadence from its locations"
    if api:
        yield Use(price="synthetics-api", quantity=Decimal(api), assumption=f"{why}, each step a run", less=less)
    if browser:
        yield Use(price="synthetics-browser", quantity=Decimal(browser), assumption=why, less=less)


def _runs(probe: ProbeSpec) -> int:
    """Runs that are paid for in a month: each step of a journey and each device of a visit is one; retries are not
    in it."""
    subject, schedule = probe.subject, probe.schedule
    parts = (
        len(subject.steps)
        if isinstance(subject, Journey)
        else len(subject.devices)
        if isinstance(subject, Visit)
        else 1
    )
    return DAYS * DAY * parts * len(schedule.locations) // schedule.every_seconds


def _sentry(plans: Mapping[Environment, EnvironmentPlan], urls: Mapping[str, str | None]) -> Iterator[Use]:
    """Of all environments: they share the plan and what comes with it."""
    why = "all environments of the organisation"
    yield Use(price="sentry-plan", quantity=Decimal(1), assumption="one organisation, whatever its members")
    yield Use(
        price="sentry-errors",
        quantity=Decimal(sum(plan.usage.errors for plan in plans.values())),
        assumption=why,
        less="errors that are mended, or dropped (stacks/catalog/errors.py)",
    )
    monitors = [one for plan in plans.values() for one in error_monitors(plan.services, plan.errors, urls)]
    for price, kind in (("sentry-crons", CronMonitorSpec), ("sentry-uptime", UptimeMonitorSpec)):
        if number := sum(isinstance(one, kind) for one in monitors):
            yield Use(price=price, quantity=Decimal(number), assumption=why, less="fewer of them (stacks/catalog)")


def _exact(number: float) -> Decimal:
    """What somebody wrote as 0.1 is a tenth."""
    return Decimal(str(number))


def _whole(number: Decimal) -> Decimal:
    return number.to_integral_value()
