from __future__ import annotations

from typing import Any

import pytest

from contract.query import check_options, parse_monitor

ANOMALY = "avg(last_4h):anomalies(avg:a{*}, 'agile', 2, direction='both', alert_window='last_15m', interval=60) >= 1"
WINDOWS = {"trigger_window": "last_15m", "recovery_window": "last_15m"}
CHECK = '"http.can_connect".over("*").by("*").last(2).count_by_status()'


def paths(kind: str, query: str, options: dict[str, Any]) -> list[str]:
    return [finding.path for finding in check_options(parse_monitor(kind, query, options), options)]


@pytest.mark.parametrize(
    ("query", "thresholds", "expected"),
    [
        ("avg(last_5m):avg:a{*} > 5", {}, []),
        ("avg(last_5m):avg:a{*} > 5", {"critical": 5}, []),
        ("avg(last_5m):avg:a{*} > 5", {"critical": "5.0"}, []),
        ("avg(last_5m):avg:a{*} > 5", {"critical": 6}, ["thresholds.critical"]),
        ("avg(last_5m):avg:a{*} > 5", {"critical": None, "warning": 3}, ["thresholds.critical"]),
        ("avg(last_5m):avg:a{*} > 5", {"warning": 3}, ["thresholds.critical"]),
        ("avg(last_5m):avg:a{*} > threshold", {"critical_query": "avg:b{*}"}, []),
        ("avg(last_5m):avg:a{*} > threshold", {"critical": 5}, ["thresholds.critical_query"]),
        ("avg(last_5m):avg:a{*} > 20", {"critical": 20, "warning": 50}, ["thresholds.warning"]),
        ("avg(last_5m):avg:a{*} > 20", {"critical": 20, "warning": 20}, ["thresholds.warning"]),
        ("avg(last_5m):avg:a{*} < 20", {"critical": 20, "warning": 50}, []),
        ("avg(last_5m):avg:a{*} < 20", {"critical": 20, "warning": 10}, ["thresholds.warning"]),
        ("avg(last_5m):avg:a{*} > 20", {"critical": 20, "critical_recovery": 20}, []),
        ("avg(last_5m):avg:a{*} > 20", {"critical": 20, "critical_recovery": 21}, ["thresholds.critical_recovery"]),
        ("avg(last_5m):avg:a{*} <= 20", {"critical": 20, "critical_recovery": 19}, ["thresholds.critical_recovery"]),
        (
            "avg(last_5m):avg:a{*} > 20",
            {"critical": 20, "warning": 10, "warning_recovery": 11},
            ["thresholds.warning_recovery"],
        ),
        ("avg(last_5m):avg:a{*} == 20", {"critical": 20, "warning": 50}, []),
    ],
)
def test_thresholds(query: str, thresholds: dict[str, Any], expected: list[str]) -> None:
    assert paths("query alert", query, {"thresholds": thresholds}) == expected


@pytest.mark.parametrize(
    ("window", "scheduling", "expected"),
    [
        ("last_1h", None, []),
        ("last_1h", {"evaluation_window": {"hour_starts": 0}}, ["scheduling_options.evaluation_window"]),
        ("last_1h", {"custom_schedule": {}}, []),
        ("current_1h", {"evaluation_window": {"hour_starts": 0}}, []),
        ("current_1h", [{"evaluation_window": [{"hour_starts": 0}]}], []),
        ("current_1h", None, ["scheduling_options.evaluation_window"]),
    ],
)
def test_evaluation_window_goes_with_a_current_window(window: str, scheduling: Any, expected: list[str]) -> None:
    options = {"scheduling_options": scheduling}
    assert paths("metric alert", f"avg({window}):avg:a{{*}} > 5", options) == expected


@pytest.mark.parametrize(
    ("thresholds", "expected"),
    [
        ({"critical": 2, "ok": 1, "warning": 1}, []),
        ({"critical": 3, "ok": 1, "warning": 1}, ["thresholds.critical"]),
        ({"critical": 1, "ok": 4, "warning": 3}, ["thresholds.ok", "thresholds.warning"]),
        ({"critical": "3"}, ["thresholds.critical"]),
    ],
)
def test_service_checks_look_far_enough_back(thresholds: dict[str, Any], expected: list[str]) -> None:
    assert paths("service check", CHECK, {"thresholds": thresholds}) == expected


