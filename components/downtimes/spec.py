"""What a maintenance window is, in our words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from enum import StrEnum, unique


@unique
class Day(StrEnum):
    """A day of the week, as calendars write it (RFC 5545)."""

    MONDAY = "MO"
    TUESDAY = "TU"
    WEDNESDAY = "WE"
    THURSDAY = "TH"
    FRIDAY = "FR"
    SATURDAY = "SA"
    SUNDAY = "SU"

    @property
    def number(self) -> int:
        """0 for Monday, as `datetime.date.weekday` counts."""
        return list(Day).index(self)


@dataclass(frozen=True, kw_only=True, slots=True)
class MaintenanceWindow:
    """Work that is done every week at the same time, and whose alerts are quiet for it."""

    key: str
    """Logical name, from the catalog; the times are added to it."""
    reason: str
    """What is done, in a sentence."""
    service: str
    """The value of the `service` tag of the alerts that the work itself sets off. What only suffers from it is quiet
    without a window: its alerts name the cause."""
    day: Day
    start: time
    minutes: int
    time_zone: str
    """A name of the IANA time zone database."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DowntimesSpec:
    """All maintenance windows of a stack."""

    stack: str
    windows: tuple[MaintenanceWindow, ...]
