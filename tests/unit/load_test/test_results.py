from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from load_test.recorder import Recorder
from load_test.results import QUANTILES, ResultsError, Run, latency, read, write
from tests.unit.load_test.runs import run


@given(st.lists(st.floats(1e-6, 1e3), min_size=1, max_size=300))
def test_a_quantile_covers_its_share_and_no_smaller_duration_does(durations: list[float]) -> None:
    found = latency(durations)
    for name, share in QUANTILES.items():
        value = getattr(found, name)
        needed = math.ceil(round(share * 100) * len(durations) / 100)
        assert sum(one <= value for one in durations) >= needed
        assert sum(one < value for one in durations) < needed


def test_a_run_survives_its_file(tmp_path: Path) -> None:
    kept = run(1)
    write(kept, tmp_path / "run.json")
    assert read(Run, tmp_path / "run.json") == kept
    assert [file.name for file in tmp_path.iterdir()] == ["run.json"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Invalid JSON"),
        ('{"build": "", "scenario": "mixed", "users": 0, "seconds": 1, "endpoints": {}}', "users"),
        (run(1).model_dump_json().replace('"failures":', '"failures": 99999, "ignored":'), "ignored"),
    ],
)
def test_a_file_that_is_no_run_is_explained(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "run.json"
    file.write_text(text)
    with pytest.raises(ResultsError, match=told) as error:
        read(Run, file)
    assert "run.json" in str(error.value)


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "run.json"
    file.write_text('{"build": "", "scenario": "mixed", "users": 0, "seconds": -1, "endpoints": {}}')
    with pytest.raises(ResultsError) as error:
        read(Run, file)
    assert len(str(error.value).splitlines()) == 4


def test_a_missing_file_is_explained(tmp_path: Path) -> None:
    with pytest.raises(ResultsError, match="cannot be read"):
        read(Run, tmp_path / "nothing.json")


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_requests_before_everybody_is_there_do_not_count() -> None:
    clock = Clock()
    recorder = Recorder(build="one", scenario="mixed", clock=clock)
    recorder.add("content", 9.0, failed=True)
    assert recorder.run(4) is None
    clock.now = 10
    recorder.begin()
    assert recorder.run(4) is None
    for _ in range(100):
        clock.now += 0.1
        recorder.add("content", 0.05, failed=False)
    recorder.add("search", 0.2, failed=True)
    found = recorder.run(4)
    assert found is not None
    assert found.seconds == pytest.approx(10)
    assert found.endpoints["content"].requests == 100
    assert found.endpoints["content"].latency.p99 == 0.05
    assert (found.endpoints["search"].failures, found.endpoints["search"].requests) == (1, 1)
    assert found.throughput == pytest.approx(10)
