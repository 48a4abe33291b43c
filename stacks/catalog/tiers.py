"""What each tier means: one table."""

from __future__ import annotations

from collections.abc import Mapping

from components.monitors.spec import Urgency
from infra.naming import Tier

URGENCY: Mapping[Tier, Urgency] = {
    Tier.CRITICAL: Urgency(priority=1, renotify_minutes=30),
    Tier.WARNING: Urgency(priority=3, renotify_minutes=None),
    Tier.BUSINESS: Urgency(priority=4, renotify_minutes=None),
}
