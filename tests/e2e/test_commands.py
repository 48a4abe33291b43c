"""What the README tells people to type, and what they see."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from infra.history import HISTORY
from sandbox import process
from sandbox.cloud import Cloud
from sandbox.home import HOME_VARIABLE, Home
from tools.engine import Engine
from tools.engine.engine import ROOT
from tools.recover.found import SETTINGS

LIMIT = 180.0
"""Seconds one command may take."""


class Shell:
    """A person's shell in the project's folder, with a sandbox of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # Nothing of the engine that runs the tests: a person has none of it.
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith("PULUMI_")}
        self.environment[HOME_VARIABLE] = str(folder / "cloud")
        self.first_up = ""

    def run(self, command: str, *, check: bool = True) -> str:
        done = subprocess.run(
            ["bash", "-c", command], cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=LIMIT,
            check=False,
        )  # fmt: skip
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    def stack(self, command: str, stack: str = "sandbox", *, check: bool = True) -> str:
        verb, *options = command.split()
        words = [".venv/bin/python -m tools.stack", verb, "--stack", stack, "--cloud sandbox", *options]
        return self.run(" ".join(words), check=check)

    def home(self, stack: str = "sandbox") -> Home:
        return Home(self.folder / ("cloud" if stack == "sandbox" else f"cloud-{stack}"))


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory, engine: Engine) -> Iterator[Shell]:
    """A stack that is up, and stays so."""
    shell = Shell(tmp_path_factory.mktemp("shell"))
    shell.first_up = shell.stack("up")
    yield shell
    for stack in ("sandbox", "production"):
        process.stop(shell.home(stack))


def counts(printed: str) -> dict[str, dict[str, int]]:
    """The table that sums up a run: provider -> word -> count."""
    (head,) = re.findall(r"^ {2}( +(?:created|updated|replaced|deleted|unchanged).*)$", printed, re.MULTILINE)
    rows = re.findall(r"^  (datadog|docker|kubernetes|sentry|sentry-alerts) +([\d ]+)$", printed, re.MULTILINE)
    return {provider: dict(zip(head.split(), map(int, numbers.split()), strict=True)) for provider, numbers in rows}


def test_up_says_what_it_made_and_where_to_look(shell: Shell) -> None:
    printed = shell.first_up
    made = counts(printed)
    objects = Cloud(shell.home().database).objects()
    assert made.keys() == {one.provider for one in objects}
    for provider, row in made.items():
        assert row == {"created": sum(one.provider == provider for one in objects)}
    assert "== Engine: pulumi v" in printed
    assert "rumClientTokens: [secret]" in printed
    (page,) = re.findall(r"== Page: (http://127\.0\.0\.1:\d+)", printed)
    assert httpx.get(page).status_code == httpx.codes.OK


def test_a_second_up_shows_all_unchanged(shell: Shell) -> None:
    for row in counts(shell.stack("up")).values():
        assert set(row) == {"unchanged"}


@pytest.fixture
def own_shell(tmp_path: Path, engine: Engine) -> Iterator[Shell]:
    """A stack that was never up, for a test that takes it down."""
    shell = Shell(tmp_path)
    yield shell
    process.stop(shell.home())


def test_plain_pulumi_works_in_a_prepared_shell(own_shell: Shell) -> None:
    shell = own_shell
    line = shell.run(".venv/bin/python -m tools.stack env 2>/dev/null").strip()
    assert line.count("\n") == 0
    assert line.startswith("export PATH=")
    prepared = f"{line} && set -e; "
    shell.stack("up")
    shell.run(prepared + "pulumi preview --non-interactive --expect-no-changes")
    shell.run(prepared + "pulumi refresh --non-interactive --yes --expect-no-changes")
    shell.run(prepared + "pulumi up --non-interactive --yes --skip-preview --expect-no-changes")
    shell.run(prepared + "pulumi destroy --non-interactive --yes --skip-preview")
    assert Cloud(shell.home().database).objects() == []


