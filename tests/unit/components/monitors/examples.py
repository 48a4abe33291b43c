"""Alerts to change one thing of."""

from __future__ import annotations

import dataclasses
from typing import Any

from components.monitors.check import check
from components.monitors.condition import CheckCondition, Comparator, LogCondition, MetricCondition, Thresholds
from components.monitors.spec import MissingData, MonitorSpec, TierSpec, Urgency
from infra.naming import Team, Tier
from tests.examples import WORLD

METRIC = MetricCondition(
    expression="percentile(last_15m):p95:pagination.query.duration{env:production,service:genonaut-api}",
    comparator=Comparator.ABOVE,
    thresholds=Thresholds(critical=0.5, critical_recovery=0.4),
    full_window=False,
    evaluation_delay=60,
)
LOG = LogCondition(
    expression='logs("env:production service:genonaut-api status:error").index("*").rollup("count").last("10m")',
    comparator=Comparator.ABOVE,
    thresholds=Thresholds(critical=200, critical_recovery=100),
)
CHECK = CheckCondition(
    check="postgres.can_connect", over=("env:production",), by=("*",), failures=2, successes=3, aftermath=16
)
SPEC = MonitorSpec(
    key="example",
    title="Example",
    tier=Tier.WARNING,
    owner=Team.BACKEND,
    service="genonaut-api",
    runbook="error-rate",
    condition=METRIC,
    meaning="Lists are slow.",
    unit="s",
    silence="See whether the API runs.",
)
CAUSE = dataclasses.replace(
    SPEC, key="cause", tier=Tier.CRITICAL, condition=CHECK, on_missing_data=MissingData.DEFAULT, unit=""
)
SYMPTOM = dataclasses.replace(SPEC, key="symptom", unless=("cause",))
URGENCY = Urgency(
    priority=3,
    renotify_minutes=30,
    missing_data=MissingData.SHOW,
    resolve_after_hours=24,
    working_hours_only=True,
)


def tier_of(*monitors: MonitorSpec, tier: Tier = Tier.WARNING, **changes: Any) -> TierSpec:
    """A tier with these alerts, whose urgency differs as given."""
    urgency = dataclasses.replace(URGENCY, **changes)
    return TierSpec(tier=tier, urgency=urgency, runbook_base_url="https://example.com/r", monitors=monitors)


def metric(**changes: Any) -> MetricCondition:
    """The metric condition with these changes; `critical`, `warning` ... change its thresholds."""
    names = {field.name for field in dataclasses.fields(Thresholds)}
    limits = {name: changes.pop(name) for name in names & set(changes)}
    return dataclasses.replace(METRIC, thresholds=dataclasses.replace(METRIC.thresholds, **limits), **changes)


def spec(**changes: Any) -> MonitorSpec:
    """The example with these changes."""
    return dataclasses.replace(SPEC, **changes)


def problems_of(*monitors: MonitorSpec, **urgency: Any) -> list[str]:
    """Each problem of these alerts, given in one tier, as people read it."""
    return [str(problem) for problem in check([tier_of(*monitors, **urgency)], WORLD)]
