"""Commands of the docs, typed as they stand there; tests/unit/docs says which test runs which command."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox import process
from tests.e2e.test_commands import Shell
from tests.repository import needs_repository
from tools.engine import Engine
from tools.engine.engine import ROOT

LINE = '{"level": "error"}'


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory, engine: Engine) -> Iterator[Shell]:
    shell = Shell(tmp_path_factory.mktemp("shell"))
    yield shell
    process.stop(shell.home())


@pytest.mark.parametrize(
    ("command", "printed"),
    [
        (".venv/bin/python -m reports routing --stack production", "api-error-rate"),
        (f"echo '{LINE}' | .venv/bin/python -m reports logs - --service genonaut-api", "error"),
        (".venv/bin/python -m contract explain 'avg(last_5m):avg:redis.mem.used{*} > 5e9'", "redis.mem.used"),
        (".venv/bin/python -m sandbox --help", "Usage"),
        (".venv/bin/python -m reports cost --stack production", "budget"),
    ],
)
def test_it_runs(shell: Shell, command: str, printed: str) -> None:
    assert printed in shell.run(command)


@needs_repository
def test_a_backup_is_made_verified_and_restored(shell: Shell, tmp_path: Path) -> None:
    shell.stack("up")
    place = tmp_path / "kept"
    assert "verified" in shell.run(f"make -s backup OUT={place}")
    assert "== Whole: stack sandbox" in shell.run(f".venv/bin/python -m tools.backup verify {place}")
    refused = shell.run(f"make -s restore FROM={place}", check=False)
    assert re.search(r"Stack sandbox is not empty: its state has \d+ resources", refused)
    shutil.rmtree(shell.home().path / "state")
    assert "has the state of" in shell.run(f"make -s restore FROM={place}")
    (place / "state.json").write_text("{}")
    damaged = shell.run(f"make -s restore FROM={place}", check=False)
    assert f"{place}/state.json: damaged" in damaged
    assert "Traceback" not in damaged + refused
    assert subprocess.run(["make", "-s", "restore"], cwd=ROOT, capture_output=True, check=False).returncode != 0


def test_targets_of_a_stack(shell: Shell) -> None:
    shell.stack("up")
    assert "unchanged" in shell.run("make preview")
    assert "unchanged" in shell.run("make refresh")
    assert shell.run('eval "$(make -s env)" && pulumi preview --non-interactive --expect-no-changes')
    assert "stopped" in shell.run("make stop")
