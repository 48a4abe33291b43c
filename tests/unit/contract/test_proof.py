"""The proof refuses what nobody emits."""

from __future__ import annotations

import pytest

from contract.proof import prove_metric, prove_monitor

GOOD = "sum(last_5m):sum:trace.fastapi.request.errors{env:production,service:genonaut-api}.as_count() > 5"


def test_what_is_emitted_is_proved() -> None:
    assert prove_monitor("query alert", GOOD, {"thresholds": {"critical": 5}}) == []
    assert prove_metric("p95:pagination.query.duration{$env,service:genonaut-api} by {offset_range}") == []


@pytest.mark.parametrize(
    ("query", "finding"),
    [
        ("avg:trace.fastapi.reqest.hits{*}", "nobody emits the metric trace.fastapi.reqest.hits; did you mean"),
        ("sum:pagination.query.count{cluster:blue}", "carries no tag cluster"),
        ("sum:pagination.query.count{*} by {pod_name}", "carries no tag pod_name"),
        ("sum:pagination.query.count{$region}", "carries no tag region"),
        ("sum:pagination.query.count{region IN (a, b)}", "carries no tag region"),
        ("p95:pagination.query.count{*}", "only distributions have percentiles"),
        ("sum:pagination.query.count{", ""),
    ],
)
def test_what_is_not_emitted_is_refused(query: str, finding: str) -> None:
    findings = prove_metric(query)
    assert findings
    assert finding in findings[0]


def test_a_threshold_that_is_not_the_query_s_is_refused() -> None:
    assert prove_monitor("query alert", GOOD, {"thresholds": {"critical": 6}})


def test_every_finding_is_reported() -> None:
    assert len(prove_metric("sum:pagination.query.count{a:1} by {b} + avg:no.such.metric{*}")) == 3
