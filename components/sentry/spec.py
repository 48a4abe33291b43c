"""What Sentry holds for one stack, in our words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class SentryProjectSpec:
    """One service's project and the key it reports with."""

    key: str
    service: str
    events_per_minute: int
    """Events above this rate are dropped by Sentry before they count against the quota."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SentrySpec:
    """The team and the projects of one stack."""

    organization: str
    stack: str
    projects: tuple[SentryProjectSpec, ...]
