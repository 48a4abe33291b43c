"""The server as a process in the background: started, found, stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from sandbox.home import Home

START_LIMIT = 180.0
"""Seconds a start may take: the first one reads all four SDKs."""
STOP_LIMIT = 10.0
"""Seconds a server may take to stop before it is killed."""
POLL = 0.05


class ProcessError(Exception):
    """The server did not do as it was told; the message says what it printed."""


def start(home: Home, *, kubernetes_version: str, http_port: int) -> dict[str, Any]:
    """Start a server unless one runs; returns its `server.json` once it serves. Raises `ProcessError`.

    One that runs for another cluster version is started anew, on the same cloud and the same ports.
    """
    running = home.running()
    if running is not None and running["kubernetes_version"] == kubernetes_version:
        return running
    if running is not None:
        stop(home)
    home.create()
    command = [sys.executable, "-m", "sandbox", "--home", str(home.path.resolve()), "start", "--foreground",
               "--kubernetes-version", kubernetes_version, "--http-port", str(http_port)]  # fmt: skip
    with home.log.open("w") as log:
        child = subprocess.Popen(  # noqa: S603 -- our own module, our own interpreter
            command, cwd=Path(__file__).resolve().parents[1], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            start_new_session=True,
        )  # fmt: skip
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline:
        running = home.running()
        if running is not None:
            return running
        if child.poll() is not None:
            raise ProcessError(home.log.read_text().strip() or "the server ended without a word")
        time.sleep(POLL)
    child.kill()
    raise ProcessError(f"the server does not answer after {START_LIMIT:.0f} s; see {home.log}")


def stop(home: Home) -> bool:
    """Stop the server of this home, and no other process; False when none ran. Raises `ProcessError`."""
    running = home.running()
    if running is None:
        return False
    # The lock is held, so the process that wrote this number lives.
    for number in (signal.SIGTERM, signal.SIGKILL):
        os.kill(running["pid"], number)
        deadline = time.monotonic() + STOP_LIMIT
        while time.monotonic() < deadline:
            if home.running() is None:
                return True
            time.sleep(POLL)
    raise ProcessError(f"process {running['pid']} does not stop")
