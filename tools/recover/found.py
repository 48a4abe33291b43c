"""Objects found in a cloud by a stack's mark, and how to tell which resource one of them is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sentry_alerts import model

MONITOR = "datadog:index/monitor:Monitor"
DASHBOARD = "datadog:index/dashboardJson:DashboardJson"
SLO = "datadog:index/serviceLevelObjective:ServiceLevelObjective"
PROBE = "datadog:index/syntheticsTest:SyntheticsTest"
RUM = "datadog:index/rumApplication:RumApplication"
RUM_FILTER = "datadog:index/rumRetentionFilter:RumRetentionFilter"
RUM_METRIC = "datadog:index/rumMetric:RumMetric"
RULE = "datadog:index/monitorNotificationRule:MonitorNotificationRule"
DOWNTIME = "datadog:index/downtimeSchedule:DowntimeSchedule"
DATADOG_TEAM = "datadog:index/team:Team"
LINK = "datadog:index/teamLink:TeamLink"
SLACK = "datadog:slack/channel:Channel"
PAGERDUTY = "datadog:pagerduty/serviceObject:ServiceObject"
WEBHOOK = "datadog:index/webhook:Webhook"
SCHEDULE = "datadog:index/onCallSchedule:OnCallSchedule"
POLICY = "datadog:index/onCallEscalationPolicy:OnCallEscalationPolicy"
ROUTING = "datadog:index/onCallTeamRoutingRules:OnCallTeamRoutingRules"
SPANS_METRIC = "datadog:index/spansMetric:SpansMetric"
METRIC_TAGS = "datadog:index/metricTagConfiguration:MetricTagConfiguration"
RETENTION = "datadog:index/apmRetentionFilter:ApmRetentionFilter"
RETENTION_ORDER = "datadog:index/apmRetentionFilterOrder:ApmRetentionFilterOrder"
ENTITY = "datadog:index/softwareCatalog:SoftwareCatalog"
INDEX = "datadog:index/logsIndex:LogsIndex"
INDEX_ORDER = "datadog:index/logsIndexOrder:LogsIndexOrder"
PIPELINE = "datadog:index/logsCustomPipeline:LogsCustomPipeline"
LOG_METRIC = "datadog:index/logsMetric:LogsMetric"
ARCHIVE = "datadog:index/logsArchive:LogsArchive"
SCAN_GROUP = "datadog:index/sensitiveDataScannerGroup:SensitiveDataScannerGroup"
SCAN_RULE = "datadog:index/sensitiveDataScannerRule:SensitiveDataScannerRule"
OF_LOGS = (INDEX, INDEX_ORDER, PIPELINE, LOG_METRIC, ARCHIVE, SCAN_GROUP, SCAN_RULE)
TEAM = "sentry:index/sentryTeam:SentryTeam"
PROJECT = "sentry:index/sentryProject:SentryProject"
KEY = "sentry:index/sentryKey:SentryKey"
NAMED = (model.ALERT, model.METRIC_MONITOR, model.CRON_MONITOR, model.UPTIME_MONITOR)
SETTINGS = (model.PROJECT_SETTINGS, model.PROJECT_OWNERSHIP, model.INBOUND_FILTERS, model.SPIKE_PROTECTION)

NAMING_INPUTS: Mapping[str, tuple[str, ...]] = {
    RUM: ("name",),
    RUM_FILTER: ("applicationId", "name"),
    RUM_METRIC: ("name",),
    RULE: ("name",),
    TEAM: ("slug",),
    PROJECT: ("slug",),
    KEY: ("project", "name"),
    LINK: ("teamId", "label"),
    SLACK: ("accountName", "channelName"),
    PAGERDUTY: ("serviceName",),
    WEBHOOK: ("name",),
    SCHEDULE: ("name",),
    POLICY: ("name",),
    SPANS_METRIC: ("name",),
    METRIC_TAGS: ("metricName",),
    RETENTION: ("name",),
    ROUTING: ("teamId",),
    **dict.fromkeys(OF_LOGS, ("name",)),
    **dict.fromkeys(NAMED, ("name",)),
    **dict.fromkeys(SETTINGS, ("organization", "project")),
}
"""The inputs that tell objects apart which carry no logical name."""


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
    delete: Callable[[], object] | None
    """None: it carries no mark, so it may be somebody else's. It is adopted where its creation was begun, and otherwise
    left alone."""
    removal_order: int = 0
    """Objects of a lower number are deleted first."""
    holds_history: bool = False
    """Whether it outlives a deletion from the program (infra/history.py): it is never removed."""

    def __str__(self) -> str:
        return f"{self.type.rsplit(':', 1)[1]} {self.title!r} ({self.id})"


def identity(resource: Mapping[str, Any]) -> tuple[str, str]:
    """Type and identity of a resource in a Pulumi state, to be compared with those of a `Found`."""
    type_token: str = resource["type"]
    inputs: Mapping[str, Any] = resource.get("inputs") or {}
    if type_token in NAMING_INPUTS:
        return type_token, "/".join(str(inputs.get(name)) for name in NAMING_INPUTS[type_token])
    return type_token, resource["urn"].rsplit("::", 1)[1]
