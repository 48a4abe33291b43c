"""What goes wrong in here stays in here: it is counted and logged, and the application goes on."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Mapping
from time import monotonic

_LOG = logging.getLogger("genonaut_telemetry")
_SECONDS_BETWEEN_LINES = 60.0

_counts: Counter[str] = Counter()
_logged: dict[str, float] = {}
_lock = threading.Lock()


def dropped() -> Mapping[str, int]:
    """How often something was dropped, by reason, since the process began."""
    with _lock:
        return dict(_counts)


def drop(reason: str, detail: str = "") -> None:
    """Count something that is not sent, and log it: each reason at most once a minute. `reason` is one of a few."""
    with _lock:
        _counts[reason] += 1
        now = monotonic()
        quiet = now - _logged.get(reason, -_SECONDS_BETWEEN_LINES) < _SECONDS_BETWEEN_LINES
        if not quiet:
            _logged[reason] = now
    if not quiet:
        _LOG.warning("telemetry dropped (%s) %s", reason, detail)


class harmless:
    """Whatever is raised in the block is counted under `what` and goes no further. Not for the application's code.

    A class, because a request enters a dozen of these, and a generator costs three times as much.
    """

    __slots__ = ("_what",)

    def __init__(self, what: str) -> None:
        self._what = what

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        """Count what was raised; what ends the program goes on."""
        if not isinstance(error, Exception):
            return False
        drop(f"failed: {self._what}", f"{type(error).__name__}: {error}")
        return True
