"""From a value to whoever wants it. Nothing here raises, and nothing waits."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Protocol

from genonaut_telemetry.guard import drop
from genonaut_telemetry.metrics.model import Kind, Metric, Series

_LONGEST_TAG = 200
"""Datadog cuts tags off here (https://docs.datadoghq.com/getting_started/tagging/)."""


class Sink(Protocol):
    """Somebody who takes values."""

    def take(self, series: Series, value: float) -> None:
        """Take one value; may raise, must not wait."""

    def close(self, seconds: float) -> None:
        """Send what is left, within this time."""


_sinks: tuple[Sink, ...] = ()
_closed = False


def start(sinks: Iterable[Sink]) -> None:
    """Send to these from now on."""
    global _sinks, _closed
    _sinks, _closed = tuple(sinks), False


def stop(seconds: float = 1.0) -> None:
    """Send what is left; what comes after is dropped."""
    global _sinks, _closed
    sinks, _sinks, _closed = _sinks, (), True
    for sink in sinks:
        try:
            sink.close(seconds)
        except Exception as error:  # noqa: BLE001 - the process ends anyway
            drop("failed: close", str(error))


def emit(metric: Metric, value: float, *values: str) -> None:
    """Send one value with values for the tags, in the order of the tags. What is not allowed is counted and dropped."""
    if not _sinks:
        if _closed:
            drop("after shutdown", metric.name)
        return
    try:
        series = metric.checked.get(values) or _checked(metric, values)
        if series is None:
            return
        if not math.isfinite(value):
            drop("not finite", metric.name)
            return
        if value < 0 and metric.kind is not Kind.GAUGE:
            drop("negative", metric.name)
            return
        for sink in _sinks:
            sink.take(series, value)
    except Exception as error:  # noqa: BLE001 - a metric must never break a request
        drop("failed: metric", f"{metric.name}: {type(error).__name__}: {error}")


def _checked(metric: Metric, values: tuple[str, ...]) -> Series | None:
    if len(values) != len(metric.tags):
        drop("wrong tags", metric.name)
        return None
    for value, (key, allowed) in zip(values, metric.tags, strict=True):
        if value not in allowed:
            long = len(value) > _LONGEST_TAG
            # The value itself may be anything, a person's address too: it is not logged.
            drop("tag too long" if long else "tag outside its set", f"{metric.name}: {key}")
            return None
    tags = [f"{key}:{value}" for key, value in zip(metric.keys, values, strict=True)]
    return metric.checked.setdefault(values, Series(metric, values, tags))
