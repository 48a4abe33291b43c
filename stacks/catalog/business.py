"""The business metrics as Prometheus computes them: recordings, and the alerts of Datadog's business tier.

Numbers, owners, runbooks and words come from those alerts, stacks/catalog/alerts/business.py; here is only how
Prometheus gets at the value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from components.business.spec import Alert, Recording, RuleGroup
from components.monitors.condition import MetricCondition
from components.monitors.spec import MissingData, MonitorSpec
from contract.promql import Query, exposed, quantile, recorded
from infra.naming import Environment, Team, Tier
from stacks.catalog.alerts.watched import GENONAUT
from stacks.catalog.limits import Limits

DAY = "1d"
REGISTRATIONS, CONTENT = "genonaut:registrations:day", "genonaut:content:day"
REGISTRATIONS_CHANGE, CONTENT_CHANGE = "genonaut:registrations:change_percent", "genonaut:content:change_percent"
SEARCHES, SEARCH_FAILURES = "genonaut:searches:day", "genonaut:searches:failures_percent"
SEARCHES_EMPTY, SEARCH_P95 = "genonaut:searches:empty_percent", "genonaut:searches:p95_seconds"
SERVED, ACCEPTANCE = "genonaut:recommendations:day", "genonaut:recommendations:acceptance_percent"
FEATURE_USES, FEATURE_SHARE = "genonaut:features:day", "genonaut:features:share_percent"

VALUES: Mapping[str, str] = {
    "registrations-drop": REGISTRATIONS_CHANGE,
    "content-drop": CONTENT_CHANGE,
    "search-failures": SEARCH_FAILURES,
}
"""Key of an alert of the business tier -> the recording that it is about."""
_COUNTED = {"registrations-drop": "genonaut.users.registered", "content-drop": "genonaut.content.created"}
_UNSEEN_SECONDS = 600
"""Our own: how long nothing may be read before somebody should look; a rolling update takes less."""


def rule_groups(environment: Environment, limits: Limits, monitors: Iterable[MonitorSpec]) -> tuple[RuleGroup, ...]:
    """The rules of an environment; `monitors` are those of Datadog's business tier."""
    env = environment.value
    alerts = [alert for monitor in monitors if monitor.key in VALUES for alert in _as_in_datadog(monitor, env)]
    return (
        RuleGroup(key="business", recordings=tuple(recordings(env, limits)), alerts=tuple(alerts)),
        RuleGroup(key="scraping", alerts=(_unseen(env),)),
    )


def recordings(env: str, limits: Limits) -> Iterator[Recording]:
    """Every number that alerts and dashboards share, over the last day."""
    yield from _with_change(REGISTRATIONS, REGISTRATIONS_CHANGE, exposed("genonaut.users.registered", env=env))
    yield from _with_change(CONTENT, CONTENT_CHANGE, exposed("genonaut.content.created", env=env))
    searches = _day("genonaut.search.requests", env)
    yield Recording(name=SEARCHES, query=searches)
    enough = recorded(SEARCHES).compared(">", limits.minimum_searches)
    for name, metric in (
        (SEARCH_FAILURES, "genonaut.search.failures"),
        (SEARCHES_EMPTY, "genonaut.search.empty"),
    ):
        # No failure yet is no series yet, where a label tells failures apart.
        yield Recording(name=name, query=_day(metric, env).or_zero().percent_of(recorded(SEARCHES)).where(enough))
    yield Recording(name=SEARCH_P95, query=quantile(0.95, "genonaut.search.duration", "15m", env=env))
    yield Recording(name=SERVED, query=_day("genonaut.recommendations.served", env))
    yield Recording(
        name=ACCEPTANCE, query=_day("genonaut.recommendations.accepted", env).or_zero().percent_of(recorded(SERVED))
    )
    by_feature = exposed("genonaut.features.used", env=env).increase(DAY).total("feature")
    yield Recording(name=FEATURE_USES, query=by_feature, labels=("feature",))
    yield Recording(
        name=FEATURE_SHARE, query=recorded(FEATURE_USES).percent_of(recorded(FEATURE_USES).total()), labels=("feature",)
    )


def _day(metric: str, env: str) -> Query:
    return exposed(metric, env=env).increase(DAY).total()


def _with_change(day: str, change: str, counters: Query) -> Iterator[Recording]:
    yield Recording(name=day, query=counters.increase(DAY).total())
    before = counters.increase(DAY, earlier=DAY).total()
    yield Recording(name=change, query=recorded(day).minus(before).percent_of(before))


def _as_in_datadog(monitor: MonitorSpec, env: str) -> Iterator[Alert]:
    condition = monitor.condition
    if not isinstance(condition, MetricCondition):
        return
    value, comparator, thresholds = recorded(VALUES[monitor.key]), condition.comparator, condition.thresholds
    yield _alert(
        monitor,
        monitor.key,
        value.compared(comparator, thresholds.critical),
        None if thresholds.critical_recovery is None else value.compared(comparator, thresholds.critical_recovery),
        condition.evaluation_delay,
    )
    if monitor.on_missing_data is MissingData.NOTIFY:
        silent = exposed(_COUNTED[monitor.key], env=env).absent(DAY)
        yield _alert(monitor, f"{monitor.key}-silent", silent, None, condition.evaluation_delay)


def _alert(monitor: MonitorSpec, key: str, begins: Query, stays: Query | None, hold: int) -> Alert:
    silent = key != monitor.key
    return Alert(
        key=key,
        begins=begins,
        stays=stays,
        hold_seconds=hold,
        owner=monitor.owner,
        tier=monitor.tier,
        service=monitor.service,
        title=f"{monitor.title}: no data" if silent else monitor.title,
        meaning=monitor.silence if silent else monitor.meaning,
        unit="" if silent else monitor.unit,
        runbook=monitor.runbook,
    )


def _unseen(env: str) -> Alert:
    return Alert(
        key="business-metrics-unseen",
        begins=recorded("up", env=env, job="genonaut").compared("==", 1).absent(),
        stays=None,
        hold_seconds=_UNSEEN_SECONDS,
        owner=Team.PLATFORM,
        tier=Tier.WARNING,
        service=GENONAUT,
        title="[Genonaut] Prometheus reads no pod",
        meaning="Prometheus reads none of Genonaut's pods: the business dashboards stand still.",
        unit="",
        runbook="prometheus/business-metrics-unseen",
    )
