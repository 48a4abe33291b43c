"""What each tier means: one table."""

from __future__ import annotations

from collections.abc import Mapping

from components.monitors.spec import MissingData, Urgency
from infra.naming import Tier

URGENCY: Mapping[Tier, Urgency] = {
    # Somebody is woken, again and again, and by silence, too.
    Tier.CRITICAL: Urgency(
        priority=1,
        renotify_minutes=30,
        missing_data=MissingData.NOTIFY,
        resolve_after_hours=None,
        working_hours_only=False,
    ),
    # Somebody looks at it the same working day.
    Tier.WARNING: Urgency(
        priority=3,
        renotify_minutes=None,
        missing_data=MissingData.SHOW,
        resolve_after_hours=24,
        working_hours_only=True,
    ),
    # Somebody looks at it in the daily review.
    Tier.BUSINESS: Urgency(
        priority=4,
        renotify_minutes=None,
        missing_data=MissingData.NOTIFY,
        resolve_after_hours=24,
        working_hours_only=False,
    ),
}
