"""The numbers that alerts stand on, as the strategy gives them for production."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """The limits of one environment; the defaults are production's."""

    error_rate: float = 5.0
    """Percent of requests that may fail, over 5 minutes."""
    error_rate_warning: float = 2.0
    minimum_requests: int = 100
    """Requests in those 5 minutes below which an error rate says nothing."""
    pagination_p95: float = 0.5
    """Seconds, over 15 minutes."""
    registrations_drop: float = 50.0
    """Percent below the day before."""
