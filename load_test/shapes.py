"""What is said of a system's capacity."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from load_test.results import Run


def law(users: float, alone: float, contention: float, coherency: float) -> float:
    """The Universal Scalability Law (see capacity.py): requests per second."""
    return alone * users / (1 + contention * (users - 1) + coherency * users * (users - 1))


_NONE = 1e-9
"""Coherency below this is what a fit makes of none at all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Scalability:
    """The fitted law."""

    alone: float
    """Requests per second of one user alone."""
    contention: float
    coherency: float
    explained: float
    """How much of the variation of throughput the law explains (R squared): 1 is all."""

    def throughput(self, users: float) -> float:
        """Requests per second."""
        return law(users, self.alone, self.contention, self.coherency)

    @property
    def peak(self) -> float | None:
        """With how many users throughput is highest; None where it only levels off."""
        if self.coherency < _NONE or self.contention >= 1:
            return None
        return math.sqrt((1 - self.contention) / self.coherency)


@dataclass(frozen=True, kw_only=True, slots=True)
class Objective:
    """What must hold under load."""

    name: str
    measure: Callable[[Run], float]
    limit: float
    """The highest value that is good."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Break:
    """Where an objective breaks."""

    objective: str
    users: float | None
    """The load at which the measure passes its limit, between two measured loads; None where it never does."""
    throughput: float | None
    """Requests per second at that load, by the fitted law."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Capacity:
    """What a series of runs with growing load says."""

    runs: tuple[Run, ...]
    law: Scalability
    breaks: tuple[Break, ...]
