"""One run of locust in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from load_test.results import ResultsError, Run, read

LOCUSTFILE = Path(__file__).with_name("locustfile.py")
GRACE = 60
"""Seconds a run may take beyond its own time: people arrive, the last answers come."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Load:
    """What is put on what, and how long."""

    host: str
    """The URL of the system under load."""
    build: str
    users: int
    seconds: float
    """How long requests count."""
    scenario: str = "mixed"
    pace: float = 1.0
    """How many times faster than people they are."""
    warm_up: float = 3.0
    """Seconds before requests count."""


def drive(load: Load, file: Path) -> Run:
    """Run it, and keep what it found in `file`; a regression is found, and no failure.

    Raises ResultsError, with what locust printed last, when there is nothing to keep.
    """
    file.unlink(missing_ok=True)
    settings = {
        "LOAD_SCENARIO": load.scenario,
        "LOAD_BUILD": load.build,
        "LOAD_PACE": str(load.pace),
        "LOAD_RESULTS": str(file),
        "LOAD_WARM_UP": str(load.warm_up),
        "PYTHONPATH": os.pathsep.join(filter(None, [str(LOCUSTFILE.parents[1]), os.environ.get("PYTHONPATH")])),
    }
    arguments = [
        sys.executable, "-m", "locust", "--locustfile", str(LOCUSTFILE), "--host", load.host, "--headless",
        "--only-summary", "--users", str(load.users), "--spawn-rate", str(load.users),
        "--run-time", f"{load.seconds + load.warm_up + 1:.0f}s", "--stop-timeout", "10",
    ]  # fmt: skip
    try:
        done = subprocess.run(  # noqa: S603 (locust, with numbers and paths of ours)
            arguments, env={**os.environ, **settings}, capture_output=True, text=True, check=False,
            timeout=load.seconds + load.warm_up + GRACE,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise ResultsError(f"locust did not end within {error.timeout:.0f} s") from error
    if not file.exists():
        raise ResultsError("\n".join([f"locust ended with {done.returncode}", *_last(done.stdout + done.stderr)]))
    return read(Run, file)


def _last(printed: str, lines: int = 8) -> list[str]:
    return [line for line in printed.splitlines() if line.strip()][-lines:]
