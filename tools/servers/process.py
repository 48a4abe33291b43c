"""Start a program, wait until it answers, and end it with all it started."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import httpx

HERE = "127.0.0.1"
START_LIMIT = 60.0
"""Seconds a program may take to answer; on an idle machine none takes more than five."""
STOP_LIMIT = 10.0
"""Seconds a program may take to stop before it is killed."""
POLL = 0.05


class ServerError(Exception):
    """A program did not start; the message says what it wrote last."""


@contextmanager
def started(
    command: Sequence[str | Path],
    log: Path,
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    user: int | None = None,
    stop: signal.Signals = signal.SIGTERM,
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program for as long as the block runs, as `user` where one is given; it writes to `log`."""
    with log.open("ab") as output:
        process = subprocess.Popen(  # noqa: S603
            [*_leash(user), *map(str, command)],
            stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=env, cwd=cwd, start_new_session=True,
        )  # fmt: skip
    try:
        yield process
    finally:
        end(process, stop)


def end(process: subprocess.Popen[bytes], stop: signal.Signals = signal.SIGTERM) -> None:
    """End a program that `started` began, and what it left in its group."""
    process.send_signal(stop)
    # A stopped program hears nothing until it goes on.
    process.send_signal(signal.SIGCONT)
    try:
        process.wait(STOP_LIMIT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def wait(process: subprocess.Popen[bytes], log: Path, answers: Callable[[], bool]) -> None:
    """Wait until `answers` says so. Raises ServerError where the program ends before, or takes too long."""
    deadline = time.monotonic() + START_LIMIT
    while not answers():
        if process.poll() is not None or time.monotonic() > deadline:
            raise ServerError(f"{log.stem} did not start:\n{log.read_text(errors='replace')[-2000:]}")
        time.sleep(POLL)


def free_ports(count: int) -> list[int]:
    """Ports of loopback that nobody listens on."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind((HERE, 0))
        return [one.getsockname()[1] for one in sockets]


def _leash(user: int | None) -> list[str]:
    """What makes a program end with us even when we are killed, where the system can (util-linux), and change user."""
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        return []
    other = [] if user is None else [f"--reuid={user}", f"--regid={user}", "--clear-groups"]
    return [setpriv, *other, "--pdeathsig", "KILL", "--"]


def is_ready(url: str) -> bool:
    """Whether an address answers with success."""
    try:
        return httpx.get(url, timeout=2).is_success
    except httpx.TransportError:
        return False


def wait_for_end(pid: int) -> None:
    """Wait until a process is gone, or nothing but its entry is left. Raises ServerError where it stays."""
    deadline = time.monotonic() + STOP_LIMIT
    while _state(pid) not in {"gone", "Z"}:
        if time.monotonic() > deadline:
            raise ServerError(f"process {pid} does not end")
        time.sleep(POLL)


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return "gone"
