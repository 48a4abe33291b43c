"""Who is told: notification rules and teams."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from datadog_api_client.v2.model.monitor_notification_rule_attributes import MonitorNotificationRuleAttributes
from datadog_api_client.v2.model.team_create_attributes import TeamCreateAttributes

from sandbox.checks.datadog.body import as_property, snake, snake_keys
from sandbox.checks.models import check_model
from sandbox.checks.problem import Problem

HANDLE = re.compile(r"[a-z0-9][a-z0-9._-]*")
"""A team's handle: it is what people type after `@team-`."""


def check_notification_rule(inputs: Mapping[str, Any]) -> list[Problem]:
    """Problems of a `MonitorNotificationRule`."""
    members = {snake(name): name for name in inputs}
    problems = [
        as_property(each, members) for each in check_model(MonitorNotificationRuleAttributes, snake_keys(inputs))
    ]
    if ("recipients" in inputs) == ("conditionalRecipients" in inputs):
        problems.append(Problem("recipients", "give either recipients or conditionalRecipients"))
    return problems + list(_handles(inputs))


def _handles(inputs: Mapping[str, Any]) -> Iterator[Problem]:
    conditional = inputs.get("conditionalRecipients") or {}
    lists = {
        "recipients": inputs.get("recipients"),
        "conditionalRecipients.fallbackRecipients": conditional.get("fallbackRecipients"),
    }
    for index, condition in enumerate(conditional.get("conditions") or []):
        lists[f"conditionalRecipients.conditions[{index}].recipients"] = condition.get("recipients")
    for path, handles in lists.items():
        for index, handle in enumerate(handles or []):
            if isinstance(handle, str) and handle.startswith("@"):
                yield Problem(f"{path}[{index}]", f"recipients must not start with '@': write {handle.lstrip('@')!r}")


def refused_tag_indexing_rule(_inputs: Mapping[str, Any]) -> list[Problem]:
    """Tag indexing rules: the provider's own client does not let them through."""
    return [Problem("", "the API refuses this as an unstable operation")]


def check_team(inputs: Mapping[str, Any]) -> list[Problem]:
    """Problems of a `Team`."""
    problems = check_model(TeamCreateAttributes, dict(inputs))
    handle = inputs.get("handle")
    if isinstance(handle, str) and not HANDLE.fullmatch(handle):
        problems.append(
            Problem("handle", f"{handle!r} has characters that a handle cannot have: use a-z, 0-9, '-', '_' and '.'")
        )
    return problems
