"""Objectives and their alerts: what is compiled, what is refused, and when somebody is told."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from typing import Any

import pytest
from datadog_api_client.v1.model.service_level_objective_request import ServiceLevelObjectiveRequest
from hypothesis import assume, given
from hypothesis import strategies as st

from components.slos import burn
from components.slos.alerts import CONDITION_TAG, MonitorPlan, plans
from components.slos.compile import check, compile_slo
from components.slos.spec import BurnWindow, Events, ObjectivesSpec, SloSpec, Time
from contract.query import parse_monitor
from contract.query.composite import CompositeMonitor, Member
from contract.query.metric import MetricMonitor
from contract.query.slo import BurnRateMonitor
from contract.query.tree import And, Or
from infra.naming import Team, Tier
from sandbox.checks.models import check_model
from stacks.catalog.tiers import URGENCY
from tests.examples import WORLD

SCOPE = "{env:production,service:genonaut-api}"
EVENTS = Events(
    bad=f"sum:trace.fastapi.request.errors{SCOPE}.as_count()", total=f"sum:trace.fastapi.request.hits{SCOPE}.as_count()"
)
TIME = Time(
    query="min:genonaut.health.status{env:production,check:database}", comparator=">=", limit=1, slice_seconds=60
)
SLO = SloSpec(
    key="api-availability",
    title="The API answers",
    description="Share of requests that do not fail.",
    owner=Team.BACKEND,
    service="genonaut-api",
    sli=EVENTS,
    target=99.9,
    warning=99.95,
    timeframe="30d",
)
FAST = BurnWindow(budget=2, long_hours=1, short_minutes=5, tier=Tier.CRITICAL)
FASTER = BurnWindow(budget=5, long_hours=6, short_minutes=30, tier=Tier.CRITICAL)
SLOW = BurnWindow(budget=10, long_hours=24, short_minutes=120, tier=Tier.WARNING)


def spec_of(*slos: SloSpec, **changes: Any) -> ObjectivesSpec:
    spec = ObjectivesSpec(
        slos=slos,
        windows={"30d": (FAST, FASTER, SLOW)},
        fewest_bad_events=10,
        budget_spent=90,
        budget_spent_warning=75,
        urgency=URGENCY,
        runbook_base_url="https://example.com/r",
    )
    return dataclasses.replace(spec, **changes)


def plans_of(slo: SloSpec, **changes: Any) -> Mapping[str, MonitorPlan]:
    return {plan.key: plan for plan in plans(slo, spec_of(slo, **changes))}


def test_events_become_good_by_total() -> None:
    arguments = compile_slo(SLO)
    assert arguments["type"] == "metric"
    assert arguments["query"] == {"numerator": f"{EVENTS.total} - {EVENTS.bad}", "denominator": EVENTS.total}
    body = {name: arguments[name] for name in ("name", "type", "query", "thresholds", "tags", "description")}
    assert check_model(ServiceLevelObjectiveRequest, body) == []


def test_time_becomes_slices_that_the_api_takes() -> None:
    arguments = compile_slo(dataclasses.replace(SLO, sli=TIME))
    assert arguments["type"] == "time_slice"
    (measured,) = arguments["sli_specification"].values()
    (query,) = (one["metric_query"] for one in measured["query"]["queries"])
    # As the provider writes the body.
    sli = {
        "time_slice": {
            "query": {
                "formulas": [{"formula": measured["query"]["formula"]["formula_expression"]}],
                "queries": [query],
            },
            "comparator": measured["comparator"],
            "threshold": float(measured["threshold"]),
            "query_interval_seconds": measured["query_interval_seconds"],
        }
    }
    body = {"name": "x", "type": "time_slice", "thresholds": arguments["thresholds"], "sli_specification": sli}
    assert check_model(ServiceLevelObjectiveRequest, body) == []


def test_sound_objectives_have_no_problem() -> None:
    assert check(spec_of(SLO, dataclasses.replace(SLO, key="by-time", sli=TIME)), WORLD) == []


def test_a_burn_alert_has_its_rate_in_query_and_threshold() -> None:
    plan = plans_of(SLO)["api-availability-burn-1h"]
    query = plan.query({"api-availability": "abc"})
    assert query == 'burn_rate("abc").over("30d").long_window("1h").short_window("5m") > 14.4'
    assert plan.arguments["monitor_thresholds"] == {"critical": "14.4"}


def test_events_are_guarded_and_only_the_composite_speaks() -> None:
    made = plans_of(SLO)
    assert list(made) == [
        "api-availability-burn-1h", "api-availability-enough-1h", "api-availability-burn-6h",
        "api-availability-enough-6h", "api-availability-burn-fast", "api-availability-burn-24h",
        "api-availability-enough-24h", "api-availability-burn-slow", "api-availability-budget",
    ]  # fmt: skip
    tiers = {
        key: [tag for tag in plan.arguments["tags"] if tag.startswith(("tier:", "role:"))] for key, plan in made.items()
    }
    assert tiers.pop("api-availability-burn-fast") == ["tier:critical"]
    assert tiers.pop("api-availability-burn-slow") == ["tier:warning"]
    assert tiers.pop("api-availability-budget") == ["tier:warning"]
    assert set(map(tuple, tiers.values())) == {(CONDITION_TAG,)}


def test_time_needs_no_guard() -> None:
    made = plans_of(dataclasses.replace(SLO, sli=TIME))
    assert [plan.arguments["type"] for plan in made.values()] == ["slo alert"] * 4
    assert "tier:critical" in made["api-availability-burn-1h"].arguments["tags"]
    assert "tier:warning" in made["api-availability-burn-24h"].arguments["tags"]


def test_alerts_say_what_to_do_and_page_again_by_tier() -> None:
    made = plans_of(SLO)
    for plan in made.values():
        if CONDITION_TAG in plan.arguments["tags"]:
            continue
        assert plan.arguments["assets"][0]["url"] in plan.arguments["message"]
        assert "@" not in plan.arguments["message"]
        message = plan.arguments["message"]
        assert re.findall(r"{{#(\w+)}}", message) == re.findall(r"{{/(\w+)}}", message)
    assert "{{#is_warning}}" in made["api-availability-budget"].arguments["message"]
    assert made["api-availability-burn-fast"].arguments["renotify_interval"] == 30
    assert "renotify_interval" not in made["api-availability-burn-slow"].arguments


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"key": "Not A Key"}, "is not a usable key"),
        ({"target": 99.95, "warning": 99.9}, "target 99.95 and warning 99.9 do not fit"),
        ({"target": 100.0, "warning": 100.0}, "target 100 and warning 100 do not fit"),
        ({"target": 99.9001}, "target 99.9001 is too exact"),
        ({"sli": Events(bad="sum:no.such{*}.as_count()", total=EVENTS.total)}, "good: nobody emits the metric no.such"),
        ({"sli": dataclasses.replace(TIME, query="min:no.such{*}")}, "nobody emits the metric no.such"),
        ({"timeframe": "7d"}, "there are no burn windows for 7d"),
        ({"target": 90.0, "warning": 95.0}, "the burn window of 1 h alerts at a rate of 14.4, which cannot be reached"),
    ],
)
def test_what_is_wrong_with_an_objective_is_named_with_its_key(change: dict[str, Any], expected: str) -> None:
    slo = dataclasses.replace(SLO, **change)
    found = check(spec_of(slo), WORLD)
    assert any(problem.what.startswith(expected) and problem.where == f"slos.{slo.key}" for problem in found), found


@pytest.mark.parametrize(
    ("windows", "expected"),
    [
        ((dataclasses.replace(FAST, long_hours=49),), "slos.30d.49h: the window is too short or too long"),
        ((dataclasses.replace(FAST, long_hours=0),), "slos.30d.0h: the window is too short or too long"),
        ((dataclasses.replace(FAST, short_minutes=60),), "slos.30d.1h: its short window is 60 min"),
        ((dataclasses.replace(FAST, short_minutes=0),), "slos.30d.1h: its short window is 0 min"),
        ((dataclasses.replace(FAST, budget=0),), "slos.30d.1h: 0 % of the budget"),
        ((dataclasses.replace(FAST, budget=101),), "slos.30d.1h: 101 % of the budget"),
        ((dataclasses.replace(FAST, tier=Tier.BUSINESS),), "slos.30d.1h: no burn is of tier business"),
        ((FAST, dataclasses.replace(SLOW, long_hours=1)), "slos.30d.1h: there are several windows of this length"),
        ((FAST,) * 6, "slos.30d.1h: there are several windows of this length"),
    ],
)
def test_what_is_wrong_with_windows_is_named(windows: tuple[BurnWindow, ...], expected: str) -> None:
    found = check(spec_of(SLO, windows={"30d": windows}), WORLD)
    assert any(str(problem).startswith(expected) for problem in found), found


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"budget_spent": 75, "budget_spent_warning": 90}, "budget spent 75 and warning 90 do not fit"),
        ({"fewest_bad_events": 0}, "0 bad events guard nothing"),
        ({"slos": (SLO, SLO)}, "2 objectives have this key"),
        ({"slos": (dataclasses.replace(SLO, key="a" * 60),)}, f"its monitor '{'a' * 60}-burn-1h' is too long a name"),
    ],
)
def test_what_is_wrong_with_all_of_them_is_named(change: dict[str, Any], expected: str) -> None:
    assert any(problem.what.startswith(expected) for problem in check(spec_of(SLO, **change), WORLD))


@given(st.integers(50_000, 99_999).map(lambda thousandths: thousandths / 1000), st.integers(1, 48), st.integers(1, 100))
def test_a_rate_is_a_problem_exactly_where_it_cannot_be_reached(target: float, hours: int, budget: float) -> None:
    window = BurnWindow(budget=budget, long_hours=hours, short_minutes=5, tier=Tier.CRITICAL)
    slo = dataclasses.replace(SLO, target=target, warning=(target + 100) / 2)
    found = check(spec_of(slo, windows={"30d": (window,)}), WORLD)
    refused = any("cannot be reached" in problem.what for problem in found)
    # When everything fails for the whole long window, the alert must be able to fire.
    assert refused == (1 / burn.budget(target) < burn.factor(window, "30d"))


COUNTS = st.integers(0, 200_000)


def told(slo: SloSpec, tier: Tier, bad: int, total: int, **changes: Any) -> bool:
    """Whether the burn alert of a tier fires when every window saw these counts, by the vendor's published rules."""
    made = plans_of(slo, **changes)
    speed = {Tier.CRITICAL: "fast", Tier.WARNING: "slow"}[tier]
    alert = made[f"{slo.key}-burn-{speed}"]
    numbers = {name: str(index) for index, name in enumerate(alert.refers_to)}
    state = {index: _fires(made[name], slo, bad, total) for index, name in enumerate(alert.refers_to)}
    tree = parse_monitor("composite", alert.query(numbers))
    assert isinstance(tree, CompositeMonitor)

    def holds(node: object) -> bool:
        match node:
            case Member(monitor_id=number):
                return state[number]
            case And(parts):
                return all(map(holds, parts))
            case Or(parts):
                return any(map(holds, parts))
        raise AssertionError(node)

    return holds(tree.condition)


