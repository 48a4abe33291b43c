"""A thread that reports, every few seconds, what is a state and no event."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable

from genonaut_telemetry.guard import harmless

SECONDS = 10.0

_reports: list[Callable[[], None]] = []
_thread: threading.Thread | None = None
_stopped = threading.Event()


def every(report: Callable[[], None]) -> None:
    """Call this every ten seconds from now on. What it raises is counted and dropped."""
    _reports.append(report)
    start()


def start() -> None:
    """Begin, unless it runs; a forked process begins again by itself."""
    global _thread  # noqa: PLW0603 - a process has one
    if _thread is None and _reports:
        _stopped.clear()
        _thread = threading.Thread(target=_run, name="genonaut-telemetry", daemon=True)
        _thread.start()


def stop() -> None:
    """End; what is due is not reported any more."""
    global _thread  # noqa: PLW0603
    _stopped.set()
    _thread = None


def report() -> None:
    """Report now."""
    for one in _reports:
        with harmless("report"):
            one()


def _run() -> None:
    while not _stopped.wait(SECONDS):
        report()


def _after_fork() -> None:
    global _thread, _stopped
    stopped = _stopped.is_set()
    _thread, _stopped = None, threading.Event()
    if not stopped:
        start()


os.register_at_fork(after_in_child=_after_fork)
