"""Alerts as arguments: the query carries the threshold, options fit the type, and who is told is in the tags."""

from __future__ import annotations

import dataclasses

import pytest
from datadog_api_client.v1.model.monitor import Monitor
from hypothesis import given
from hypothesis import strategies as st

from components.monitors.check import check
from components.monitors.compile import (
    compile_aftermath,
    compile_composite,
    compile_monitor,
    composite_query,
    measured_name,
)
from components.monitors.condition import AnomalyWindows, Comparator, Condition, Thresholds
from components.monitors.spec import MissingData, Stage
from contract.query import check_options, parse_monitor
from contract.query.composite import CompositeMonitor
from contract.query.metric import MetricMonitor
from infra.naming import Tier
from sandbox.checks.datadog import monitor as sandbox_monitor
from sandbox.checks.models import check_model
from tests.examples import WORLD
from tests.unit.components.monitors.examples import CHECK, LOG, METRIC, SPEC, SYMPTOM, metric, spec, tier_of

CONDITIONS: tuple[Condition, ...] = (METRIC, LOG, CHECK)
COUNT = "sum(last_15m):sum:pagination.query.count{env:production}.as_count()"
"""A number of things, which has no highest value."""
NUMBERS = st.integers(-(10**9), 10**9) | st.integers(-(10**9), 10**9).map(lambda number: number / 1000)


@given(NUMBERS, st.sampled_from(Comparator))
def test_the_threshold_of_the_query_is_the_one_of_the_options(critical: float, comparator: Comparator) -> None:
    one = spec(condition=metric(expression=COUNT, comparator=comparator, critical=critical, critical_recovery=critical))
    arguments = compile_monitor(one, tier_of(one))
    tree = parse_monitor("query alert", arguments["query"])
    assert isinstance(tree, MetricMonitor)
    assert tree.comparison.threshold == float(arguments["monitor_thresholds"]["critical"]) == critical
    assert check([tier_of(one)], WORLD) == []


@given(NUMBERS, NUMBERS, st.sampled_from(Comparator))
def test_a_warning_is_on_the_good_side_or_refused(critical: float, warning: float, comparator: Comparator) -> None:
    limits = Thresholds(critical=critical, critical_recovery=critical, warning=warning, warning_recovery=warning)
    one = spec(condition=metric(expression=COUNT, comparator=comparator, **dataclasses.asdict(limits)))
    good = warning < critical if comparator in {">", ">="} else warning > critical
    assert (check([tier_of(one)], WORLD) == []) is good


@given(NUMBERS, NUMBERS, st.sampled_from(Comparator))
def test_an_alert_ends_on_the_good_side_or_is_refused(critical: float, end: float, comparator: Comparator) -> None:
    one = spec(condition=metric(expression=COUNT, comparator=comparator, critical=critical, critical_recovery=end))
    good = end <= critical if comparator in {">", ">="} else end >= critical
    assert (check([tier_of(one)], WORLD) == []) is good


@given(st.sampled_from(CONDITIONS), st.sampled_from(MissingData), st.sampled_from(Stage), st.booleans())
def test_every_type_passes_the_official_model(
    condition: Condition, missing: MissingData, stage: Stage, quiet: bool
) -> None:
    one = spec(condition=condition, on_missing_data=missing, stage=stage, unless=("cause",) if quiet else ())
    arguments = compile_monitor(one, tier_of(one))
    camel = {_camel(name): value for name, value in arguments.items()}
    camel["monitorThresholds"] = {_camel(name): value for name, value in arguments["monitor_thresholds"].items()}
    body, _ = sandbox_monitor.api_body(camel)
    assert check_model(Monitor, body) == []
    assert check_options(parse_monitor(arguments["type"], arguments["query"]), body["options"]) == []


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(map(str.capitalize, rest))


def test_a_service_check_counts_statuses_in_a_row() -> None:
    arguments = compile_monitor(one := spec(condition=CHECK), tier_of(one))
    assert arguments["query"] == '"postgres.can_connect".over("env:production").by("*").last(3).count_by_status()'
    assert arguments["monitor_thresholds"] == {"critical": "2", "ok": "3"}


def test_a_log_query_ends_with_its_threshold() -> None:
    arguments = compile_monitor(one := spec(condition=LOG), tier_of(one))
    assert arguments["type"] == "log alert"
    assert arguments["query"].endswith('.last("10m") > 200')
    assert "require_full_window" not in arguments


def test_windows_of_anomalies_are_options_too() -> None:
    windows = AnomalyWindows(trigger="last_15m", recovery="last_30m")
    arguments = compile_monitor(one := spec(condition=metric(anomaly=windows)), tier_of(one))
    assert arguments["monitor_threshold_windows"] == {"trigger_window": "last_15m", "recovery_window": "last_30m"}


def test_the_day_of_a_window_starts_where_its_condition_says() -> None:
    arguments = compile_monitor(one := spec(condition=metric(day_starts="00:00")), tier_of(one))
    assert arguments["scheduling_options"] == {"evaluation_window": {"day_starts": "00:00", "timezone": "UTC"}}


@pytest.mark.parametrize("condition", [METRIC, LOG])
def test_missing_data_is_said_in_one_way(condition: Condition) -> None:
    arguments = compile_monitor(one := spec(condition=condition, on_missing_data=MissingData.NOTIFY), tier_of(one))
    assert arguments["on_missing_data"] == "show_and_notify_no_data"
    assert not {"notify_no_data", "no_data_timeframe"} & set(arguments)


