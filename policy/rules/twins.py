"""Nothing is told twice."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from policy.rules.alerting import alerting
from policy.rules.model import SECRET, UNKNOWN, Resource, Settings, StackRule, part
from policy.rules.pagers import NOTIFICATION_RULE


def check(resources: Sequence[Resource], _: Settings) -> Iterator[tuple[Resource, str]]:
    """Monitors that evaluate the same query, and notification rules that take the same alerts."""
    first: dict[str, Resource] = {}
    for resource in resources:
        what = _what_it_does(resource)
        if what is None or UNKNOWN in what or SECRET in what:
            continue
        if other := first.get(what):
            yield resource, f"does what {other.name} does: people are told twice; remove one of them"
        else:
            first[what] = resource


def _what_it_does(resource: Resource) -> str | None:
    if resource.type == NOTIFICATION_RULE:
        told: Any = [NOTIFICATION_RULE, part(resource.properties, "filter")]
    elif (alert := alerting(resource)) and alert.query:
        told = [alert.kind, alert.query]
    else:
        return None
    return json.dumps(told, sort_keys=True)


RULE = StackRule(
    name="no-twins",
    summary="No two monitors of a stack evaluate the same query, no two notification rules take the same alerts.",
    remedy="Remove one of the two.",
    check=check,
)
