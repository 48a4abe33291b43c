"""A sink that remembers what was sent."""

from __future__ import annotations

from genonaut_telemetry.metrics.model import Series


class Recorded:
    """A sink that remembers."""

    def __init__(self) -> None:
        self.values: list[tuple[str, float, tuple[str, ...]]] = []

    def take(self, series: Series, value: float) -> None:
        self.values.append((series.metric.name, value, series.values))

    def close(self, seconds: float) -> None: ...

    def named(self, name: str) -> list[tuple[float, tuple[str, ...]]]:
        return [(value, tags) for found, value, tags in self.values if found == name]
