"""What the owner stack makes for the whole organisation: channels, teams, on-call."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from pydantic import SecretStr

from components.routing.channels import compile as channels
from components.routing.channels.spec import ChannelsSpec, WebhookSpec
from components.routing.teams import compile as teams
from components.routing.teams.spec import Escalation, EscalationStep, OnCallSpec, Target, TeamsSpec
from infra.naming import Mark, Team, is_logical_name
from stacks.catalog.oncall import ESCALATION, ON_CALL_TEAM, TEAMS

CHANNELS = ChannelsSpec(
    recipients=("pagerduty-genonaut", "slack-genonaut-alerts", "webhook-status"),
    slack_account="genonaut",
    slack_channels=("alerts", "on_call"),
    pagerduty_key=SecretStr("made-up"),
    webhooks=(WebhookSpec(name="status", url=SecretStr("https://hooks.example.com/made-up")),),
)
ON_CALL = OnCallSpec(
    team=Team.PLATFORM,
    users=("00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"),
    time_zone="Europe/Berlin",
    rotation_start="2026-01-05T09:00:00Z",
    escalation=ESCALATION,
)


def test_channels_in_order_have_no_problems() -> None:
    assert channels.check(CHANNELS) == []
    assert {key: one["channel_name"] for key, one in channels.compile_slack(CHANNELS).items()} == {
        "slack-alerts": "#alerts",
        "slack-on-call": "#on_call",
    }
    assert channels.compile_pagerduty(CHANNELS) == {"pagerduty-genonaut": {"service_name": "genonaut"}}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"recipients": ("slack-other-alerts", "pagerduty-a")}, "routing: slack-other-alerts is not in the workspace"),
        ({"recipients": ("slack-genonaut-x", "pagerduty-a")}, "slack.channels: slack-genonaut-x has no channel"),
        ({"slack_account": None}, "routing.slack.account: is missing"),
        ({"recipients": ("webhook-x", "pagerduty-a")}, "routing.webhooks: webhook-x is not among them"),
        ({"recipients": ("pagerduty-b", "pagerduty-a")}, "pagerdutyServiceKey: is the key of one service, and the"),
    ],
)
def test_a_recipient_without_a_channel_is_a_problem(change: dict[str, Any], expected: str) -> None:
    (problem,) = channels.check(dataclasses.replace(CHANNELS, **change))
    assert expected in str(problem)


def test_a_key_that_no_recipient_uses_makes_nothing() -> None:
    unused = dataclasses.replace(CHANNELS, recipients=())
    assert channels.check(unused) == []
    assert channels.compile_pagerduty(unused) == {}


def test_what_is_connected_by_hand_is_left_alone() -> None:
    by_hand = ChannelsSpec(recipients=("slack-anything", "pagerduty-a", "pagerduty-b"))
    assert channels.check(by_hand) == []
    assert channels.compile_slack(by_hand) == {} == channels.compile_pagerduty(by_hand)


def test_every_team_of_the_vocabulary_is_made_once() -> None:
    assert [one.team for one in TEAMS] == list(Team)
    for one in TEAMS:
        made = teams.compile_team(one, "production")
        assert made["handle"] == one.team.value
        assert Mark("production").logical_name_in(made["description"]) == teams.team_key(one)
        assert is_logical_name(teams.team_key(one))


def test_the_escalation_pages_who_is_on_call_first_and_then_everybody() -> None:
    policy = teams.compile_escalation(ON_CALL, "production", "team-id", "schedule-id")
    targets = [step["targets"] for step in policy["steps"]]
    assert targets[0] == [{"schedule": "schedule-id", "position": "current"}]
    assert targets[-1] == [{"team": "team-id"}]
    # The strategy's time to recover from a critical problem is 15 minutes: by then everybody must know.
    assert sum(step["escalate_after_seconds"] for step in policy["steps"][:-1]) < 15 * 60
    assert not policy["resolve_page_on_policy_end"]


def test_the_rotation_never_ends() -> None:
    (layer,) = teams.compile_schedule(ON_CALL, "production", "team-id")["layers"]
    assert layer["interval"] == {"days": 7}
    assert "end_date" not in layer
    assert "restrictions" not in layer


def teams_with(**changes: Any) -> TeamsSpec:
    return TeamsSpec(
        stack="production",
        teams=TEAMS,
        runbooks="https://example.com/runbooks",
        on_call=dataclasses.replace(ON_CALL, **changes),
    )


def test_what_datadog_would_refuse_is_found_before() -> None:
    assert teams.check(teams_with()) == []
    alone = teams.check(teams_with(users=ON_CALL.users[:1] * 2))
    assert [problem.where for problem in alone] == ["routing.onCall.users"]
    wrong = Escalation(steps=(EscalationStep(target=Target.NEXT, minutes=601),), repeats=11)
    assert len(teams.check(teams_with(escalation=wrong))) == 2
    assert len(teams.check(teams_with(escalation=Escalation(steps=(), repeats=0)))) == 1


def test_the_team_on_call_is_one_of_the_teams() -> None:
    assert ON_CALL_TEAM in {one.team for one in TEAMS}
