"""What the real API is known to refuse, as far as the query and the options decide it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from contract.__main__ import check

ANOMALY = "avg(last_1d):anomalies(avg:a{*}, 'agile', 2, alert_window='last_4h', interval=60) >= 0.5"


@pytest.mark.parametrize(
    ("kind", "query", "options", "reason"),
    [
        (
            "log alert",
            "logs('service:eks status:error').index('*').rollup('count').last('5m') > 5",
            {},
            "single quotes",
        ),
        ("log alert", "query", {}, "expected"),
        ("query alert", "avg(last_5m):avg:a{*} > 5", {"thresholds": {"critical": 6}}, "does not match the 5"),
        ("query alert", "avg(last_5m):avg:a{*} > 5", {"thresholds": {"warning": 4}}, "need the critical one"),
        ("query alert", "sum(last_1d):sum:a{*} < 5", {"thresholds": {"critical": 1, "ok": 5}}, "does not match the 5"),
        (
            "metric alert",
            "avg(last_1h):avg:a{*} > 5",
            {"scheduling_options": {"evaluation_window": {"hour_starts": 0}}},
            "goes with a current window only",
        ),
        ("metric alert", "avg(current_1h):avg:a{*} > 5", {}, "say when the current 1h starts"),
        ("service check", '"http.can_connect".over("*").last(2).count_by_status()', {}, "needs a grouping"),
        (
            "service check",
            '"http.can_connect".over("*").by("host").last(2).count_by_status()',
            {"thresholds": {"critical": 3}},
            "3 in a row never occur",
        ),
        (
            "query alert",
            ANOMALY,
            {
                "thresholds": {"critical": 0.5},
                "threshold_windows": {"trigger_window": "last_4h", "recovery_window": "last_1h"},
            },
            "in alert and in recovery at once",
        ),
        (
            "query alert",
            "avg(last_5m):avg:a{*} > 5",
            {"thresholds": {"critical": 5, "critical_recovery": 6}},
            "in alert and in recovery at once",
        ),
        ("", "avg(last_5m):avg:a{*} > 5", {}, "'type' is required"),
        (
            "query alert",
            "avg(last_5m):avg:a{*} > 20",
            {"thresholds": {"critical": 20, "warning": 50}},
            "must be less than the critical threshold",
        ),
    ],
)
def test_refused_by_the_api(kind: str, query: str, options: dict[str, Any], reason: str) -> None:
    report = check([json.dumps({"type": kind, "query": query, "options": options})])
    assert report["rejected"] == 1
    assert any(reason in found for found in report["rejections"][0]["reasons"])


@pytest.mark.parametrize("target_is_elsewhere", ["14.4", "9.9"])
def test_a_burn_rate_is_not_judged_without_its_target(target_is_elsewhere: str) -> None:
    query = f'burn_rate("abc").over("30d").long_window("1h").short_window("5m") > {target_is_elsewhere}'
    row = {"type": "slo alert", "query": query, "options": {"thresholds": {"critical": float(target_is_elsewhere)}}}
    assert check([json.dumps(row)])["accepted"] == 1
