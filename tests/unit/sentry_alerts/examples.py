"""Sound inputs of every resource type, as the engine sends them."""

from __future__ import annotations

from typing import Any

from sentry_alerts import model
from sentry_alerts.shapes import actions, assertions, conditions

ORGANIZATION = "o"


def inputs(project: str, team: str) -> dict[str, dict[str, Any]]:
    """Type token -> inputs; `project` and `team` are Sentry's numbers."""
    monitor = {"organization": ORGANIZATION, "project": project, "owner": f"team:{team}"}
    settings = {"organization": ORGANIZATION, "project": "api"}
    told = [actions.slack("1", "#alerts", notes="read this"), actions.tell_team(team), actions.tell_owners()]
    return {
        model.ALERT: {
            "organization": ORGANIZATION,
            "name": "New error [dev]",
            "projects": [project],
            "environment": "production",
            "triggers": [conditions.new_issue(), conditions.more_events_than(100, "1h")],
            "actionFilters": [
                {"logicType": "all", "conditions": [conditions.level_at_least(40)], "actions": told},
                {"logicType": "any-short", "conditions": [conditions.category(1)], "actions": told[1:2]},
            ],
        },
        model.METRIC_MONITOR: {
            **monitor,
            "name": "Fails [dev]",
            "aggregate": "failure_rate()",
            "dataset": "events_analytics_platform",
            "eventTypes": ["trace_item_span"],
            "query": "is_transaction:true",
            "timeWindow": 300,
            "environment": "production",
            "conditions": [
                {"type": "gt", "comparison": 0.05, "conditionResult": 75},
                {"type": "lte", "comparison": 0.05, "conditionResult": 0},
            ],
        },
        model.CRON_MONITOR: {**monitor, "name": "Job [dev]", "job": "heartbeat", "crontab": "*/5 * * * *"},
        model.UPTIME_MONITOR: {
            **monitor,
            "name": "Down [dev]",
            "url": "https://example.com/api/v1/health",
            "environment": "production",
            "headers": {"X-Probe": "made-up"},
            "assertion": assertions.ok_with("$.status", "healthy"),
        },
        model.PROJECT_SETTINGS: {
            **settings,
            "fingerprintingRules": "error.type:OperationalError -> database",
            "resolveAge": 24,
            "scrubIpAddresses": True,
            "sensitiveFields": ["prompt"],
        },
        model.PROJECT_OWNERSHIP: {**settings, "raw": "path:genonaut/** #core"},
        model.INBOUND_FILTERS: {
            **settings,
            "localhost": True,
            "legacyBrowsers": ["ie", "opera"],
            "errorMessages": ["ResizeObserver loop*"],
        },
        model.SPIKE_PROTECTION: {**settings, "enabled": False},
    }


CHANGES: dict[str, dict[str, Any]] = {
    model.ALERT: {"frequencyMinutes": 1440, "enabled": False},
    model.METRIC_MONITOR: {"timeWindow": 600, "description": "why"},
    model.CRON_MONITOR: {"maxRuntime": 90},
    model.UPTIME_MONITOR: {"method": "HEAD", "downtimeThreshold": 5},
    model.PROJECT_SETTINGS: {"resolveAge": 48},
    model.PROJECT_OWNERSHIP: {"raw": "url:* #core", "fallthrough": True},
    model.INBOUND_FILTERS: {"localhost": False, "errorMessages": []},
    model.SPIKE_PROTECTION: {"enabled": True},
}
"""Type token -> inputs to change."""
