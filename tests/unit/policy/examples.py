"""Resources that break no rule, for tests to change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from policy.rules.model import Resource, Rule, settings_of

MONITOR = "datadog:index/monitor:Monitor"
MONITOR_JSON = "datadog:index/monitorJson:MonitorJson"
ROUTING = "datadog:index/monitorNotificationRule:MonitorNotificationRule"
DOWNTIME = "datadog:index/downtimeSchedule:DowntimeSchedule"
TEST = "datadog:index/syntheticsTest:SyntheticsTest"
DEPLOYMENT = "kubernetes:apps/v1:Deployment"
TAGS = ["env:production", "service:genonaut-api", "team:genonaut-backend", "managed_by:pulumi"]


def resource(type_: str, *, protected: bool = True, **properties: Any) -> Resource:
    return Resource(type=type_, name="one", urn="urn:of-one", properties=properties, protected=protected)


def monitor(**changes: Any) -> Resource:
    """None takes a property out."""
    whole = {
        "type": "query alert",
        "query": "avg(last_5m):avg:system.load.1{*} > 5",
        "message": "Load is high. @slack-genonaut-alerts",
        "tags": TAGS,
        "priority": "2",
        "onMissingData": "default",
        "assets": [{"category": "runbook", "name": "Runbook", "url": "https://example.com/load.md"}],
        **changes,
    }
    return resource(MONITOR, **{key: value for key, value in whole.items() if value is not None})


def container(**changes: Any) -> dict[str, Any]:
    whole = {
        "name": "agent",
        "image": "example.com/agent:1",
        "resources": {"requests": {"cpu": "1", "memory": "1Gi"}, "limits": {"cpu": "1", "memory": "1Gi"}},
        "securityContext": {"allowPrivilegeEscalation": False, "runAsNonRoot": True},
    }
    return {**whole, **changes}


def deployment(*containers: Mapping[str, Any], **pod: Any) -> Resource:
    return resource(
        DEPLOYMENT,
        metadata={"name": "agent", "labels": {"app.kubernetes.io/managed-by": "pulumi"}},
        spec={"template": {"spec": {"containers": list(containers or (container(),)), **pod}}},
    )


def broken(rule: Rule, one: Resource, **configured: Any) -> list[str]:
    return list(rule.check(one, settings_of(rule, configured)))
