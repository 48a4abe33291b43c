"""From our words to the arguments of Sentry alerts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from components.sentry.spec import AlertSpec, SentrySpec, Target
from infra.naming import Mark, Tier
from sentry_alerts.shapes import actions, conditions

SEVERITY = {Tier.CRITICAL: "critical", Tier.WARNING: "warning", Tier.BUSINESS: "info"}
"""PagerDuty's words."""
PRIORITY = {Tier.CRITICAL: "P1", Tier.WARNING: "P3", Tier.BUSINESS: "P4"}
"""Opsgenie's words."""


def compile_alert(alert: AlertSpec, spec: SentrySpec, projects: Mapping[str, Any], team: Any) -> dict[str, Any]:
    """The arguments of `sentry_alerts.sdk.Alert`; `projects` maps keys to Sentry's numbers, `team` is a number, too."""
    told = _actions(alert.tier, spec, alert.runbook, team)
    return {
        "organization": spec.organization,
        "name": Mark(spec.stack).title(alert.title),
        "environment": spec.environment.value,
        "frequency_minutes": alert.silence_minutes,
        "projects": [projects[key] for key in alert.projects],
        "triggers": [dict(one) for one in alert.triggers],
        "action_filters": [
            {"logicType": "all", "conditions": [dict(one) for one in alternative], "actions": told}
            for alternative in alert.alternatives
        ],
    }


def compile_monitors_alert(tier: Tier, spec: SentrySpec, monitors: Sequence[Any], team: Any) -> dict[str, Any]:
    """The arguments of the `Alert` that tells about the issues of this tier's monitors (their numbers)."""
    return {
        "organization": spec.organization,
        "name": Mark(spec.stack).title(f"Monitors of tier {tier}"),
        "frequency_minutes": 30,
        "monitor_ids": list(monitors),
        "triggers": [conditions.new_issue(), conditions.regression(), conditions.resolved()],
        # Each monitor's description names its runbook.
        "action_filters": [{"logicType": "all", "conditions": [], "actions": _actions(tier, spec, None, team)}],
    }


def _actions(tier: Tier, spec: SentrySpec, runbook: str | None, team: Any) -> list[dict[str, Any]]:
    notes = f"Runbook: {spec.runbook_base_url}/{runbook}.md" if runbook else ""
    targets = spec.targets.get(tier, ())
    return [_action(tier, target, notes) for target in targets] or [actions.tell_team(team)]


def _action(tier: Tier, target: Target, notes: str) -> dict[str, Any]:
    match target.kind:
        case "slack":
            return actions.slack(target.integration, target.name, target.id, tags="environment,release", notes=notes)
        case "pagerduty":
            return actions.pagerduty(target.integration, target.id, target.name, SEVERITY[tier])
        case _:
            return actions.opsgenie(target.integration, target.id, target.name, PRIORITY[tier])
