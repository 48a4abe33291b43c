"""From maintenance windows to the arguments of Datadog downtimes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import available_timezones

from components.downtimes.spec import DowntimesSpec, MaintenanceWindow
from infra.naming import Mark, is_logical_name
from infra.problems import Problem

LONGEST = 8 * 60
"""Minutes. Our own: beyond a working day, somebody has forgotten to take it out."""
_WEEK = 7


def check(spec: DowntimesSpec, services: Collection[str]) -> list[Problem]:
    """Everything that is wrong with these windows; `services` are those of all alerts."""
    problems = [Problem(_where(window.key), *found) for window in spec.windows for found in _wrong(window, services)]
    counts = Counter(window.key for window in spec.windows)
    return problems + [
        Problem(_where(key), f"{n} windows have this key", "keys are unique") for key, n in counts.items() if n > 1
    ]


def logical_name(window: MaintenanceWindow) -> str:
    """The key with the times in it: other times are another object, for Datadog refuses to move one that has begun."""
    zone = window.time_zone.lower().replace("/", "-").replace("_", "-")
    return f"{window.key}-{window.day.lower()}-{window.start:%H%M}-{window.minutes}m-{zone}"


def compile_downtime(spec: DowntimesSpec, window: MaintenanceWindow, after: date) -> dict[str, Any]:
    """The arguments of `pulumi_datadog.DowntimeSchedule` for this window.

    The first time is the next one after the day `after`: Datadog takes only beginnings that lie ahead.
    """
    mark = Mark(spec.stack)
    days = (window.day.number - after.weekday() - 1) % _WEEK + 1
    first = datetime.combine(after + timedelta(days=days), window.start)
    return {
        "monitor_identifier": {"monitor_tags": [*mark.tag_filter, f"service:{window.service}"]},
        "scope": "*",
        "message": f"{window.reason} {mark.sentence(logical_name(window))}",
        "display_timezone": window.time_zone,
        "mute_first_recovery_notification": True,
        # Whatever the work has left behind is told when the window ends.
        "notify_end_states": ["alert", "no data", "warn"],
        "notify_end_types": ["canceled", "expired"],
        "recurring_schedule": {
            "timezone": window.time_zone,
            "recurrences": [
                {
                    "start": first.isoformat(),
                    "duration": f"{window.minutes}m",
                    "rrule": f"FREQ=WEEKLY;INTERVAL=1;BYDAY={window.day}",
                }
            ],
        },
    }


def _where(key: str) -> str:
    return f"downtimes.{key}"


def _wrong(window: MaintenanceWindow, services: Collection[str]) -> Iterator[tuple[str, str]]:
    if not is_logical_name(logical_name(window)):
        yield "is not a usable key", "lower case letters, digits and hyphens, at most 63 with the times behind it"
    if not window.reason.strip():
        yield "gives no reason", "a sentence on what is done"
    if window.service not in services:
        yield f"no alert is of the service {window.service}", f"one of {', '.join(sorted(services))}"
    if not 1 <= window.minutes <= LONGEST:
        yield f"{window.minutes} minutes is no length of a maintenance window", f"1 to {LONGEST}"
    # A machine without the time zone database knows none; Datadog then has the last word.
    if (known := available_timezones()) and window.time_zone not in known:
        yield f"there is no time zone {window.time_zone}", "a name such as Europe/Berlin or Etc/UTC"
