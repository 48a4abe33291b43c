from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from load_test.capacity import capacity, fit
from load_test.plot import draw
from load_test.results import Endpoint, Latency, ResultsError, Run
from load_test.shapes import Objective, law
from load_test.text import report

LOADS = (1, 2, 4, 8, 16, 32, 64)
OBJECTIVE = Objective(name="95th percentile", measure=lambda run: run.endpoints["content"].latency.p95, limit=0.5)


def loaded(users: int, throughput: float, p95: float = 0.1) -> Run:
    requests = max(1, round(throughput * 60))
    one = Endpoint(requests=requests, failures=0, latency=Latency(p50=p95 / 2, p95=p95, p99=p95 * 2))
    return Run(build="one", scenario="mixed", users=users, seconds=60, endpoints={"content": one})


@settings(deadline=None)
@given(st.floats(1, 100), st.floats(0.001, 0.5), st.floats(1e-4, 0.02))
def test_a_law_is_found_again(alone: float, contention: float, coherency: float) -> None:
    found = fit([(n, law(n, alone, contention, coherency)) for n in LOADS])
    for n in LOADS:
        assert found.throughput(n) == pytest.approx(law(n, alone, contention, coherency), rel=0.02)
    assert found.explained > 0.99


def test_the_peak_is_where_throughput_is_highest() -> None:
    found = fit([(n, law(n, 20, 0.05, 0.001)) for n in LOADS])
    assert found.peak is not None
    assert found.peak == pytest.approx(((1 - 0.05) / 0.001) ** 0.5, rel=0.01)
    assert found.throughput(found.peak) >= max(found.throughput(n) for n in range(1, 200)) - 1e-6


def test_throughput_that_only_grows_has_no_peak() -> None:
    found = fit([(n, 10.0 * n) for n in LOADS])
    assert found.peak is None or found.peak > max(LOADS) * 10


def test_an_objective_breaks_between_two_loads() -> None:
    runs = [loaded(n, law(n, 20, 0.05, 0.001), p95=0.02 * n) for n in LOADS]
    (found,) = capacity(runs, [OBJECTIVE]).breaks
    assert found.users == pytest.approx(25)
    assert found.throughput == pytest.approx(law(25, 20, 0.05, 0.001), rel=0.02)
    assert "breaks at about 25 users" in report(capacity(runs, [OBJECTIVE]))


def test_an_objective_that_holds_is_said_to() -> None:
    found = capacity([loaded(n, 10.0 * n) for n in LOADS], [OBJECTIVE])
    assert found.breaks[0].users is None
    assert "holds up to the 64 users" in report(found)


def test_too_few_loads_are_refused() -> None:
    with pytest.raises(ResultsError, match="3 different numbers of users are too few"):
        capacity([loaded(n, 10.0 * n) for n in (1, 2, 4)], [OBJECTIVE])


def test_a_picture_is_drawn(tmp_path: Path) -> None:
    found = capacity([loaded(n, law(n, 20, 0.05, 0.001), p95=0.02 * n) for n in LOADS], [OBJECTIVE])
    draw(found, [OBJECTIVE], tmp_path / "capacity.png")
    assert (tmp_path / "capacity.png").read_bytes().startswith(b"\x89PNG")
    (tmp_path / "again.png").write_bytes(b"")
    draw(found, [OBJECTIVE], tmp_path / "again.png")
    assert (tmp_path / "again.png").read_bytes() == (tmp_path / "capacity.png").read_bytes()
