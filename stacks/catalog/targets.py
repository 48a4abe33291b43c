"""The numbers of the objectives: what is promised per environment, and when a burning budget alerts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from components.slos.spec import BurnWindow, Timeframe
from infra.naming import Tier


@dataclass(frozen=True, slots=True)
class Target:
    """Percent of what people do that must go well in 30 days; `warning` is where it begins to look bad."""

    percent: float
    warning: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Targets:
    """The targets of one environment; the defaults are production's."""

    availability: Target = Target(99.9, 99.95)
    """Requests that do not fail; the strategy's uptime."""
    latency: Target = Target(99.0, 99.5)
    """Requests answered within `latency_seconds`."""
    latency_seconds: float = 2.0
    """The strategy's limit for the 95th percentile: here for nearly all."""
    pagination: Target = Target(95.0, 97.0)
    """Queries for a page answered within `pagination_seconds`: the strategy's 95th percentile, as a share."""
    pagination_seconds: float = 0.5
    search: Target = Target(99.0, 99.5)
    """Searches that end without an error; the strategy's alert is at 90 percent in a day."""
    tasks: Target = Target(99.0, 99.5)
    """Tasks that end without an error, after their retries."""
    loading: Target = Target(95.0, 97.0)
    """Page views in browsers that load within `loading_seconds`."""
    loading_seconds: float = 4.0
    """Beyond it people leave: the border to poor of https://web.dev/articles/lcp."""
    database: Target = Target(99.9, 99.95)
    """Minutes in which the API reaches its database."""


NANOSECONDS = 1_000_000_000
"""In a second: the unit of times in browsers."""

BURN_WINDOWS: Mapping[Timeframe, tuple[BurnWindow, ...]] = {
    # As https://docs.datadoghq.com/service_level_objectives/burn_rate/#examples has them; the burn rates follow.
    "7d": (
        BurnWindow(budget=10, long_hours=1, short_minutes=5, tier=Tier.CRITICAL),
        BurnWindow(budget=20, long_hours=6, short_minutes=30, tier=Tier.CRITICAL),
        BurnWindow(budget=40, long_hours=24, short_minutes=120, tier=Tier.WARNING),
    ),
    "30d": (
        BurnWindow(budget=2, long_hours=1, short_minutes=5, tier=Tier.CRITICAL),
        BurnWindow(budget=5, long_hours=6, short_minutes=30, tier=Tier.CRITICAL),
        BurnWindow(budget=10, long_hours=24, short_minutes=120, tier=Tier.WARNING),
    ),
    "90d": (
        BurnWindow(budget=1, long_hours=1, short_minutes=5, tier=Tier.CRITICAL),
        BurnWindow(budget=3, long_hours=6, short_minutes=30, tier=Tier.CRITICAL),
        BurnWindow(budget=5, long_hours=24, short_minutes=120, tier=Tier.WARNING),
    ),
}

FEWEST_BAD_EVENTS = 10
"""A burn of fewer failed requests than this wakes nobody, at whatever rate."""
BUDGET_SPENT, BUDGET_SPENT_WARNING = 90.0, 75.0
"""Percent of an error budget."""
