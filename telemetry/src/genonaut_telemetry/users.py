"""Whose request it is."""

from __future__ import annotations

import sys

from genonaut_telemetry import tracing
from genonaut_telemetry.guard import harmless


def identify(user_id: str) -> None:
    """Put the id of the user on the trace and on the errors of this request: an id of ours, no name and no address."""
    with harmless("identify"):
        tracing.tag_user(user_id)
        if "sentry_sdk" in sys.modules:
            import sentry_sdk  # noqa: PLC0415 - not installed everywhere

            sentry_sdk.set_user({"id": user_id})
