"""Who is told: the rules and quiet hours sent to Datadog, and the model of what Datadog makes of them."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime, time, timedelta

import pytest
from datadog_api_client.v2.model.downtime_create_request_attributes import DowntimeCreateRequestAttributes
from hypothesis import given
from hypothesis import strategies as st

from components.routing.compile import check, compile_rule
from components.routing.quiet import compile_quiet_hours, is_quiet, quiet_hours_key
from components.routing.reach import State, matches, reach
from components.routing.spec import RoutingSpec, WorkingHours
from infra.naming import BURN_IN, Mark, Tier, is_logical_name
from sandbox.checks.models import check_model

HOURS = WorkingHours(time_zone="Europe/Berlin", start=time(9), end=time(18))
SPEC = RoutingSpec(
    stack="production",
    may_page=True,
    recipients={
        Tier.CRITICAL: ("pagerduty-genonaut", "slack-alerts"),
        Tier.WARNING: ("slack-warnings",),
        Tier.BUSINESS: ("slack-business",),
    },
    quiet=(Tier.WARNING,),
    working_hours=HOURS,
)
RULES = [compile_rule(SPEC, tier) for tier in Tier]
DOWNTIMES = [compile_quiet_hours(SPEC, Tier.WARNING, HOURS, date(2026, 1, 1))]
MONDAY = datetime(2026, 1, 5)
WORKING, NIGHT = MONDAY.replace(hour=11), MONDAY.replace(hour=23)


def tags(tier: Tier, *more: str, stack: str = "production") -> set[str]:
    return {f"tier:{tier}", "team:genonaut-backend", *more, *Mark(stack).tags("api-error-rate")}


def told(state: State, *more: str, tier: Tier = Tier.CRITICAL, stack: str = "production") -> tuple[str, ...]:
    return reach(tags(tier, *more, stack=stack), state, WORKING, RULES, DOWNTIMES).recipients


def test_a_critical_alert_pages_and_its_warning_does_not() -> None:
    assert told(State.ALERT) == ("pagerduty-genonaut", "slack-alerts")
    assert told(State.NO_DATA) == ("pagerduty-genonaut", "slack-alerts")
    assert told(State.WARNING) == ("slack-alerts",)


def test_a_page_is_also_ended() -> None:
    assert "pagerduty-genonaut" in told(State.RECOVERY)


def test_each_tier_has_its_own_recipients() -> None:
    assert told(State.ALERT, tier=Tier.WARNING) == ("slack-warnings",)
    assert told(State.ALERT, tier=Tier.BUSINESS) == ("slack-business",)


@pytest.mark.parametrize("tier", Tier)
@pytest.mark.parametrize("state", State)
def test_an_alert_in_burn_in_reaches_nobody(tier: Tier, state: State) -> None:
    assert told(state, BURN_IN, tier=tier) == ()
    assert told(state, "stage:live", tier=tier) != ()


def test_alerts_of_another_stack_reach_nobody_here() -> None:
    assert told(State.ALERT, stack="staging") == ()


def test_a_tier_with_pagers_alone_pages_for_everything() -> None:
    spec = dataclasses.replace(SPEC, recipients={**SPEC.recipients, Tier.CRITICAL: ("oncall-genonaut-platform",)})
    assert compile_rule(spec, Tier.CRITICAL)["recipients"] == ["oncall-genonaut-platform"]


def test_warnings_of_the_night_wait_and_others_do_not() -> None:
    warning = reach(tags(Tier.WARNING), State.ALERT, NIGHT, RULES, DOWNTIMES)
    assert (warning.recipients, warning.waits) == (("slack-warnings",), True)
    for tier in (Tier.CRITICAL, Tier.BUSINESS):
        assert not reach(tags(tier), State.ALERT, NIGHT, RULES, DOWNTIMES).waits
    assert not reach(tags(Tier.WARNING), State.ALERT, WORKING, RULES, DOWNTIMES).waits


TIMES = st.times(max_value=time(23, 58)).map(lambda one: one.replace(second=0, microsecond=0))


@given(
    hours=st.lists(TIMES, min_size=2, max_size=2, unique=True).map(sorted),
    minute=st.integers(min_value=0, max_value=7 * 24 * 60 - 1),
    after=st.dates(date(2026, 1, 1), date(2030, 1, 1)),
)
def test_it_is_quiet_exactly_outside_of_working_hours(hours: list[time], minute: int, after: date) -> None:
    start, end = hours
    working = WorkingHours(time_zone="Europe/Berlin", start=start, end=end)
    downtime = compile_quiet_hours(SPEC, Tier.WARNING, working, after)
    moment = MONDAY + timedelta(minutes=minute)
    at_work = moment.weekday() < 5 and start <= moment.time() < end
    assert is_quiet(downtime, moment) is not at_work
    for recurrence in downtime["recurring_schedule"]["recurrences"]:
        begin = datetime.fromisoformat(recurrence["start"])
        # Datadog refuses what lies in the past, and no time zone is more than 14 hours ahead.
        assert begin.date() > after
        assert begin.date() <= after + timedelta(days=7)
        assert begin.strftime("%A")[:2].upper() in recurrence["rrule"].partition("BYDAY=")[2].split(",")


def test_the_official_model_takes_the_quiet_hours() -> None:
    body = {key: value for key, value in DOWNTIMES[0].items() if key != "recurring_schedule"}
    assert check_model(DowntimeCreateRequestAttributes, {**body, "schedule": DOWNTIMES[0]["recurring_schedule"]}) == []


def test_other_hours_are_another_object() -> None:
    key = quiet_hours_key(Tier.WARNING, HOURS)
    assert is_logical_name(key)
    for other in (
        dataclasses.replace(HOURS, end=time(17, 30)),
        dataclasses.replace(HOURS, time_zone="America/Argentina/Buenos_Aires"),
    ):
        assert is_logical_name(quiet_hours_key(Tier.WARNING, other))
        assert quiet_hours_key(Tier.WARNING, other) != key


@given(st.sets(st.sampled_from(["env:a", "env:b", "tier:x", "stage:burn-in"])))
def test_scopes_hold_as_their_words_say(found: set[str]) -> None:
    assert matches("env:a AND NOT stage:burn-in", found) == ("env:a" in found and "stage:burn-in" not in found)
    assert matches("(env:a OR env:b) AND tier:x", found) == bool({"env:a", "env:b"} & found and "tier:x" in found)


def test_a_scope_that_is_no_scope_of_tags_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot hold"):
        matches("word", set())


def test_a_silent_tier_is_a_problem() -> None:
    silent = dataclasses.replace(SPEC, recipients={Tier.CRITICAL: ("slack-a",), Tier.WARNING: ()})
    assert {problem.where for problem in check(silent)} == {"routing.warning", "routing.business"}


@pytest.mark.parametrize("handle", ["pagerduty-genonaut", "oncall-genonaut-platform", "opsgenie-genonaut"])
def test_where_nobody_may_be_paged_the_compiled_rules_are_looked_at(handle: str) -> None:
    paging = {**SPEC.recipients, Tier.CRITICAL: (handle, "slack-alerts")}
    assert check(dataclasses.replace(SPEC, recipients=paging)) == []
    (problem,) = check(dataclasses.replace(SPEC, recipients=paging, may_page=False))
    assert str(problem) == f"routing.critical: {handle} would page somebody (only production pages)"
