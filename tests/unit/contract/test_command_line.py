from __future__ import annotations

import json
from pathlib import Path

import pytest

from contract.__main__ import main

GOOD = {"type": "query alert", "query": "avg(last_5m):avg:a{*} > 5", "options": {"thresholds": {"critical": 5}}}


def test_check_prints_one_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [
        json.dumps(GOOD),
        "",
        json.dumps(GOOD | {"query": "avg(last_5m):avg:a{} > 5"}),
        json.dumps(GOOD | {"options": {"thresholds": {"critical": 6, "warning": 7}}}),
        "no json",
        "[]",
        json.dumps({"type": "query alert"}),
        json.dumps({"query": GOOD["query"], "options": None}),
    ]
    path = tmp_path / "monitors.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")

    assert main(["check", str(path)]) == 1
    report = json.loads(capsys.readouterr().out)
    assert (report["accepted"], report["rejected"]) == (1, 6)
    assert [row["line"] for row in report["rejections"]] == [3, 4, 5, 6, 7, 8]
    assert "the scope is empty" in report["rejections"][0]["reasons"][0]
    assert len(report["rejections"][1]["reasons"]) == 2


def test_check_is_content_with_right_monitors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "monitors.jsonl"
    path.write_text(json.dumps(GOOD) + "\n", encoding="utf-8")
    assert main(["check", str(path)]) == 0
    assert json.loads(capsys.readouterr().out) == {"accepted": 1, "rejected": 0, "rejections": []}


def test_check_of_a_file_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path / "missing.jsonl")]) == 2
    assert "missing.jsonl" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (
            "max(last_10m):p95:trace.fastapi.request{env:production,!service:flower} by {service} > 2",
            "Alerts when the maximum over the last 10 minutes of the 95th percentile of trace.fastapi.request where"
            " env is production and service is not flower is above 2, separately for each service.",
        ),
        (
            "pct_change(avg(last_1h),1d_ago):sum:users.registered{*}.as_count() < -50",
            "Alerts when the average over the last 1 hour of the percentage by which the sum of users.registered over"
            " everything, counted differs from 1 day earlier is below -50.",
        ),
        ("100 * avg:a{x:*}", "100 times the average of a where x is set"),
        (
            'logs("service:api status:error").index("*").rollup("count").by("host").last("5m") >= 3',
            "Alerts when the number of logs where service is api and status is error over the last 5 minutes is"
            " 3 or more, separately for each host.",
        ),
        ("!12 && 34", "Alerts when not monitor 12 alerts and monitor 34 alerts."),
        (
            'burn_rate("abc").over("30d").long_window("1h").short_window("5m") > 14.4',
            "Alerts when the error budget of SLO abc (30 days) burns at a rate above 14.4 over 1 hour and still over"
            " 5 minutes.",
        ),
        (
            '"datadog.agent.up".over("env:prod").by("host").last(2).count_by_status()',
            "Alerts when as many of its last 2 statuses in a row are bad as the thresholds say, for the check"
            " datadog.agent.up on env:prod, separately for each host.",
        ),
    ],
)
def test_explain(query: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", query]) == 0
    assert capsys.readouterr().out.strip() == words


def test_explain_points_at_what_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "avg(last_5m):avg:a{*} + nosuch(avg:b{*}) > 5"]) == 1
    reason, _, caret = capsys.readouterr().err.rstrip().splitlines()
    assert reason.startswith("unknown function 'nosuch'")
    assert caret.strip() == "^"
