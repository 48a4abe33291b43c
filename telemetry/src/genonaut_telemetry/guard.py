"""What goes wrong in here stays in here: it is counted and logged, and the application goes on."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
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


@contextmanager
def harmless(what: str) -> Iterator[None]:
    """Whatever is raised in the block is counted under `what` and goes no further. Not for the application's code."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - telemetry must never break a request
        drop(f"failed: {what}", f"{type(error).__name__}: {error}")
