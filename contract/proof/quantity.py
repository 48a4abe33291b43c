"""What a number measures: enough of a system of units to tell a fraction from a percentage and seconds from bytes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum, unique
from types import MappingProxyType

from contract.telemetry import Metric


@unique
class Dimension(StrEnum):
    """What kind of thing is measured."""

    TIME = "seconds"
    SIZE = "bytes"
    PROCESSOR = "cores"
    SHARE = "a share of the whole"
    NUMBER = "a number of things"
    UNKNOWN = "unknown"
    """Nothing can be said: products of units, logarithms."""


UNITS: Mapping[str, tuple[Dimension, float]] = MappingProxyType(
    {
        "nanosecond": (Dimension.TIME, 1e9),
        "microsecond": (Dimension.TIME, 1e6),
        "millisecond": (Dimension.TIME, 1e3),
        "second": (Dimension.TIME, 1),
        "minute": (Dimension.TIME, 1 / 60),
        "hour": (Dimension.TIME, 1 / 3_600),
        "day": (Dimension.TIME, 1 / 86_400),
        "byte": (Dimension.SIZE, 1),
        "kibibyte": (Dimension.SIZE, 1 / 1_024),
        "mebibyte": (Dimension.SIZE, 1 / 1_024**2),
        "gibibyte": (Dimension.SIZE, 1 / 1_024**3),
        "nanocore": (Dimension.PROCESSOR, 1e9),
        "millicore": (Dimension.PROCESSOR, 1e3),
        "core": (Dimension.PROCESSOR, 1),
        "cpu": (Dimension.PROCESSOR, 1),
        "fraction": (Dimension.SHARE, 1),
        "percent": (Dimension.SHARE, 100),
    }
)
"""Datadog's units that are more than a number of things: the dimension, and how many make one of its own unit."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Quantity:
    """What a number measures."""

    dimension: Dimension
    scale: float = 1.0
    """How many of the number's unit make one second, byte, core or whole: 1000 for milliseconds, 100 for percent."""
    per: str | None = None
    """The unit of a rate's denominator."""
    highest: float = math.inf
    """The highest value that can occur, in the number's own unit."""
    constant: float | None = None
    """Set for plain numbers, which take the unit of what they are combined with."""
    emitted: bool = False
    """Whether this is a metric as it is sent, not something computed."""

    @property
    def known(self) -> bool:
        """Whether anything can be said about it."""
        return self.dimension is not Dimension.UNKNOWN

    @property
    def unit(self) -> str:
        """The unit in words."""
        names = [name for name, unit in UNITS.items() if unit == (self.dimension, self.scale)]
        word = f"{names[0]}s" if names and self.dimension is not Dimension.SHARE else names[0] if names else ""
        return (word or self.dimension.value) + (f" per {self.per}" if self.per else "")

    def times(self, factor: float) -> Quantity:
        """This, multiplied by a plain number."""
        if factor <= 0 or not math.isfinite(factor):
            return UNKNOWN
        return replace(self, scale=self.scale * factor, highest=self.highest * factor, emitted=False)

    def unbounded(self) -> Quantity:
        """This, without its highest value: sums."""
        return replace(self, highest=math.inf)

    def a_rate(self, per: str) -> Quantity:
        """The change of this per unit of time."""
        return UNKNOWN if self.per else replace(self, per=per, highest=math.inf, emitted=False)


UNKNOWN = Quantity(dimension=Dimension.UNKNOWN)
NUMBER = Quantity(dimension=Dimension.NUMBER)
FLAG = Quantity(dimension=Dimension.SHARE, highest=1)
GROWTH = Quantity(dimension=Dimension.SHARE, scale=100)
"""Percent of an earlier value: more than a hundred is possible."""


def constant(value: float) -> Quantity:
    """A plain number."""
    return Quantity(dimension=Dimension.NUMBER, constant=value, highest=value)


def of(metric: Metric) -> Quantity:
    """What a metric measures."""
    dimension, scale = UNITS.get(metric.unit or "", (Dimension.NUMBER, 1.0))
    return Quantity(dimension=dimension, scale=scale, per=metric.per, highest=metric.highest, emitted=True)


def named(unit: str) -> Quantity | None:
    """What a unit of Datadog's measures; None for numbers of things, which have many names."""
    found = UNITS.get(unit)
    return Quantity(dimension=found[0], scale=found[1]) if found else None
