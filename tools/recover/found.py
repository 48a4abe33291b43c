"""Objects found in a cloud by a stack's mark, and how to tell which resource one of them is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sentry_alerts import model

MONITOR = "datadog:index/monitor:Monitor"
DASHBOARD = "datadog:index/dashboardJson:DashboardJson"
SLO = "datadog:index/serviceLevelObjective:ServiceLevelObjective"
RUM = "datadog:index/rumApplication:RumApplication"
RULE = "datadog:index/monitorNotificationRule:MonitorNotificationRule"
TEAM = "sentry:index/sentryTeam:SentryTeam"
PROJECT = "sentry:index/sentryProject:SentryProject"
KEY = "sentry:index/sentryKey:SentryKey"
NAMED = (model.ALERT, model.METRIC_MONITOR, model.CRON_MONITOR, model.UPTIME_MONITOR)
SETTINGS = (model.PROJECT_SETTINGS, model.PROJECT_OWNERSHIP, model.INBOUND_FILTERS, model.SPIKE_PROTECTION)


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """One object in a cloud that carries the mark of the stack."""

    type: str
    """Pulumi's type token."""
    id: str
    """The id by which Pulumi knows such an object."""
    identity: str
    """What tells it apart from others of its type: its logical name, or its name where it carries no mark but that."""
    title: str
    delete: Callable[[], object]
    removable: bool = True
    """False for what is always there and can only be adopted, such as the settings of a project."""
    removal_order: int = 0
    """Objects of a lower number are deleted first."""

    def __str__(self) -> str:
        return f"{self.type.rsplit(':', 1)[1]} {self.title!r} ({self.id})"


def identity(resource: Mapping[str, Any]) -> tuple[str, str]:
    """Type and identity of a resource in a Pulumi state, to be compared with those of a `Found`."""
    type_token: str = resource["type"]
    inputs: Mapping[str, Any] = resource.get("inputs") or {}
    if type_token in {RUM, RULE}:
        return type_token, str(inputs.get("name"))
    if type_token in {TEAM, PROJECT}:
        return type_token, str(inputs.get("slug"))
    if type_token == KEY:
        return type_token, f"{inputs.get('project')}/{inputs.get('name')}"
    if type_token in NAMED:
        return type_token, str(inputs.get("name"))
    if type_token in SETTINGS:
        return type_token, f"{inputs.get('organization')}/{inputs.get('project')}"
    return type_token, resource["urn"].rsplit("::", 1)[1]