def test_a_check_says_it_in_the_older_way() -> None:
    one = spec(condition=dataclasses.replace(CHECK, silent_minutes=5), on_missing_data=MissingData.NOTIFY)
    arguments = compile_monitor(one, tier_of(one))
    assert (arguments["notify_no_data"], arguments["no_data_timeframe"]) == (True, 5)
    assert "on_missing_data" not in arguments


def test_what_an_alert_does_not_say_of_missing_data_its_tier_says() -> None:
    assert compile_monitor(SPEC, tier_of(SPEC, missing_data=MissingData.NOTIFY))["on_missing_data"].endswith(
        "notify_no_data"
    )
    assert compile_monitor(SPEC, tier_of(SPEC, missing_data=MissingData.SHOW))["on_missing_data"] == "show_no_data"


def test_what_ends_at_once_without_data_does_not_end_later() -> None:
    assert compile_monitor(SPEC, tier_of(SPEC))["timeout_h"] == 24
    resolving = spec(on_missing_data=MissingData.RESOLVE)
    assert "timeout_h" not in compile_monitor(resolving, tier_of(resolving))


def test_only_tiers_that_ask_for_it_remind() -> None:
    assert "renotify_interval" not in compile_monitor(SPEC, tier_of(SPEC, renotify_minutes=None))
    reminding = compile_monitor(SPEC, tier_of(SPEC, renotify_minutes=60, missing_data=MissingData.NOTIFY))
    assert (reminding["renotify_interval"], reminding["renotify_statuses"]) == (60, ["alert", "no data"])
    assert compile_monitor(SPEC, tier_of(SPEC))["renotify_statuses"] == ["alert"]


def test_burn_in_is_one_word_and_one_tag() -> None:
    live, tried = (compile_monitor(one, tier_of(one)) for one in (SPEC, spec(stage=Stage.BURN_IN)))
    assert set(tried["tags"]) ^ set(live["tags"]) == {"stage:burn-in", "stage:live"}
    assert {name for name in live if live[name] != tried[name]} == {"tags"}


def test_a_symptom_is_measured_by_one_monitor_and_told_by_another() -> None:
    tier = tier_of(SYMPTOM)
    measured, told = compile_monitor(SYMPTOM, tier), compile_composite(SYMPTOM, tier)
    assert measured_name(SYMPTOM) == "symptom-symptom"
    assert not [tag for tag in measured["tags"] if tag.startswith(("tier:", "stage:"))]
    assert "renotify_interval" not in measured
    assert {"tier:warning", "stage:live"} <= set(told["tags"])
    assert told["type"] == "composite"
    assert told["assets"] == measured["assets"]


def test_composites_look_at_a_cause_until_its_aftermath_is_over() -> None:
    one = spec(condition=CHECK, on_missing_data=MissingData.DEFAULT)
    alert, aftermath = compile_monitor(one, tier_of(one)), compile_aftermath(one, tier_of(one))
    assert aftermath is not None
    assert aftermath["monitor_thresholds"] == {"critical": "2", "ok": "64"}
    assert aftermath["query"] == alert["query"].replace(".last(3)", ".last(64)")
    assert not [tag for tag in aftermath["tags"] if tag.startswith(("tier:", "stage:"))]
    assert "renotify_interval" in alert
    assert "renotify_interval" not in aftermath
    assert compile_aftermath(SPEC, tier_of(SPEC)) is None


def test_a_composite_is_on_while_its_symptom_is_and_none_of_its_causes() -> None:
    one = spec(key="example", unless=("first", "second"))
    query = composite_query(one, {"example": "11", "first": "22", "second": "33", "other": "44"})
    assert query == "11 && !22 && !33"
    assert isinstance(tree := parse_monitor("composite", query), CompositeMonitor)
    assert tree.members() == (11, 22, 33)


@pytest.mark.parametrize(
    ("missing", "told"), [(MissingData.NOTIFY, True), (MissingData.SHOW, False), (MissingData.DEFAULT, False)]
)
def test_a_composite_tells_of_missing_data_as_its_symptom_would(missing: MissingData, told: bool) -> None:
    one = dataclasses.replace(SYMPTOM, on_missing_data=missing)
    arguments = compile_composite(one, tier_of(one))
    assert arguments["notify_no_data"] is told
    assert ("{{#is_no_data}}" in arguments["message"]) is told


def test_a_message_names_values_and_thresholds_as_its_type_allows() -> None:
    one = spec(condition=metric(warning=0.45, warning_recovery=0.4), unless=("cause",))
    tier = tier_of(one)
    assert "It is {{value}} s; the warning threshold is {{warn_threshold}} s." in compile_monitor(one, tier)["message"]
    assert "It is {{a.value}} s; the warning threshold is 0.45 s." in compile_composite(one, tier)["message"]
    assert "{{check_message}}" in compile_monitor(spec(condition=CHECK), tier)["message"]
    assert "is_warning" not in compile_monitor(SPEC, tier)["message"]


def test_a_message_says_what_to_do_about_silence_and_where_to_read_on() -> None:
    for arguments in (compile_monitor(SYMPTOM, tier_of(SYMPTOM)), compile_composite(SYMPTOM, tier_of(SYMPTOM))):
        assert "See whether the API runs." in arguments["message"]
        assert arguments["message"].endswith("Runbook: https://example.com/r/error-rate.md")
        assert "@" not in arguments["message"]


def test_the_tier_of_the_catalog_is_the_tag() -> None:
    for tier in Tier:
        one = spec(tier=tier)
        assert f"tier:{tier}" in compile_monitor(one, tier_of(one, tier=tier))["tags"]
