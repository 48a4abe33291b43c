"""The alerts of a whole stack under mocks: which are declared, what they are made of, and who may hear of them."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from components.monitors.spec import Stage, TierSpec
from components.routing.reach import matches
from stacks import build as stack_build
from stacks.specs import compose
from tests.examples import settings
from tests.mocks.recording import Declared, Recording, declare

MONITOR = "datadog:index/monitor:Monitor"
RULE = "datadog:index/monitorNotificationRule:MonitorNotificationRule"
DOWNTIME = "datadog:index/downtimeSchedule:DowntimeSchedule"


def recorded() -> Recording:
    return declare(lambda: stack_build.build(settings()))


def rules_for(monitor: Declared, recording: Recording) -> list[str]:
    """The names of the notification rules that match an alert."""
    tags = set(monitor.inputs["tags"])
    return [name for name, rule in recording.of_type(RULE).items() if matches(rule.inputs["filter"]["scope"], tags)]


def test_every_alert_of_the_catalog_is_declared_and_told_by_the_rule_of_its_tier() -> None:
    recording = recorded()
    monitors = recording.of_type(MONITOR)
    for tier in compose(settings(), stack="example").monitors:
        for spec in tier.monitors:
            assert rules_for(monitors[spec.key], recording) == [f"notify-{tier.tier}"], spec.key
            if spec.unless:
                assert rules_for(monitors[f"{spec.key}-symptom"], recording) == [], spec.key
    unheard = [monitor for monitor in monitors.values() if not rules_for(monitor, recording)]
    # What another monitor speaks for says so.
    assert all(any(tag.startswith("role:") for tag in monitor.inputs["tags"]) for monitor in unheard)


def test_a_composite_is_made_of_the_ids_of_its_symptom_and_causes() -> None:
    told = recorded().the("api-error-rate").inputs
    assert told["type"] == "composite"
    assert told["query"] == (
        "id-of-api-error-rate-symptom && !id-of-postgres-unreachable-aftermath && !id-of-redis-unreachable-aftermath"
    )


def test_a_cause_of_a_more_urgent_tier_is_found() -> None:
    recording = recorded()
    for name, cause in (("scheduler-stopped", "redis-unreachable"), ("api-pagination-latency", "postgres-unreachable")):
        assert f"!id-of-{cause}-aftermath" in recording.the(name).inputs["query"]


def test_an_alert_in_burn_in_reaches_nobody_until_its_word_is_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    def compose_with(stage: Stage, *arguments: Any, **named: Any) -> Any:
        specs = compose(*arguments, **named)
        return dataclasses.replace(specs, monitors=tuple(_staged(tier, stage) for tier in specs.monitors))

    told: dict[Stage, list[str]] = {}
    for stage in Stage:
        monkeypatch.setattr(stack_build, "compose", lambda *a, stage=stage, **n: compose_with(stage, *a, **n))
        recording = recorded()
        told[stage] = rules_for(recording.the("disk-usage"), recording)
    assert told == {Stage.BURN_IN: [], Stage.LIVE: ["notify-warning"]}


def _staged(tier: TierSpec, stage: Stage) -> TierSpec:
    monitors = (dataclasses.replace(one, stage=stage) if one.key == "disk-usage" else one for one in tier.monitors)
    return dataclasses.replace(tier, monitors=tuple(monitors))


def test_maintenance_mutes_the_alerts_of_its_service_alone() -> None:
    recording = recorded()
    downtime = recording.of_type(DOWNTIME)["postgres-maintenance-su-0300-90m-etc-utc"].inputs
    muted = {
        name
        for name, monitor in recording.of_type(MONITOR).items()
        if set(downtime["monitorIdentifier"]["monitorTags"]) <= set(monitor.inputs["tags"])
    }
    assert "postgres-unreachable" in muted
    assert all(name.startswith("postgres-") for name in muted)
    (recurrence,) = downtime["recurringSchedule"]["recurrences"]
    first = datetime.fromisoformat(recurrence["start"]).replace(tzinfo=UTC)
    assert timedelta() < first - datetime.now(UTC) < timedelta(days=9)


def test_the_specs_of_stacks_know_their_cluster() -> None:
    queries = [one.inputs["query"] for one in recorded().of_type(MONITOR).values()]
    assert any("kube_cluster_name:example-cluster" in query for query in queries)