def test_cluster_alerts_compare_percentages() -> None:
    query = CHECK.replace("count_by_status", "pct_by_status")
    assert paths("service check", query, {"thresholds": {"critical": 50}}) == []


@pytest.mark.parametrize(
    ("query", "windows", "critical", "expected"),
    [
        (ANOMALY, WINDOWS, 1, []),
        (ANOMALY, {}, 1, ["threshold_windows.trigger_window", "threshold_windows.recovery_window"]),
        (ANOMALY, [WINDOWS], 1, []),
        (ANOMALY, WINDOWS | {"trigger_window": "last_30m"}, 1, ["threshold_windows.trigger_window"]),
        (ANOMALY.replace("last_15m", "last_4h"), {"trigger_window": "last_4h", "recovery_window": "last_2h"}, 1, []),
        (ANOMALY.replace("last_4h", "last_10m"), WINDOWS, 1, ["query"]),
        (ANOMALY.replace("interval=60", "interval=181"), WINDOWS, 1, ["query"]),
        (ANOMALY.replace("interval=60", "interval=180"), WINDOWS, 1, []),
        ("avg(last_1h):anomalies(avg:a{*}, 'basic', 2, direction='above') >= 1", None, 1, []),
    ],
)
def test_anomaly_windows(query: str, windows: Any, critical: float, expected: list[str]) -> None:
    assert paths("query alert", query, {"thresholds": {"critical": critical}, "threshold_windows": windows}) == expected


@pytest.mark.parametrize(
    ("threshold", "recovery", "overlaps"),
    [(0.5, "last_120m", True), (0.5, "last_121m", False), (0.8, "last_48m", True), (0.8, "last_49m", False)],
)
def test_anomaly_recovery_window_as_documented(threshold: float, recovery: str, overlaps: bool) -> None:
    """Four hours at 50 % need 121 minutes, at 80 % 49 minutes ("Anomaly Monitor")."""
    query = f"avg(last_1d):anomalies(avg:a{{*}}, 'agile', 2, alert_window='last_4h', interval=60) >= {threshold}"
    options = {
        "thresholds": {"critical": threshold},
        "threshold_windows": {"trigger_window": "last_4h", "recovery_window": recovery},
    }
    assert paths("query alert", query, options) == ["threshold_windows.recovery_window"] * overlaps


def test_formula_variables_are_defined_and_right() -> None:
    options = {
        "variables": [
            {"name": "a", "data_source": "metrics", "query": "avg:x{}"},
            {"name": "b", "data_source": "logs", "search": {"query": "service:api AND"}},
        ]
    }
    query = 'formula("a / b + c").last("5m") > 1'
    findings = check_options(parse_monitor("log alert", query, options), options)
    assert [finding.path for finding in findings] == ["variables", "variables[0]", "variables[1]"]
    assert "'c'" in findings[0].reason
    assert "the scope is empty" in findings[1].reason
    assert "dangling AND" in findings[2].reason


def test_all_findings_at_once_each_with_its_path() -> None:
    options = {
        "thresholds": {"critical": 0.9, "warning": 1.5},
        "scheduling_options": {"evaluation_window": {"hour_starts": 0}},
        "threshold_windows": {"trigger_window": "last_15m"},
    }
    findings = check_options(parse_monitor("query alert", ANOMALY), options)
    assert [str(finding).split(":")[0] for finding in findings] == [
        "thresholds.critical",
        "thresholds.warning",
        "scheduling_options.evaluation_window",
        "threshold_windows.recovery_window",
    ]


@pytest.mark.parametrize("options", [{"thresholds": [1]}, {"thresholds": {"critical": True}}, {"variables": "x"}, {}])
def test_options_of_a_wrong_shape_do_not_crash(options: dict[str, Any]) -> None:
    check_options(parse_monitor("log alert", 'formula("a").last("5m") > 1', options), options)
