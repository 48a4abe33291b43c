"""Runs that are interrupted, fail half-way or are killed: what follows always ends in the same cloud."""

from __future__ import annotations

import signal
import subprocess
import time
from collections import Counter
from pathlib import Path

import pytest

from infra.naming import PROJECT
from sandbox.home import Home
from tests.e2e.lab import STACK, Lab, signal_group, wait_until_paused
from tools.engine import Engine
from tools.pulumi import Pulumi
from tools.recover.recover import Endpoints, Recovery

SMALL = Path(__file__).parent / "small"
"""What is disturbed a hundred times has few resources, of every kind; the engine goes about more in the same way."""
POINTS = range(1, 21)
PAUSE = 1.5
"""Seconds an operation is held open, so that a signal meets it."""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory, home: Home, engine: Engine) -> Lab:
    """A stack of the small program that was set up and never run."""
    lab = Lab(tmp_path_factory.mktemp("small-template"), home, engine, SMALL)
    lab.set_up()
    return lab


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory, home: Home, engine: Engine, template: Lab) -> Lab:
    """The same after one run that nothing disturbed."""
    lab = Lab(tmp_path_factory.mktemp("small-finished") / "lab", home, engine)
    lab.bring_up(template)
    return lab


@pytest.fixture(scope="module")
def undisturbed(finished: Lab) -> list[str]:
    """The cloud after it."""
    finished.restore_cloud(finished.kept_cloud)
    objects = finished.objects()
    assert objects
    return objects


def assert_as_if_undisturbed(lab: Lab, undisturbed: list[str]) -> None:
    assert lab.objects() == undisturbed
    known = Counter((one["type"], one.get("id")) for one in lab.state()["resources"] if one.get("custom"))
    made = Counter((one.type, one.id) for one in lab.cloud.objects())
    assert made == Counter({key: count for key, count in known.items() if not key[0].startswith("pulumi:")})


@pytest.mark.slow
@pytest.mark.parametrize("n", POINTS)
def test_interrupted(lab: Lab, undisturbed: list[str], n: int) -> None:
    lab.cloud.faults.add("slow", "create", n, delay=PAUSE, when="after" if n % 2 else "before")
    process = lab.begin_up()
    wait_until_paused(lab, process)
    if n % 4 < 2:
        signal_group(process, signal.SIGINT)
    else:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    assert process.returncode != 0
    assert len(lab.cloud.objects()) < len(undisturbed)
    lab.up()
    assert_as_if_undisturbed(lab, undisturbed)


@pytest.mark.slow
@pytest.mark.parametrize("n", POINTS)
def test_the_nth_create_fails(lab: Lab, undisturbed: list[str], n: int) -> None:
    lab.cloud.faults.add("fail", "create", n)
    failed = lab.up(check=False)
    assert failed.returncode != 0
    assert "Traceback" not in failed.stdout + failed.stderr
    assert len(lab.cloud.objects()) < len(undisturbed)
    lab.up()
    assert_as_if_undisturbed(lab, undisturbed)


@pytest.mark.slow
@pytest.mark.parametrize("n", POINTS)
def test_killed(lab: Lab, undisturbed: list[str], n: int, capsys: pytest.CaptureFixture[str]) -> None:
    lab.cloud.faults.add("slow", "create", n, delay=PAUSE, when="after" if n % 2 else "before")
    kill_while_paused(lab, lab.begin_up())
    assert recover(lab)
    assert "  adopt " in capsys.readouterr().out, "nothing was orphaned: the test proves nothing"
    lab.up()
    assert_as_if_undisturbed(lab, undisturbed)


@pytest.mark.slow
def test_killed_while_changing(running: Lab, undisturbed: list[str]) -> None:
    running.set("routing.warning", ["other@example.com"])
    running.cloud.faults.add("slow", "update", 1, delay=PAUSE, when="after")
    kill_while_paused(running, running.begin_up())
    running.set("routing.warning", ["slack-genonaut-sandbox"])
    assert recover(running)
    running.up()
    assert_as_if_undisturbed(running, undisturbed)


@pytest.mark.slow
def test_killed_while_deleting(running: Lab) -> None:
    running.cloud.faults.add("slow", "delete", 5, delay=PAUSE, when="after")
    kill_while_paused(running, running.begin("destroy"))
    assert recover(running)
    running.pulumi("destroy", "--yes", "--skip-preview")
    assert running.cloud.objects() == []
    assert running.state().get("resources", []) == []


@pytest.mark.slow
def test_what_no_state_knows_is_removed(running: Lab, undisturbed: list[str]) -> None:
    exported = running.folder / "before.json"
    monitor = running.resource("api-error-rate")
    running.pulumi("stack", "export", "--file", str(exported))
    running.pulumi("state", "delete", monitor["urn"], "--yes")
    assert recover(running)
    assert monitor["id"] not in {one.id for one in running.cloud.objects()}
    running.up()
    assert_as_if_undisturbed(running, undisturbed)


def test_a_state_cut_off_while_it_was_written_is_mended(running: Lab, undisturbed: list[str]) -> None:
    side_file = running.state_folder / ".pulumi" / "stacks" / PROJECT / f"{STACK}.json.attrs"
    side_file.write_text("")
    assert "failed to load checkpoint" in running.up(check=False).stderr
    assert recover(running)
    running.up("--expect-no-changes")
    assert_as_if_undisturbed(running, undisturbed)


def test_recovery_of_an_undisturbed_stack_finds_nothing(
    running: Lab, undisturbed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert recover(running)
    assert "nothing" in capsys.readouterr().out
    assert running.objects() == undisturbed


def test_recovery_does_nothing_unasked(running: Lab, capsys: pytest.CaptureFixture[str]) -> None:
    running.pulumi("state", "delete", running.resource("api-error-rate")["urn"], "--yes")
    before = running.objects()
    assert not recovery(running).run(lambda _: False)
    assert "REMOVE  Monitor" in capsys.readouterr().out
    assert running.objects() == before


def kill_while_paused(lab: Lab, process: subprocess.Popen[str]) -> None:
    wait_until_paused(lab, process)
    signal_group(process, signal.SIGKILL)
    # The request was under way: the vendor carries it out whoever still listens.
    time.sleep(PAUSE + 0.3)


def recover(lab: Lab) -> bool:
    return recovery(lab).run(lambda _: True)


def recovery(lab: Lab) -> Recovery:
    server = lab.home.running()
    assert server is not None
    return Recovery(
        stack=STACK,
        pulumi=Pulumi(project=lab.project, environment=lab.environment),
        endpoints=Endpoints.of_sandbox(server["http"]),
    )
