"""What a dashboard refers to by id: objectives and monitors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True, slots=True)
class Objective:
    """An SLO: its name, and its targets in percent by time frame, such as `30d`."""

    name: str
    targets: Mapping[str, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Monitor:
    """A monitor: what it watches, and its tags as `key:value`."""

    name: str
    type: str
    query: str
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Surroundings:
    """Everything that dashboards of one stack can refer to, by Datadog's id."""

    objectives: Mapping[str, Objective] = field(default_factory=dict[str, Objective])
    monitors: Mapping[str, Monitor] = field(default_factory=dict[str, Monitor])