def _fires(plan: MonitorPlan, slo: SloSpec, bad: int, total: int) -> bool:
    tree = parse_monitor(plan.arguments["type"], plan.query({slo.key: "0" * 32}))
    assert isinstance(tree, BurnRateMonitor | MetricMonitor)
    threshold = tree.comparison.threshold
    assert threshold is not None
    if isinstance(tree, MetricMonitor):
        return bad >= threshold
    return total > 0 and bad / total / float(burn.budget(slo.target)) >= threshold


@given(bad=st.integers(0, 9), good=COUNTS, tier=st.sampled_from([Tier.CRITICAL, Tier.WARNING]))
def test_a_handful_of_failures_wakes_nobody_at_whatever_rate(bad: int, good: int, tier: Tier) -> None:
    assert not told(SLO, tier, bad, bad + good)


@given(bad=st.integers(10, 1000), tier=st.sampled_from([Tier.CRITICAL, Tier.WARNING]))
def test_an_outage_is_told_at_low_traffic_too(bad: int, tier: Tier) -> None:
    assert told(SLO, tier, bad, bad)


@given(bad=COUNTS, total=COUNTS)
def test_with_enough_traffic_the_guard_changes_nothing(bad: int, total: int) -> None:
    assume(bad <= total)
    assume(total >= burn.guarded_traffic(SLOW, "30d", SLO.target, 10))
    burns = _fires(plans_of(SLO)["api-availability-burn-24h"], SLO, bad, total)
    assert told(SLO, Tier.WARNING, bad, total) == burns
