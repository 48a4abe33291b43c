"""What a browser application is, in our words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class RumSpec:
    """One browser application in one stack."""

    key: str
    service: str
    stack: str
