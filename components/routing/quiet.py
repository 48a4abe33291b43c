"""Quiet hours: recurring downtimes for the tiers that can wait (docs/adr/0017-quiet-hours.md)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from components.routing.spec import RoutingSpec, WorkingHours
from infra.naming import Mark, Tier

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
EVENINGS = (("MO", "TU", "WE", "TH"), ("FR",))
"""The evenings after which it is quiet until the next day, and until Monday."""


def quiet_hours_key(tier: Tier, hours: WorkingHours) -> str:
    """Logical name. It holds the hours: other hours are another object, for Datadog refuses to move a begun one."""
    zone = hours.time_zone.lower().replace("/", "-").replace("_", "-")
    return f"quiet-{tier}-{hours.start:%H%M}-{hours.end:%H%M}-{zone}"


def compile_quiet_hours(spec: RoutingSpec, tier: Tier, hours: WorkingHours, after: date) -> dict[str, Any]:
    """The arguments of `pulumi_datadog.DowntimeSchedule` that keeps this tier quiet outside of working hours.

    The first evenings are those after the day `after`: Datadog takes only beginnings that lie ahead.
    """
    mark = Mark(spec.stack)
    return {
        "monitor_identifier": {"monitor_tags": [*mark.tag_filter, f"tier:{tier}"]},
        "scope": "*",
        "message": f"Outside of working hours. {mark.sentence(quiet_hours_key(tier, hours))}",
        "display_timezone": hours.time_zone,
        "mute_first_recovery_notification": False,
        # Whoever starts work is told what is still wrong.
        "notify_end_states": ["alert", "no data", "warn"],
        "notify_end_types": ["canceled", "expired"],
        "recurring_schedule": {
            "timezone": hours.time_zone,
            "recurrences": [_recurrence(hours, evenings, after) for evenings in EVENINGS],
        },
    }


def is_quiet(downtime: Mapping[str, Any], moment: datetime) -> bool:
    """Whether a compiled downtime is in effect at a moment of local time, once its first evenings have come."""
    return any(
        _covers(recurrence, moment - timedelta(days=back), moment)
        for recurrence in downtime["recurring_schedule"]["recurrences"]
        for back in range(len(DAYS))
    )


def _recurrence(hours: WorkingHours, evenings: tuple[str, ...], after: date) -> dict[str, str]:
    first = next(day for n in range(1, len(DAYS) + 1) if DAYS[(day := after + timedelta(days=n)).weekday()] in evenings)
    begin = datetime.combine(first, hours.end)
    nights = 3 if "FR" in evenings else 1
    length = datetime.combine(first + timedelta(days=nights), hours.start) - begin
    return {
        "start": begin.isoformat(),
        "duration": f"{int(length.total_seconds()) // 60}m",
        "rrule": f"FREQ=WEEKLY;INTERVAL=1;BYDAY={','.join(evenings)}",
    }


def _covers(recurrence: Mapping[str, str], day: datetime, moment: datetime) -> bool:
    begin = datetime.combine(day.date(), datetime.fromisoformat(recurrence["start"]).time())
    length = timedelta(minutes=int(recurrence["duration"].removesuffix("m")))
    days = recurrence["rrule"].partition("BYDAY=")[2].split(",")
    return DAYS[day.weekday()] in days and begin <= moment < begin + length
