"""Nobody is woken, and nothing outside is called, by a stack that may not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from infra.naming import PAGERS
from policy.rules.alerting import alerting
from policy.rules.handles import handles
from policy.rules.model import Parameter, Resource, Rule, Settings, body, items, part

REACHING = (*PAGERS, "webhook-")
"""How the handles begin that wake somebody or call another system."""
EVERYBODY = {"all", "here", "channel", "everyone"}
BARE = {"pagerduty", "opsgenie", "oncall", "webhook"}
"""Without a name behind them they mean every service there is."""
NOTIFICATION_RULE = "datadog:index/monitorNotificationRule:MonitorNotificationRule"
DOWNTIME = "datadog:index/downtimeSchedule:DowntimeSchedule"
SENTRY_ALERT = "sentry-alerts:index:Alert"
SENTRY_PAGERS = {"pagerduty", "opsgenie"}


def check(resource: Resource, settings: Settings) -> Iterator[str]:
    """Handles that this stack may not use, wherever something can be sent from."""
    for where, handle in _named(resource):
        word = handle.lower()
        if word in EVERYBODY:
            yield f"{where}: @{handle} calls everybody; name a channel, or a service of production's pager"
        elif word in BARE or "*" in word:
            yield f"{where}: @{handle} means every service there is; name one"
        elif word.startswith(REACHING) and handle not in settings["allowed"]:
            yield f"{where}: @{handle} would wake somebody or call another system; {_may(settings['allowed'])}"


def _may(allowed: list[str]) -> str:
    return (
        f"this stack may use {', '.join(sorted(allowed))}" if allowed else "only production may, others use a channel"
    )


def _named(resource: Resource) -> Iterator[tuple[str, str]]:
    """Where a handle stands, and the handle."""
    own = resource.properties
    texts: dict[str, Any] = {}
    if alert := alerting(resource):
        texts = dict(alert.texts)
    elif resource.type == DOWNTIME:
        texts = {"message": own.get("message")}
    for where, text in texts.items():
        yield from ((where, handle) for handle in handles(text))
    if resource.type == NOTIFICATION_RULE:
        yield from _recipients(own)
    elif resource.type == SENTRY_ALERT:
        yield from _actions(own)


def _recipients(own: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    conditional = own.get("conditionalRecipients")
    lists = {
        "recipients": own.get("recipients"),
        "conditionalRecipients.fallbackRecipients": part(conditional, "fallbackRecipients"),
        **{
            f"conditionalRecipients.conditions[{index}].recipients": part(one, "recipients")
            for index, one in enumerate(items(part(conditional, "conditions")))
        },
    }
    for where, recipients in lists.items():
        yield from ((where, str(one).removeprefix("@")) for one in items(recipients))


def _actions(own: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Sentry names a pager by the kind of action: as a handle, `pagerduty-sentry`."""
    filters = own.get("actionFilters")
    for index, one in enumerate(items(body(filters) if isinstance(filters, str) else filters)):
        for action in items(part(one, "actions")):
            if (kind := str(part(action, "type"))) in SENTRY_PAGERS:
                yield f"actionFilters[{index}].actions", f"{kind}-sentry"


RULE = Rule(
    name="no-foreign-pages",
    summary="Only the pagers and webhooks that a stack was given are used by it, by name, and nobody calls everybody.",
    remedy="Send it to a channel, or let the stack's policy configuration allow the handle.",
    check=check,
    parameters={
        "allowed": Parameter(
            schema={"type": "array", "items": {"type": "string"}},
            default=[],
            meaning="handles without @ that this stack may page or call; `pagerduty-sentry` for Sentry's own action",
        ),
    },
)
