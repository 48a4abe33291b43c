"""Which recipients hear of which tier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from infra.naming import Tier


@dataclass(frozen=True, kw_only=True, slots=True)
class RoutingSpec:
    """Recipients by tier, for the alerts of one stack."""

    stack: str
    recipients: Mapping[Tier, tuple[str, ...]]
    """Handles without the leading @."""
