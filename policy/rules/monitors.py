"""Every monitor has an owner, a runbook, a priority and a policy for missing data."""

from __future__ import annotations

from collections.abc import Iterator

from infra.naming import Team
from policy.rules.alerting import Alerting, alerting
from policy.rules.handles import handles
from policy.rules.model import SECRET, UNKNOWN, Parameter, Resource, Rule, Settings, items, number, part, tag_keys

NO_PAIR = {"metric alert", "query alert", "log alert", "event-v2 alert", "rum alert", "trace-analytics alert"}
"""Types of monitors that say `on_missing_data`; the others know only `notify_no_data`
(https://docs.datadoghq.com/api/latest/monitors/#create-a-monitor)."""
LOWEST = 5
"""Datadog's priorities are 1 to 5."""


def check(resource: Resource, settings: Settings) -> Iterator[str]:
    """What an alert lacks. One that speaks to nobody, because another speaks for it, needs an owner only."""
    alert = alerting(resource)
    if alert is None:
        return
    yield from _owner(alert, settings)
    yield from _missing_data(alert)
    if "role" in tag_keys(alert.tags) and not any(handles(text) for text in alert.texts.values()):
        return
    if not _has_runbook(alert):
        where = "message" if alert.kind == "synthetics" else "assets"
        yield f"{where}: has no runbook; name one by its https address"
    if alert.priority != UNKNOWN and not 1 <= (number(alert.priority) or 0) <= LOWEST:
        yield f"priority: is {alert.priority or 'not set'}; say how urgent it is, 1 to {LOWEST}"


def _owner(alert: Alerting, settings: Settings) -> Iterator[str]:
    owners = {str(tag).partition(":")[2] for tag in items(alert.tags) if str(tag).startswith("team:")}
    known = sorted(settings["teams"])
    if not owners:
        yield f"tags: no team owns it; add team: and one of {', '.join(known)}"
    for owner in sorted(owners - set(known)):
        yield f"tags: {owner} is no team; one of {', '.join(known)} is"


def _missing_data(alert: Alerting) -> Iterator[str]:
    if alert.kind in NO_PAIR and alert.on_missing_data is None:
        words = "default, resolve, show_no_data or show_and_notify_no_data"
        yield f"onMissingData: is not set; say what missing data means: {words}"
    elif alert.kind not in {*NO_PAIR, "synthetics"} and alert.notify_no_data is None:
        yield "notifyNoData: is not set; say whether somebody is told when data is missing"


def _has_runbook(alert: Alerting) -> bool:
    if any(part(one, "category") == "runbook" and _is_address(part(one, "url")) for one in items(alert.assets)):
        return True
    if alert.kind != "synthetics":
        return False
    lines = [line for text in alert.texts.values() for line in str(text).splitlines()]
    return UNKNOWN in lines or any(_is_address(line.partition("Runbook:")[2].strip()) for line in lines)


def _is_address(url: object) -> bool:
    return str(url).startswith("https://") or str(url) in {UNKNOWN, SECRET}


RULE = Rule(
    name="monitors-complete",
    summary="Every monitor has an owner, a runbook, a priority and a policy for missing data.",
    remedy="Add what the message names. A monitor that only another one evaluates carries a tag `role:`.",
    check=check,
    parameters={
        "teams": Parameter(
            schema={"type": "array", "items": {"type": "string"}, "minItems": 1},
            default=[team.value for team in Team],
            meaning="values of the tag `team` that are somebody",
        ),
    },
)
