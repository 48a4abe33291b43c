"""Maintenance windows: they begin ahead, name their alerts, and a mistake in one is named."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from datadog_api_client.v2.model.downtime_schedule_recurrences_create_request import (
    DowntimeScheduleRecurrencesCreateRequest,
)
from hypothesis import given
from hypothesis import strategies as st

from components.downtimes.compile import check, compile_downtime, logical_name
from components.downtimes.spec import Day, DowntimesSpec, MaintenanceWindow
from infra.naming import Mark
from sandbox.checks.models import check_model

WINDOW = MaintenanceWindow(
    key="example",
    reason="It is updated.",
    service="genonaut-postgres",
    day=Day.SUNDAY,
    start=time(3),
    minutes=90,
    time_zone="Etc/UTC",
)


def spec(*windows: MaintenanceWindow) -> DowntimesSpec:
    return DowntimesSpec(stack="example", windows=windows)


def problems(*windows: MaintenanceWindow) -> list[str]:
    return [str(problem) for problem in check(spec(*windows), {"genonaut-postgres"})]


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.sampled_from(Day), st.times())
def test_the_first_time_lies_ahead_within_a_week(after: date, day: Day, start: time) -> None:
    window = dataclasses.replace(WINDOW, day=day, start=start.replace(microsecond=0))
    (recurrence,) = compile_downtime(spec(window), window, after)["recurring_schedule"]["recurrences"]
    first = datetime.fromisoformat(recurrence["start"])
    assert timedelta() < first.date() - after <= timedelta(days=7)
    assert first.strftime("%A").upper() == day.name
    assert first.time() == window.start


def test_a_window_is_as_the_official_model_wants_it() -> None:
    arguments = compile_downtime(spec(WINDOW), WINDOW, date(2026, 1, 1))
    assert check_model(DowntimeScheduleRecurrencesCreateRequest, arguments["recurring_schedule"]) == []
    assert arguments["monitor_identifier"]["monitor_tags"] == [
        "pulumi_project:genonaut-monitoring",
        "pulumi_stack:example",
        "service:genonaut-postgres",
    ]
    assert Mark("example").logical_name_in(arguments["message"]) == logical_name(WINDOW)


def test_other_times_are_another_object() -> None:
    changes: list[dict[str, Any]] = [
        {"day": Day.MONDAY},
        {"start": time(4)},
        {"minutes": 60},
        {"time_zone": "Europe/Berlin"},
    ]
    names = {logical_name(dataclasses.replace(WINDOW, **change)) for change in changes}
    assert len(names | {logical_name(WINDOW)}) == 5
    assert logical_name(WINDOW) == "example-su-0300-90m-etc-utc"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"key": "Not A Key"}, "is not a usable key"),
        ({"key": "a" * 60}, "is not a usable key"),
        ({"reason": ""}, "gives no reason"),
        ({"service": "genonaut-mysql"}, "no alert is of the service genonaut-mysql (one of genonaut-postgres)"),
        ({"minutes": 0}, "0 minutes is no length"),
        ({"minutes": 481}, "481 minutes is no length"),
        ({"time_zone": "Mars/Olympus"}, "there is no time zone Mars/Olympus"),
    ],
)
def test_what_is_wrong_is_named(change: dict[str, Any], expected: str) -> None:
    window = dataclasses.replace(WINDOW, **change)
    assert any(f"downtimes.{window.key}: {expected}" in problem for problem in problems(window))
    assert problems(WINDOW) == []


def test_a_key_used_twice_is_named() -> None:
    assert "downtimes.example: 2 windows have this key (keys are unique)" in problems(
        WINDOW, dataclasses.replace(WINDOW, day=Day.MONDAY)
    )
