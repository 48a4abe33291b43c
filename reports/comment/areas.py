"""Which area of the monitoring an object belongs to, and what is lost with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum, unique


@unique
class Area(StrEnum):
    """The sections of the comment, in their order, by what people call what stands in them."""

    ALERTS = "alerts"
    ROUTING = "routing"
    OBJECTIVES = "objectives"
    DASHBOARDS = "dashboards"
    LOGS = "logs"
    TRACES = "traces"
    BROWSERS = "browsers"
    SENTRY = "Sentry"
    KUBERNETES = "Kubernetes"
    IMAGES = "images"
    OTHERS = "others"


MONITOR = "datadog:index/monitor:Monitor"
TEST = "datadog:index/syntheticsTest:SyntheticsTest"
RULE = "datadog:index/monitorNotificationRule:MonitorNotificationRule"
DOWNTIME = "datadog:index/downtimeSchedule:DowntimeSchedule"
DASHBOARD = "datadog:index/dashboardJson:DashboardJson"

_AREAS: Mapping[str, Area] = {
    rf"{MONITOR}|{TEST}": Area.ALERTS,
    r"datadog:index/(monitorNotificationRule|downtimeSchedule|webhook|team|onCall)": Area.ROUTING,
    r"datadog:(slack|pagerduty|opsgenie)/": Area.ROUTING,
    r"datadog:index/(serviceLevelObjective|sloCorrection)": Area.OBJECTIVES,
    r"datadog:index/(dashboard|powerpack)": Area.DASHBOARDS,
    r"datadog:index/(logs|sensitiveDataScanner)": Area.LOGS,
    r"datadog:index/(spans|apm|softwareCatalog)": Area.TRACES,
    r"datadog:index/rum": Area.BROWSERS,
    r"sentry": Area.SENTRY,
    r"kubernetes:": Area.KUBERNETES,
    r"docker:": Area.IMAGES,
}

_LOSSES: Mapping[str, str] = {
    rf"{MONITOR}": "its history of alerts and its address in Datadog",
    rf"{TEST}": "its results so far",
    r"datadog:index/serviceLevelObjective": "its history: the error budget starts anew",
    r"datadog:index/dashboard": "its address: links to it end",
    r"datadog:index/logsIndex:": "the logs in it, at the latest when their retention ends",
    r"datadog:index/(logs|spans|rum)Metric": "what its metric would measure from then on; what it has measured stays",
    r"datadog:index/rumApplication": "its sessions, and the token that browsers have",
    r"datadog:index/onCallSchedule": "the overrides people made in it",
    r"sentry:index/sentryProject": "its issues and events",
    r"sentry:index/sentryKey": "its DSN: events sent to it are refused",
    r"sentry:index/sentryTeam": "its members",
    r"kubernetes:core/v1:PersistentVolumeClaim": "the data on its volume, unless the volume is retained",
    r"kubernetes:apps/v1:StatefulSet": "its pods for a while; their volumes stay",
    r"kubernetes:core/v1:Namespace": "everything that is in it",
    r"kubernetes:apps/v1:DaemonSet": "its pods on every node for a while: nothing is measured there meanwhile",
}


def area_of(type_token: str) -> Area:
    """The area of objects of this type."""
    return next((area for pattern, area in _AREAS.items() if re.match(pattern, type_token)), Area.OTHERS)


def lost_with(type_token: str) -> str:
    """What ends when an object of this type is deleted, or made anew; empty where nothing is missed."""
    return next((words for pattern, words in _LOSSES.items() if re.match(pattern, type_token)), "")


def called(type_token: str) -> str:
    """What one such object is, without its provider: `NotificationRule`, `DaemonSet`."""
    return type_token.rpartition(":")[2]
