from __future__ import annotations

from collections.abc import Callable

import pytest

from load_test.compare import Verdict, compare, regressed
from load_test.noise import baseline
from load_test.reference import Baseline
from load_test.results import ResultsError, Run
from load_test.text import comparison
from tests.unit.load_test.runs import ENDPOINTS, run


@pytest.fixture(scope="module")
def normal() -> Baseline:
    return baseline([run(seed) for seed in range(5)])


def test_the_same_build_is_hardly_ever_called_slower() -> None:
    # Each time with a baseline of its own, as people have one: 1 % of 100 is expected, and more than 5 is no chance
    # (binomial, below 0.1 %).
    alarms = 0
    for trial in range(100):
        first = 100 + trial * 6
        reference = baseline([run(first + number, requests=1000) for number in range(5)])
        alarms += regressed(compare(reference, run(first + 5, requests=1000)))
    assert alarms <= 5


def test_a_query_that_became_slow_is_found_where_it_is(normal: Baseline) -> None:
    findings = compare(normal, run(50, slower={"search": 1.5}))
    slow = {(one.endpoint, one.what) for one in findings if one.verdict is Verdict.REGRESSION}
    assert {("search", "p50"), ("search", "p95")} <= slow
    assert {endpoint for endpoint, _ in slow} == {"search"}
    assert regressed(findings)
    assert comparison(findings).splitlines()[-1].startswith("REGRESSION: search p50")


def test_what_became_faster_is_said_and_passes(normal: Baseline) -> None:
    findings = compare(normal, run(51, slower={"search": 0.5}))
    assert {one.endpoint for one in findings if one.verdict is Verdict.FASTER} == {"search"}
    assert not regressed(findings)


def test_failures_beyond_chance_are_a_regression(normal: Baseline) -> None:
    findings = compare(normal, run(52, failing={"content": 0.05}))
    assert [(one.endpoint, one.what) for one in findings if one.verdict is Verdict.REGRESSION] == [
        ("content", "failures")
    ]


def test_a_few_failures_among_few_requests_are_none(normal: Baseline) -> None:
    few = run(53, requests=100, failing={"content": 0.02})
    found = [one for one in compare(normal, few) if one.endpoint == "content" and one.what == "failures"]
    assert [one.verdict for one in found] == [Verdict.PASS]


def test_a_percentile_of_few_requests_is_not_judged(normal: Baseline) -> None:
    judged = {
        one.what: one.verdict for one in compare(normal, run(54, requests=300, slower=dict.fromkeys(ENDPOINTS, 3)))
    }
    assert judged["p99"] is Verdict.TOO_FEW
    assert judged["p95"] is Verdict.REGRESSION


def test_an_endpoint_that_was_not_reached_does_not_pass(normal: Baseline) -> None:
    whole = run(55)
    part = whole.model_copy(update={"endpoints": {k: v for k, v in whole.endpoints.items() if k != "search"}})
    findings = compare(normal, part)
    assert {one.verdict for one in findings if one.endpoint == "search"} == {Verdict.MISSING}
    assert regressed(findings)


def test_another_load_is_not_compared(normal: Baseline) -> None:
    with pytest.raises(ResultsError, match="users was 9, and 8 in the baseline"):
        compare(normal, run(56, users=9))


@pytest.mark.parametrize(
    ("runs", "told"),
    [
        (lambda: [run(1), run(2)], "at least 3"),
        (lambda: [run(1), run(2), run(3, build="two")], "build is one, two"),
        (lambda: [run(1), run(2), run(3).model_copy(update={"endpoints": {"search": run(3).endpoints["search"]}})],
         "not in every run: content"),
    ],
)  # fmt: skip
def test_what_is_no_baseline(runs: Callable[[], list[Run]], told: str) -> None:
    with pytest.raises(ResultsError, match=told):
        baseline(runs())


def test_noise_widens_the_band() -> None:
    quiet = baseline([run(seed, noise=0.005) for seed in range(5)])
    loud = baseline([run(seed, noise=0.15) for seed in range(5)])
    for name in ENDPOINTS:
        assert quiet.endpoints[name].latency["p50"].band < loud.endpoints[name].latency["p50"].band
        assert quiet.endpoints[name].latency["p50"].band >= 0.05
