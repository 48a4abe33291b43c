"""The stretch of time that a graph shows: its points and the words under its axis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

HOUR, DAY = 3_600, 86_400
NOW = datetime(2026, 3, 18, 20, 0, tzinfo=UTC)
"""A made-up now, a Wednesday evening: the same pictures whenever they are drawn."""

SPANS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "1m": (60, 1), "5m": (300, 5), "10m": (600, 10), "15m": (900, 10), "30m": (1_800, 20), "1h": (HOUR, 20),
        "4h": (4 * HOUR, 60), "1d": (DAY, 300), "2d": (2 * DAY, 600), "1w": (7 * DAY, HOUR),
        "1mo": (30 * DAY, 4 * HOUR),
        "3mo": (90 * DAY, 12 * HOUR), "6mo": (180 * DAY, DAY), "1y": (360 * DAY, 2 * DAY),
        "week_to_date": (3 * DAY, HOUR), "month_to_date": (18 * DAY, 4 * HOUR), "alert": (DAY, 300),
    }
)  # fmt: skip
"""By the name of a time span: its length and the distance of its points, both in seconds, as Datadog rolls up."""
DEFAULT_SPAN = "1d"


@dataclass(frozen=True, slots=True)
class Clock:
    """Evenly spaced points in time that end now; `shift` is how many seconds earlier everything is looked at."""

    length: int
    step: int
    shift: int = 0

    @property
    def count(self) -> int:
        """The number of points."""
        return self.length // self.step

    @property
    def times(self) -> Values:
        """Seconds since the epoch."""
        first = NOW.timestamp() - self.length - self.shift
        return first + self.step * np.arange(self.count, dtype=np.float64)

    def rolled_up(self, seconds: int) -> Clock:
        """The same stretch with points this far apart, at least one."""
        return replace(self, step=min(max(seconds, self.step), self.length))

    def earlier(self, seconds: int) -> Clock:
        """The same stretch, earlier."""
        return replace(self, shift=self.shift + seconds)


def clock_of(span: str) -> Clock:
    """The clock of a time span of Datadog's, such as `1w`."""
    return Clock(*SPANS[span])


def ticks(clock: Clock) -> list[tuple[float, str]]:
    """Where the axis of time has its words: about four, at round hours or days."""
    steps = (
        60,
        120,
        300,
        600,
        900,
        1_800,
        HOUR,
        3 * HOUR,
        6 * HOUR,
        12 * HOUR,
        DAY,
        2 * DAY,
        7 * DAY,
        30 * DAY,
        90 * DAY,
    )
    most = 5
    step = next((step for step in steps if clock.length / step <= most), steps[-1])
    times = clock.times
    room = clock.length * 0.04  # So that no word stands under the axis of values.
    first = int(-(-(times[0] + room) // step) * step)
    shape = "%H:%M" if step < DAY else "%a %d" if clock.length <= 7 * DAY else "%b %d"
    return [
        (float(at), datetime.fromtimestamp(at, UTC).strftime(shape)) for at in range(first, int(times[-1]) + 1, step)
    ]
