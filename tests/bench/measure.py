"""One preview, measured."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from tests.bench.programs import PEAK
from tools.stack.workspace import Workspace

LIMIT = 300.0
"""Seconds one preview may take."""
_MIB = 1024 * 1024 if sys.platform == "darwin" else 1024


class PreviewError(Exception):
    """A preview failed, so there is nothing to compare; the message is what the engine printed."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one preview cost."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds of the engine, the language host and the program together."""
    memory: float
    """Peak resident memory of the program alone, in MiB."""


def preview(folder: Path, workspace: Workspace) -> Cost:
    """Preview the program in this folder on the workspace's stack. Raises PreviewError, also after LIMIT seconds."""
    # Bytecode of our own modules is written as on any machine, by the first run: the runs compared are later ones.
    environment = {key: value for key, value in workspace.environment.items() if key != "PYTHONDONTWRITEBYTECODE"}
    before, started = _children(), monotonic()
    process = subprocess.Popen(
        ["pulumi", "preview", "--stack", workspace.stack, "--non-interactive", "--color=never"],
        cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        start_new_session=True,
    )  # fmt: skip
    try:
        printed, _ = process.communicate(timeout=LIMIT)
    except BaseException as end:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if isinstance(end, subprocess.TimeoutExpired):
            raise PreviewError(f"{folder.name}: no end after {LIMIT:.0f} s") from None
        raise
    wall, cpu = monotonic() - started, _children() - before
    if process.returncode != 0:
        raise PreviewError(f"{folder.name}:\n{printed}")
    return Cost(wall, cpu, int((folder / PEAK).read_text()) / _MIB)


def _children() -> float:
    """CPU seconds of all ended child processes and of theirs. The sandbox's server still runs, so it is not in it."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
