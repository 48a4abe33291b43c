"""The comment on what the real engine says, compared with golden files; and `make pr-comment`, with its end."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from reports.comment.fit import LIMIT
from tests.e2e.lab import STACK, Lab
from tests.e2e.test_lifecycle import program_with
from tests.repository import needs_repository
from tools.engine.engine import ROOT
from tools.stack.workspace import THROW_AWAY

GOLDEN = ROOT / "tests" / "golden" / "comments"
REWRITE = "REWRITE_GOLDEN"
"""Set by `make golden-comments`: the files are written instead of compared."""
FIFTY = """SERVICES: tuple[Service, ...] = (
    *(
        Service(
            key=f"service-{n:02}",
            name=f"genonaut-service-{n:02}",
            owner=Team.BACKEND,
            operation=ANSWERS_REQUESTS,
            paginates=True,
            in_browsers=True,
        )
        for n in range(1, 51)
    ),
"""


def small(lab: Lab) -> None:
    program_with(lab, "stacks/catalog/limits.py", "error_rate: float = 5.0", "error_rate: float = 6.0")


def replacement(lab: Lab) -> None:
    lab.set("kubernetes.namespace", "monitoring")


def fifty_services(lab: Lab) -> None:
    program_with(lab, "stacks/catalog/services.py", "SERVICES: tuple[Service, ...] = (\n", FIFTY)


def secret(lab: Lab) -> None:
    lab.pulumi("config", "set", "--secret", "datadogApiKey", "made-up-marker-of-a-new-key")


def nothing(_: Lab) -> None:
    """No change."""


@pytest.mark.parametrize("change", [small, replacement, fifty_services, secret, nothing], ids=lambda one: one.__name__)
def test_comments_are_as_the_golden_files(running: Lab, change: Callable[[Lab], None]) -> None:
    change(running)
    preview = running.folder / "preview.json"
    preview.write_text(running.pulumi("preview", "--json").stdout)
    copy = running.folder / "program"
    program = copy if copy.exists() else ROOT
    command = [sys.executable, "-m", "reports", "comment", "--from", str(preview), "--stack", STACK]
    made = subprocess.run(
        [*command, "--pictures-url", "https://pictures.example"],
        cwd=program,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    assert len(made.stdout) <= LIMIT
    for value in (*THROW_AWAY.values(), "made-up-marker"):
        assert value not in made.stdout
    # What a change leaves alone is no part of it.
    text = re.sub(r"[\d,]+ unchanged;", "all others unchanged;", made.stdout)
    golden = GOLDEN / f"{change.__name__.replace('_', '-')}.md"
    if os.environ.get(REWRITE):
        GOLDEN.mkdir(exist_ok=True)
        golden.write_text(text)
    assert text == golden.read_text()


def begun(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "reports", "pr-comment", *arguments],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip


def places(running: subprocess.Popen[str]) -> set[Path]:
    """Where it has the base; others may be at work beside it."""
    return set((ROOT / "build").glob(f"base-{running.pid}-*"))


def processes_in(places: set[Path]) -> list[str]:
    """Commands of living processes that name one of these folders, or work in it."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                words = (entry / "cmdline").read_bytes().decode(errors="replace").replace("\0", " ")
                words += os.readlink(entry / "cwd")
            except OSError:
                continue
            found += [words for place in places if str(place) in words]
    return found


@needs_repository
@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_comment_that_is_interrupted_leaves_nothing(number: signal.Signals) -> None:
    running = begun("--stack", STACK, "--base", "HEAD")
    deadline = time.monotonic() + 120
    while not (mine := places(running)) or not any("language" in one or "pulumi" in one for one in processes_in(mine)):
        assert running.poll() is None, running.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert processes_in(mine)
    running.send_signal(number)
    running.communicate(timeout=120)
    assert running.returncode != 0
    assert places(running) == set()
    assert processes_in(mine) == []


@needs_repository
@pytest.mark.slow
def test_the_comment_on_this_tree() -> None:
    running = begun("--stack", STACK, "--base", "HEAD")
    printed, said = running.communicate(timeout=300)
    assert running.returncode == 0, said
    assert re.match(r"<!-- genonaut-monitoring preview: sandbox -->\n\n## Monitoring of sandbox\n\n\*\*", printed)
    assert places(running) == set()


@needs_repository
def test_a_base_that_is_not_there_is_one_message() -> None:
    running = begun("--stack", STACK, "--base", "no-such-branch")
    printed, said = running.communicate(timeout=60)
    assert running.returncode == 1
    assert printed == ""
    assert "no-such-branch" in said
    assert "Traceback" not in said
