"""Inputs of sound resources, as the engine sends them, and the tokens of their types."""

from __future__ import annotations

import json
from typing import Any

MONITOR = "datadog:index/monitor:Monitor"
DASHBOARD = "datadog:index/dashboardJson:DashboardJson"
SLO = "datadog:index/serviceLevelObjective:ServiceLevelObjective"
RULE = "datadog:index/monitorNotificationRule:MonitorNotificationRule"
PROBE = "datadog:index/syntheticsTest:SyntheticsTest"
RUM = "datadog:index/rumApplication:RumApplication"
RUM_FILTER = "datadog:index/rumRetentionFilter:RumRetentionFilter"
RUM_METRIC = "datadog:index/rumMetric:RumMetric"
TEAM = "sentry:index/sentryTeam:SentryTeam"
PROJECT = "sentry:index/sentryProject:SentryProject"
KEY = "sentry:index/sentryKey:SentryKey"
NAMESPACE = "kubernetes:core/v1:Namespace"
SECRET = "kubernetes:core/v1:Secret"
CONFIG_MAP = "kubernetes:core/v1:ConfigMap"
DAEMON_SET = "kubernetes:apps/v1:DaemonSet"


def urn(token: str, name: str = "it", stack: str = "dev") -> str:
    return f"urn:pulumi:{stack}::genonaut::{token}::{name}"


def monitor(**changes: Any) -> dict[str, Any]:
    return {
        "name": "CPU is busy",
        "type": "query alert",
        "query": "avg(last_5m):avg:system.cpu.user{env:prod} > 90",
        "message": "@slack-genonaut",
        "monitorThresholds": {"critical": "90", "warning": "80"},
        "priority": "3",
        "tags": ["env:prod", "managed-by:pulumi"],
        **changes,
    }


def probe(**changes: Any) -> dict[str, Any]:
    return {
        "name": "API",
        "type": "api",
        "subtype": "http",
        "status": "live",
        "locations": ["aws:eu-central-1"],
        "requestDefinition": {"method": "GET", "url": "https://example.com/health"},
        "assertions": [{"type": "statusCode", "operator": "is", "target": "200"}],
        "optionsList": {"tickEvery": 300},
        "tags": ["stack:dev"],
        **changes,
    }


def browser_probe(**changes: Any) -> dict[str, Any]:
    step = {"name": "It starts", "type": "assertPageContains", "params": {"value": "Genonaut"}}
    browser = {"type": "browser", "deviceIds": ["chrome.laptop_large"], "browserSteps": [step]}
    inputs = probe(**{**browser, **changes})
    return {name: value for name, value in inputs.items() if name not in ("subtype", "assertions")}


def time_slice(query: str = "min:up{env:prod}", formula: str = "value", **changes: Any) -> dict[str, Any]:
    queries = [{"metricQuery": {"dataSource": "metrics", "name": "value", "query": query}}]
    measured = {
        "query": {"formula": {"formulaExpression": formula}, "queries": queries},
        "comparator": ">=",
        "threshold": 1,
        "queryIntervalSeconds": 60,
        **changes,
    }
    thresholds = [{"timeframe": "30d", "target": 99.9}]
    return {"name": "a", "type": "time_slice", "sliSpecification": {"timeSlice": measured}, "thresholds": thresholds}


def dashboard(query: str = "avg:system.cpu.user{*}") -> dict[str, Any]:
    widget = {"definition": {"type": "timeseries", "title": "CPU", "requests": [{"q": query, "display_type": "line"}]}}
    return {"dashboard": json.dumps({"title": "Hosts", "layout_type": "ordered", "widgets": [widget]})}


def dashboard_of_logs(search: str = "status:error", formula: str = "lines") -> dict[str, Any]:
    """One that counts logs."""
    query = {
        "data_source": "logs",
        "name": "lines",
        "search": {"query": search},
        "indexes": ["*"],
        "compute": {"aggregation": "count"},
        "group_by": [],
    }
    request = {"response_format": "timeseries", "queries": [query], "formulas": [{"formula": formula}]}
    widget = {"definition": {"type": "timeseries", "requests": [request]}}
    return {"dashboard": json.dumps({"title": "Logs", "layout_type": "ordered", "widgets": [widget]})}


def rum_filter(application: str = "0", **changes: Any) -> dict[str, Any]:
    query = "@session.type:user"
    return {
        "applicationId": application, "name": "a", "eventType": "error", "sampleRate": 50.5, "query": query, **changes
    }  # fmt: skip


def rum_metric(**changes: Any) -> dict[str, Any]:
    return {
        "name": "genonaut.browser.paint",
        "eventType": "view",
        "compute": {"aggregationType": "distribution", "includePercentiles": True, "path": "@view.loading_time"},
        "filter": {"query": "service:genonaut-web"},
        "groupBies": [{"path": "@geo.country", "tagName": "country"}],
        "uniqueness": {"when": "end"},
        **changes,
    }


def daemon_set(**container: Any) -> dict[str, Any]:
    pod = {
        "containers": [
            {"name": "agent", "image": "agent:1", "volumeMounts": [{"name": "run", "mountPath": "/run"}], **container}
        ],
        "volumes": [{"name": "run", "emptyDir": {}}],
    }
    labels = {"app": "agent"}
    template = {"metadata": {"labels": labels}, "spec": pod}
    return {
        "metadata": {"name": "agent", "namespace": "default", "labels": {"team": "platform"}},
        "spec": {"selector": {"matchLabels": labels}, "template": template},
    }
