"""Ratios of paired measurements. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of several values, and the least and the greatest of them."""

    median: float
    least: float
    greatest: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """The spread of at least one value."""
        return cls(median(values), min(values), max(values))

    def __str__(self) -> str:
        return f"{self.median:.2f} ({self.least:.2f}..{self.greatest:.2f})"


def ratio(ours: Sequence[float], others: Sequence[float]) -> Spread:
    """The ratios of values measured one right after the other: the n-th of ours to the n-th of the others.

    A machine that is busy for a while slows both halves of a pair, so its ratio survives; a ratio of medians might not.
    """
    return Spread.of([one / other for one, other in zip(ours, others, strict=True)])


def growth(small: Sequence[float], large: Sequence[float], services: int) -> list[float]:
    """How much each additional service costs, per round: the slope between a small and a large catalog.

    `services` is the difference of the two catalogs' sizes. Values in the unit of the measurements.
    """
    return [(after - before) / services for before, after in zip(small, large, strict=True)]