def test_production_runs_on_a_sandbox_of_its_own_and_can_be_taken_down(shell: Shell) -> None:
    before = (ROOT / "Pulumi.production.yaml").read_bytes()
    printed = shell.stack("up", "production")
    assert "environment: production" in printed
    assert (ROOT / "Pulumi.production.yaml").read_bytes() == before
    # Each stack is on a cloud of its own, and the two share no name of the organisation's.
    owned = shell.run(".venv/bin/python -m tools.ownership --cloud sandbox")
    assert re.search(r"== Ownership: sandbox \(\d+ objects\), production \(\d+ objects\): no collisions", owned)
    # Production protects what it made; on the sandbox it can be taken down all the same.
    assert set(counts(shell.stack("destroy", "production"))["datadog"]) == {"deleted"}
    # What holds history stays, projects with their settings; it is named, and not swept away as a stranger.
    kept = {one.type for one in Cloud(shell.home("production").database).objects()}
    assert kept - {*SETTINGS} == HISTORY.keys() - {"datadog:index/logsArchive:LogsArchive"}  # it has none by default
    told = shell.stack("recover --yes", "production")
    assert "nothing: every begun operation ended" in told
    assert "keep    Namespace" in told
    assert {one.type for one in Cloud(shell.home("production").database).objects()} == kept


def test_recover_has_nothing_to_do_after_an_undisturbed_run(shell: Shell) -> None:
    shell.stack("up")
    assert "nothing: every begun operation ended" in shell.stack("recover")


def test_a_mute_around_a_rollout_is_no_difference_for_the_next_run(shell: Shell) -> None:
    shell.stack("up")
    before = len(Cloud(shell.home().database).objects())
    assert "== Muted until" in shell.stack("mute --minutes 5")
    assert len(Cloud(shell.home().database).objects()) == before + 1
    for row in counts(shell.stack("up")).values():
        assert set(row) == {"unchanged"}
    assert "nothing: every begun operation ended" in shell.stack("recover")
    assert "== Ended" in shell.stack("unmute")
    assert len(Cloud(shell.home().database).objects()) == before


def test_ctrl_c_lets_the_engine_end_and_the_next_run_finishes(shell: Shell) -> None:
    shell.stack("destroy")
    cloud = Cloud(shell.home().database)
    cloud.faults.add("slow", "create", 5, delay=1.5)
    process = subprocess.Popen(
        [".venv/bin/python", "-m", "tools.stack", "up", "--stack", "sandbox", "--cloud", "sandbox"],
        cwd=ROOT, env=shell.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        start_new_session=True,
    )  # fmt: skip
    while cloud.faults.list():
        assert process.poll() is None
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    printed, _ = process.communicate(timeout=LIMIT)
    assert process.returncode != 0
    assert "Stopped. `make up` finishes what was begun." in printed
    assert "Traceback" not in printed
    begun = len(cloud.objects())
    assert begun >= 5
    created = counts(shell.stack("up"))
    assert sum(row["created"] for row in created.values()) == len(cloud.objects()) - begun


def test_a_stack_that_is_not_there_is_answered_with_those_that_are(shell: Shell) -> None:
    printed = shell.stack("up", "prod", check=False)
    assert "There is no Pulumi.prod.yaml. Stacks here: production, sandbox, staging." in printed
    assert "Traceback" not in printed


def test_without_pulumi_and_go_the_message_says_what_to_install(shell: Shell, tmp_path: Path) -> None:
    code = (
        "import tools.engine.engine as e, pathlib; e.BUILD = pathlib.Path('/nonexistent');"
        "\ntry: e.find_or_build(print)\nexcept e.EngineMissingError as missing: print(missing)"
    )
    done = subprocess.run(
        [str(ROOT / ".venv/bin/python"), "-c", code], cwd=ROOT, env={"PATH": str(tmp_path)}, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    assert "No Pulumi engine here" in done.stdout
    assert "go version" in done.stdout
    assert "pulumi version" in done.stdout


def test_help_lists_the_targets(shell: Shell) -> None:
    printed = shell.run("make")
    for target in ("up", "test", "preview", "refresh", "destroy", "recover", "bench"):
        assert re.search(rf"^{target} +\S", printed, re.MULTILINE)
