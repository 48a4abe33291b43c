"""What an alert watches, and when it changes state."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique
from typing import TypeAlias


@unique
class Comparator(StrEnum):
    """How the value is compared with the threshold."""

    ABOVE = ">"
    AT_LEAST = ">="
    BELOW = "<"
    AT_MOST = "<="


@dataclass(frozen=True, kw_only=True, slots=True)
class Thresholds:
    """The values at which an alert changes state, in the unit of its expression."""

    critical: float
    critical_recovery: float | None = None
    """Where it ends: on the good side of `critical`, so that a value that sways around it does not ring twice."""
    warning: float | None = None
    warning_recovery: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AnomalyWindows:
    """How long values must be outside of the expected band, and inside of it again: windows such as `last_15m`."""

    trigger: str
    recovery: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MetricCondition:
    """A number computed from metrics. The compiler puts the threshold into the query, so the two cannot differ."""

    expression: str
    """A Datadog monitor query up to the comparator."""
    comparator: Comparator
    thresholds: Thresholds
    full_window: bool
    """Whether to evaluate only windows filled with data; the provider's own default is true."""
    evaluation_delay: int
    """Seconds to wait for late data."""
    anomaly: AnomalyWindows | None = None
    """For an expression with `anomalies()`, and only there."""
    day_starts: str | None = None
    """The time in UTC at which the day of a window `current_1d` starts, such as 00:00; only for such a window."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LogCondition:
    """A number computed from logs. Without logs, a count is zero."""

    expression: str
    """A Datadog log query up to the comparator."""
    comparator: Comparator
    thresholds: Thresholds


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckCondition:
    """The statuses that an agent's check reports."""

    check: str
    over: tuple[str, ...]
    """Tags of the statuses that are looked at."""
    by: tuple[str, ...]
    """Tags to tell the statuses apart by; `*`: all together."""
    failures: int
    """Statuses in a row that must be critical for the alert to begin."""
    successes: int
    """Statuses in a row that must be OK for it to end."""
    aftermath: int | None = None
    """Minutes for which the symptoms of what it finds stay quiet after it has ended, because their windows still hold
    the failures. None: it quietens nothing."""
    silent_minutes: int = 10
    """Minutes without a status after which data counts as missing."""


STATUSES_PER_MINUTE = 4
"""Checks run every 15 seconds: https://docs.datadoghq.com/developers/custom_checks/write_agent_check/."""

Condition: TypeAlias = MetricCondition | LogCondition | CheckCondition
