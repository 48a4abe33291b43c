"""Which recipients hear of which tier, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

from infra.naming import Tier


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkingHours:
    """When people work, Monday to Friday; what lies outside is quiet for the tiers that can wait."""

    time_zone: str
    """A name of the IANA time zone database."""
    start: time
    end: time
    """Of the same day, after `start`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RoutingSpec:
    """Recipients by tier, for the alerts of one stack."""

    stack: str
    may_page: bool
    """Whether its alerts may wake somebody."""
    recipients: Mapping[Tier, tuple[str, ...]]
    """Handles without the leading @."""
    quiet: tuple[Tier, ...] = ()
    """The tiers that wait for working hours."""
    working_hours: WorkingHours | None = None
    """None: nothing waits."""
