"""Alerts: the query carries the threshold, the message fits the thresholds, problems are all named."""

from __future__ import annotations

import dataclasses
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.monitors.compile import check, compile_monitor
from components.monitors.spec import Comparator, MissingData, MonitorSpec, Thresholds, TierSpec, Urgency
from contract.query import parse_monitor
from contract.query.metric import MetricMonitor
from infra.naming import Team, Tier
from tests.examples import WORLD

SPEC = MonitorSpec(
    key="example",
    title="Example",
    tier=Tier.WARNING,
    owner=Team.BACKEND,
    service="genonaut-api",
    runbook="error-rate",
    expression="percentile(last_15m):p95:pagination.query.duration{env:production}",
    comparator=Comparator.ABOVE,
    thresholds=Thresholds(critical=0.5, warning=0.4),
    meaning="Lists are slow.",
    unit="s",
    on_missing_data=MissingData.SHOW,
    require_full_window=False,
    evaluation_delay=60,
    new_group_delay=60,
)


def tier_of(*monitors: MonitorSpec, renotify: int | None = None) -> TierSpec:
    urgency = Urgency(priority=3, renotify_minutes=renotify)
    return TierSpec(tier=Tier.WARNING, urgency=urgency, runbook_base_url="https://example.com/r", monitors=monitors)


def test_the_message_opens_and_closes_every_condition_and_names_no_handle() -> None:
    message = compile_monitor(SPEC, tier_of(SPEC))["message"]
    assert re.findall(r"{{#(\w+)}}", message) == re.findall(r"{{/(\w+)}}", message)
    assert "{{warn_threshold}} s" in message
    assert "@" not in message
    assert message.endswith("Runbook: https://example.com/r/error-rate.md")


def test_an_alert_without_warning_speaks_of_none() -> None:
    spec = dataclasses.replace(SPEC, thresholds=Thresholds(critical=0.5))
    assert "warning" not in compile_monitor(spec, tier_of(spec))["message"]


def test_only_tiers_that_ask_for_it_notify_again() -> None:
    assert "renotify_interval" not in compile_monitor(SPEC, tier_of(SPEC))
    assert compile_monitor(SPEC, tier_of(SPEC, renotify=30))["renotify_interval"] == 30


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"key": "Not A Key"}, "is not a usable key"),
        ({"thresholds": Thresholds(critical=0.5, warning=0.6)}, "thresholds.warning"),
        ({"thresholds": Thresholds(critical=0.5, critical_recovery=0.6)}, "thresholds.critical_recovery"),
        ({"expression": "avg(last_5m):avg:no.such.metric{*}"}, "nobody emits the metric no.such.metric"),
        ({"expression": "avg(last_0m):avg:pagination.query.duration{*}"}, ""),
        ({"expression": "percentile(last_15m):p95:pagination.query.duration{}"}, ""),
    ],
)
def test_what_is_wrong_is_named_with_its_key(change: dict[str, object], expected: str) -> None:
    spec = dataclasses.replace(SPEC, **change)  # type: ignore[arg-type]
    found = check(tier_of(spec), WORLD)
    assert found
    assert all(problem.where == f"monitors.{spec.key}" for problem in found)
    assert any(expected in problem.what for problem in found)


def test_a_key_used_twice_is_named() -> None:
    assert any("2 alerts have this key" in problem.what for problem in check(tier_of(SPEC, SPEC), WORLD))


NUMBERS = st.integers(-(10**9), 10**9) | st.integers(-(10**9), 10**9).map(lambda number: number / 1000)


@given(NUMBERS, st.sampled_from(Comparator))
def test_the_threshold_of_the_query_is_the_one_of_the_options(critical: float, comparator: Comparator) -> None:
    spec = dataclasses.replace(
        SPEC,
        # A number of things, which has no highest value.
        expression="sum(last_15m):sum:pagination.query.count{env:production}.as_count()",
        comparator=comparator,
        thresholds=Thresholds(critical=critical),
    )
    arguments = compile_monitor(spec, tier_of(spec))
    tree = parse_monitor("query alert", arguments["query"])
    assert isinstance(tree, MetricMonitor)
    assert tree.comparison.threshold == float(arguments["monitor_thresholds"]["critical"]) == critical
    assert check(tier_of(spec), WORLD) == []
