"""Rules about who acts on an alert, how soon, and by what page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from components.monitors.lint.judged import Finding, Judged

PRIORITIES = range(1, 6)
SHORTEST_RENOTIFICATION = 10
"""Minutes. Datadog's form offers nothing shorter."""
_PAGE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def acted_on(judged: Judged) -> Iterator[Finding]:
    """There is a priority, an owner, a runbook and a meaning."""
    spec, urgency = judged.spec, judged.tier.urgency
    if urgency.priority not in PRIORITIES:
        yield "priority", f"there is no priority {urgency.priority}", "1 (highest) to 5"
    if not _PAGE.fullmatch(spec.runbook):
        yield "runbook", f"'{spec.runbook}' is no page of docs/runbooks", "its file name without .md"
    for field in ("meaning", "silence", "title", "service"):
        if not str(getattr(spec, field)).strip():
            yield field, "is empty", "a sentence a person woken at night understands"
    if spec.tier is not judged.tier.tier:
        yield "tier", f"{spec.tier} stands among the alerts of {judged.tier.tier}", "one tier"


def renotification(judged: Judged) -> Iterator[Finding]:
    """Reminders come at sensible intervals, and only of states that are told."""
    for arguments in judged.monitors():
        interval, statuses = arguments.get("renotify_interval"), arguments.get("renotify_statuses", ())
        if interval is None:
            if statuses:
                yield "renotify_minutes", "says of what to remind, but not how often", "minutes, or None"
            continue
        if interval < SHORTEST_RENOTIFICATION:
            yield "renotify_minutes", f"every {interval} minutes is too often", f"at least {SHORTEST_RENOTIFICATION}"
        told = bool(arguments.get("notify_no_data")) or arguments.get("on_missing_data") == "show_and_notify_no_data"
        if "no data" in statuses and not told:
            yield "renotify_minutes", "reminds of missing data, which nobody is told of", "only of alerts"
