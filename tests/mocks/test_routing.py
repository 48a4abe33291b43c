"""Routing under mocks: who is told by what the program declares, and who makes what the organisation shares."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from components.routing.reach import State, reach
from infra.naming import PAGERS, Tier
from reports.alerts import alerts_of
from sandbox.checks.datadog.body import snake_keys
from tests.examples import VALUES
from tests.mocks.example import built, of_stack
from tests.mocks.recording import Declared, Recording

MONITOR = "datadog:index/monitor:Monitor"
PROBE = "datadog:index/syntheticsTest:SyntheticsTest"
RULE = "datadog:index/monitorNotificationRule:MonitorNotificationRule"
DOWNTIME = "datadog:index/downtimeSchedule:DowntimeSchedule"
SHARED = {
    "datadog:slack/channel:Channel",
    "datadog:pagerduty/serviceObject:ServiceObject",
    "datadog:index/webhook:Webhook",
    "datadog:index/team:Team",
    "datadog:index/teamLink:TeamLink",
    "datadog:index/onCallSchedule:OnCallSchedule",
    "datadog:index/onCallEscalationPolicy:OnCallEscalationPolicy",
    "datadog:index/onCallTeamRoutingRules:OnCallTeamRoutingRules",
}
USERS = ["00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"]
EVERYTHING: dict[str, Any] = {
    "datadog": {"ownerStack": "example"},
    "routing": {
        "critical": ["pagerduty-example", "slack-team-alerts"],
        "warning": ["slack-team-warnings"],
        "business": ["webhook-status"],
        "workingHours": {"timeZone": "Europe/Berlin"},
        "slack": {"account": "team", "channels": ["alerts", "warnings"]},
        "webhooks": [{"name": "status", "url": "https://hooks.example.com/made-up"}],
        "onCall": {"users": USERS},
    },
    "pagerdutyServiceKey": "made-up-service-key",
}


@pytest.fixture(scope="module")
def owner() -> Recording:
    return built(**EVERYTHING)


def told(monitor: Declared, recording: Recording) -> tuple[str, ...]:
    rules = [snake_keys(one.inputs) for one in recording.of_type(RULE).values()]
    moment = datetime(2026, 1, 7, 11, tzinfo=UTC)
    return reach(set(monitor.inputs["tags"]), State.ALERT, moment, rules, ()).recipients


def test_every_alert_that_is_declared_reaches_the_recipients_of_its_tier(owner: Recording) -> None:
    tiers: set[str] = set()
    for monitor in owner.of_type(MONITOR).values():
        own = {tag.removeprefix("tier:") for tag in monitor.inputs["tags"] if tag.startswith("tier:")}
        expected = sorted({handle for tier in own for handle in EVERYTHING["routing"][tier]})
        assert list(told(monitor, owner)) == expected, monitor.name
        tiers |= own
    assert tiers == set(Tier)


def test_the_report_knows_the_tags_that_are_declared() -> None:
    production = of_stack("production")
    declared = {one.name: frozenset(one.inputs["tags"]) for one in production.declared if one.type in {MONITOR, PROBE}}
    reported = {alert.key: alert.tags for alert in alerts_of("production")}
    assert reported == {name: tags for name, tags in declared.items() if any(tag.startswith("tier:") for tag in tags)}


def test_no_alert_in_staging_pages() -> None:
    staging = of_stack("staging")
    for monitor in staging.of_type(MONITOR).values():
        assert not any(handle.startswith(PAGERS) for handle in told(monitor, staging)), monitor.name


def test_the_owner_makes_what_the_organisation_shares(owner: Recording) -> None:
    assert {one.type for one in owner.declared} >= SHARED


def test_other_stacks_make_none_of_it() -> None:
    other = built(**{**EVERYTHING, "datadog": {"ownerStack": "production"}})
    assert not {one.type for one in other.declared} & SHARED
    assert set(other.of_type(RULE)) == {"notify-critical", "notify-warning", "notify-business"}


def test_keys_and_addresses_are_secrets(owner: Recording) -> None:
    assert owner.the("pagerduty-example").secrets == {"serviceKey"}
    assert owner.the("webhook-status").secrets == {"url"}


def test_pages_go_the_way_of_the_escalation(owner: Recording) -> None:
    assert owner.the("on-call-schedule").inputs["teams"] == ["id-of-team-genonaut-platform"]
    steps = owner.the("on-call-escalation").inputs["steps"]
    assert steps[0]["targets"] == [{"schedule": "id-of-on-call-schedule", "position": "current"}]
    routing = owner.the("on-call-routing").inputs
    assert routing["teamId"] == "id-of-team-genonaut-platform"
    assert routing["rules"] == [{"escalationPolicy": "id-of-on-call-escalation", "urgency": "high"}]


def test_without_a_time_zone_nothing_waits() -> None:
    routing = {**EVERYTHING["routing"], "workingHours": {}}
    quiet = built(**{**EVERYTHING, "routing": routing}).of_type(DOWNTIME)
    assert not [name for name in quiet if name.startswith("quiet-")]


def test_quiet_hours_stay_as_they_began(owner: Recording) -> None:
    (quiet,) = [one for name, one in owner.of_type(DOWNTIME).items() if name.startswith("quiet-")]
    assert quiet.name == "quiet-warning-0900-1800-europe-berlin"
    assert "genonaut-monitoring/example/quiet-warning" in quiet.inputs["message"]


def test_a_stack_file_without_the_new_parts_works_as_before() -> None:
    plain = built(routing=VALUES["routing"])
    assert set(plain.of_type(RULE)) == {"notify-critical", "notify-warning", "notify-business"}
    assert not {one.type for one in plain.declared} & SHARED
