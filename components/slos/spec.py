"""What an objective is, in our words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from infra.naming import Team


@dataclass(frozen=True, kw_only=True, slots=True)
class SloSpec:
    """A ratio of good events to all events that must not fall below a target."""

    key: str
    title: str
    description: str
    owner: Team
    service: str
    good: str
    """Metric query that counts good events."""
    total: str
    """Metric query that counts all events."""
    target: float
    """Percent, above 0 and below 100."""
    warning: float
    """Percent, above the target."""
    timeframe: Literal["7d", "30d", "90d"]
