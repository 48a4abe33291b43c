"""What a metric is in here: its names at Datadog and at Prometheus, and the values its tags can have."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, unique


@unique
class Kind(Enum):
    """How values become one."""

    COUNT = "count"
    GAUGE = "gauge"
    DISTRIBUTION = "distribution"


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Metric:
    """One metric of the contract."""

    name: str
    kind: Kind
    description: str
    tags: tuple[tuple[str, frozenset[str]], ...] = ()
    """Keys, sorted, and all values of each."""
    prometheus: str
    buckets: tuple[float, ...] = ()
    adds_up: bool = False
    """For a gauge: whether the values of several processes are one sum, as connections are."""
    checked: dict[tuple[str, ...], Series] = field(default_factory=dict, repr=False)
    """The combinations of values seen so far that are allowed: never more than the contract has."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the tags, in the order of values."""
        return tuple(key for key, _ in self.tags)


@dataclass(frozen=True, eq=False, slots=True)
class Series:
    """A metric with values for its tags."""

    metric: Metric
    values: tuple[str, ...]
    tags: list[str]
    """As DogStatsD takes them; nobody changes the list."""
