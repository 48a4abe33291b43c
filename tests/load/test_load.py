"""Real load on the reference app: what is slower is found, what is not is not, and how much it carries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from contract.telemetry import METRICS
from contract.telemetry.load_test import ENDPOINTS, SCENARIOS
from load_test.capacity import capacity
from load_test.compare import Verdict, compare, regressed
from load_test.drive import Load, drive
from load_test.noise import baseline
from load_test.reference import Baseline
from load_test.results import Run, write
from reports.load import load, objectives
from tests.load.conftest import UnderLoad

RUNS = 3
LOADS = (1, 2, 4, 8, 16)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("runs")


def one_run(under_load: UnderLoad, file: Path, build: str = "one", users: int = 4, seconds: float = 7) -> Run:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DD_DOGSTATSD_URL", f"unix://{under_load.metrics.path}")
        patched.setenv("DD_SERVICE", "genonaut-load-test")
        patched.setenv("DD_ENV", "sandbox")
        return drive(Load(host=under_load.url, build=build, users=users, seconds=seconds, pace=40, warm_up=1), file)


@pytest.fixture(scope="session")
def normal(under_load: UnderLoad, folder: Path) -> Baseline:
    # The first run finds caches cold and code not yet compiled.
    one_run(under_load, folder / "warm.json", seconds=3)
    return baseline([one_run(under_load, folder / f"one-{number}.json") for number in range(RUNS)])


@contextmanager
def slow_tags(under_load: UnderLoad, seconds: float) -> Iterator[None]:
    """The database takes longer over every list of tags."""
    with under_load.backends.postgres.session("genonaut_app") as session:
        session.execute("ALTER TABLE tags RENAME TO tags_as_they_were")
        slower = f"SELECT tags_as_they_were.* FROM tags_as_they_were, pg_sleep({seconds}) AS slept"  # noqa: S608
        session.execute(f"CREATE VIEW tags AS {slower}")
        try:
            yield
        finally:
            session.execute("DROP VIEW tags")
            session.execute("ALTER TABLE tags_as_they_were RENAME TO tags")


def test_the_same_build_is_not_slower(under_load: UnderLoad, normal: Baseline, folder: Path) -> None:
    findings = compare(normal, one_run(under_load, folder / "two.json", "two"))
    assert not regressed(findings), findings
    assert any(one.verdict is Verdict.PASS for one in findings if one.what == "p50")


def test_a_slow_query_is_a_regression_where_it_is(
    under_load: UnderLoad, normal: Baseline, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(normal, folder / "baseline.json")
    monkeypatch.setenv("LOAD_BASELINE", str(folder / "baseline.json"))
    with slow_tags(under_load, 0.3):
        findings = compare(normal, one_run(under_load, folder / "slow.json", "slow"))
    assert {one.endpoint for one in findings if one.verdict is Verdict.REGRESSION} == {"tags"}
    verdict = CliRunner().invoke(
        load, ["compare", "--baseline", str(folder / "baseline.json"), str(folder / "slow.json")]
    )
    assert verdict.exit_code == 1
    assert "REGRESSION: tags p50" in verdict.output
    # The run has compared itself, too, and told how the endpoints with enough requests did.
    told = [one for one in under_load.metrics.samples() if one.name == "genonaut.load_test.regression"]
    assert {dict(one.tags)["endpoint"] for one in told} & {"content", "unified"}


def test_what_is_sent_is_what_the_contract_says(under_load: UnderLoad, normal: Baseline) -> None:
    samples = [one for one in under_load.metrics.samples() if one.name.startswith("genonaut.load_test.")]
    assert under_load.metrics.wrong == []
    sent = {one.name for one in samples}
    assert {f"genonaut.load_test.{name}" for name in ("response.duration", "requests", "users")} <= sent
    for sample in samples:
        metric = METRICS[sample.name]
        assert sample.type is metric.type, sample
        tags = dict(sample.tags)
        assert tags["scenario"] in SCENARIOS
        assert tags.get("endpoint", ENDPOINTS[0]) in ENDPOINTS
        assert set(tags) <= {tag.key for tag in metric.tags}, sample
        assert tags["service"] == "genonaut-load-test"


def test_how_much_it_carries(under_load: UnderLoad, folder: Path) -> None:
    runs = [one_run(under_load, folder / f"load-{users}.json", "one", users, seconds=4) for users in LOADS]
    found = capacity(runs, objectives("staging"))
    assert found.law.explained > 0.8
    busiest = max(run.throughput for run in runs)
    assert found.law.throughput(LOADS[-1]) == pytest.approx(runs[-1].throughput, rel=0.4)
    assert busiest > runs[0].throughput
    files = [str(folder / f"load-{users}.json") for users in LOADS]
    said = CliRunner().invoke(load, ["capacity", "--plot", str(folder / "capacity.png"), *files])
    assert said.exit_code == 0, said.output
    assert "Highest measured" in said.output
    assert "95th percentile, pages" in said.output
    assert (folder / "capacity.png").read_bytes().startswith(b"\x89PNG")


def test_a_run_that_reaches_nobody_says_so(folder: Path) -> None:
    load_on_nobody = Load(host="http://127.0.0.1:9", build="none", users=1, seconds=1, pace=50, warm_up=1)
    run = drive(load_on_nobody, folder / "nobody.json")
    assert all(one.failures == one.requests for one in run.endpoints.values())
