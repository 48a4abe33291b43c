"""Actions of alerts, as Sentry writes them. Pure; `team` may be anything Pulumi takes as an input."""

from __future__ import annotations

from typing import Any


def slack(integration: str, channel: str, channel_id: str = "", *, tags: str = "", notes: str = "") -> dict[str, Any]:
    """Post in a Slack channel; `tags` are names of tags to show, with commas between. Sentry finds an empty id."""
    return _integration(
        "slack",
        integration,
        channel_id,
        channel,
        {name: text for name, text in (("tags", tags), ("notes", notes)) if text},
    )


def pagerduty(integration: str, service_id: str, service: str, severity: str = "default") -> dict[str, Any]:
    """Page by a PagerDuty service; `severity` is default, critical, warning, error or info."""
    return _integration("pagerduty", integration, service_id, service, {"priority": severity})


def opsgenie(integration: str, team_id: str, team: str, priority: str = "P3") -> dict[str, Any]:
    """Page by an Opsgenie team, P1 to P5."""
    return _integration("opsgenie", integration, team_id, team, {"priority": priority})


def tell_team(team: Any) -> dict[str, Any]:
    """Tell a team (its number), each member by the way they prefer: e-mail unless they chose otherwise."""
    return {"type": "email", "data": {}, "config": {"targetType": "team", "targetIdentifier": team}}


def tell_owners() -> dict[str, Any]:
    """Tell the issue's owners, by the ownership rules; all active members where there are none."""
    return {
        "type": "email",
        "data": {"fallthroughType": "ActiveMembers"},
        "config": {"targetType": "issue_owners", "targetIdentifier": ""},
    }


def _integration(kind: str, integration: str, identifier: str, display: str, data: dict[str, str]) -> dict[str, Any]:
    config = {"targetType": "specific", "targetIdentifier": identifier, "targetDisplay": display}
    return {"type": kind, "integrationId": integration, "data": data, "config": config}
