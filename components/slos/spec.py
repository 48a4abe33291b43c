"""What an objective is, in our words, and when somebody is told that it is in danger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from components.monitors.spec import Urgency
from infra.naming import Team, Tier

Timeframe = Literal["7d", "30d", "90d"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Events:
    """Measured by events: the share of all that did not go wrong."""

    bad: str
    """Metric query that counts what went wrong."""
    total: str
    """Metric query that counts all of it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Time:
    """Measured by time: the share of slices in which a value was within its limit. For what cannot be counted.

    Slices without data count as good (https://docs.datadoghq.com/service_level_objectives/time_slice/).
    """

    query: str
    """Metric query of the value."""
    comparator: Literal[">", ">=", "<", "<="]
    limit: float
    """In the unit of the query; a slice is good when the value compares so with it."""
    slice_seconds: Literal[60, 300]


@dataclass(frozen=True, kw_only=True, slots=True)
class BurnWindow:
    """How much of the budget may be spent in how long before somebody is told (see `burn.py`)."""

    budget: float
    """Percent of the error budget, spent within `long_hours` at the pace that alerts."""
    long_hours: int
    """1 to 48: over this time the pace is measured."""
    short_minutes: int
    """Over this time, too, so that the alert ends soon after the trouble; a twelfth of the long window is advised."""
    tier: Tier
    """Whom it concerns: a page for a fast burn, a ticket for a slow one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SloSpec:
    """A share that must not fall below a target."""

    key: str
    title: str
    description: str
    owner: Team
    service: str
    sli: Events | Time
    target: float
    """Percent, above 0 and below 100, with at most three decimals."""
    warning: float
    """Percent, above the target."""
    timeframe: Timeframe


@dataclass(frozen=True, kw_only=True, slots=True)
class ObjectivesSpec:
    """All objectives of a stack and what is said of all of them."""

    slos: tuple[SloSpec, ...]
    windows: Mapping[Timeframe, tuple[BurnWindow, ...]]
    """The windows of each timeframe."""
    fewest_bad_events: int
    """No burn of fewer events than this alerts anybody (docs/adr/0016-low-traffic-guard.md)."""
    budget_spent: float
    """Percent of the error budget whose spending alerts."""
    budget_spent_warning: float
    urgency: Mapping[Tier, Urgency]
    runbook_base_url: str
