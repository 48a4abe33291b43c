"""Which changes replace an object, and which are no change at all.

Sources: for Kubernetes the API's validation and pulumi-kubernetes `provider/pkg/provider/diff.go`; for Datadog and
Docker the `ForceNew` marks and diff suppressions of the Terraform providers that the Pulumi ones bridge.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import yaml

from sandbox.kubernetes.kinds import HELM_RELEASE, is_api_object, kind_of
from sandbox.schema.model import Resource
from sandbox.wire import UNKNOWN, plain

METADATA = ("metadata.name", "metadata.namespace", "apiVersion", "kind")
KUBERNETES: dict[str, tuple[str, ...]] = {
    "ClusterRoleBinding": ("roleRef",),
    "ConfigMap": ("data", "binaryData"),
    "DaemonSet": ("spec.selector",),
    "Deployment": ("spec.selector",),
    "Job": ("spec.completions", "spec.selector", "spec.template"),
    "PersistentVolumeClaim": (
        "spec.accessModes", "spec.selector", "spec.storageClassName", "spec.volumeMode", "spec.volumeName",
    ),
    "ReplicaSet": ("spec.selector",),
    "ResourceQuota": ("spec.scopes",),
    "RoleBinding": ("roleRef",),
    "Secret": ("type", "data", "stringData"),
    "Service": ("spec.clusterIP",),
    "StatefulSet": (
        "spec.podManagementPolicy", "spec.revisionHistoryLimit", "spec.selector", "spec.serviceName",
        "spec.volumeClaimTemplates",
    ),
    "StorageClass": ("parameters", "provisioner", "reclaimPolicy", "volumeBindingMode"),
}  # fmt: skip
MUTABLE_BY_SETTING = {"ConfigMap": "enableConfigMapMutable", "Secret": "enableSecretMutable"}
"""Provider settings that let the data of a kind change in place."""

DOCUMENTS = frozenset(
    {("datadog:index/dashboardJson:DashboardJson", "dashboard"), ("datadog:index/monitorJson:MonitorJson", "monitor")}
)
"""Inputs that are JSON."""
OTHERS: dict[str, tuple[str, ...]] = {
    "datadog:index/dashboard:Dashboard": ("layoutType",),
    "datadog:index/logsIndex:LogsIndex": ("name",),
    "datadog:index/logsIndexOrder:LogsIndexOrder": ("name",),
    "datadog:index/logsMetric:LogsMetric": ("name", "compute.aggregationType", "compute.path"),
    "datadog:index/logsPipelineOrder:LogsPipelineOrder": ("name",),
    "datadog:index/metricMetadata:MetricMetadata": ("metric",),
    "datadog:index/metricTagConfiguration:MetricTagConfiguration": ("metricName", "metricType"),
    "datadog:index/monitor:Monitor": ("type",),
    "datadog:index/monitorConfigPolicy:MonitorConfigPolicy": ("policyType",),
    "datadog:index/rumMetric:RumMetric": ("name", "eventType", "compute.aggregationType", "compute.path"),
    "datadog:index/rumRetentionFilter:RumRetentionFilter": ("applicationId",),
    "datadog:index/serviceLevelObjective:ServiceLevelObjective": ("type",),
    "datadog:index/sloCorrection:SloCorrection": ("sloId",),
    "datadog:index/spansMetric:SpansMetric": ("name", "compute.aggregationType", "compute.path"),
    "datadog:index/syntheticsTest:SyntheticsTest": ("type",),
    "datadog:index/teamLink:TeamLink": ("teamId",),
    "datadog:index/teamMembership:TeamMembership": ("teamId", "userId"),
    "datadog:slack/channel:Channel": ("accountName", "channelName"),
    "docker:index/network:Network": ("name", "driver", "internal", "attachable", "options"),
    "docker:index/remoteImage:RemoteImage": ("name", "platform", "pullTriggers", "triggers", "build"),
    "docker:index/tag:Tag": ("sourceImage", "targetImage"),
    "docker:index/volume:Volume": ("name", "driver", "driverOpts"),
    HELM_RELEASE: ("name", "namespace"),
    "sentry:index/sentryKey:SentryKey": ("organization", "project"),
    "sentry:index/sentryProject:SentryProject": ("organization",),
    "sentry:index/sentryTeam:SentryTeam": ("organization",),
}
SUPPRESSED: dict[str, tuple[str, ...]] = {
    "datadog:index/monitor:Monitor": ("validate",),
    "datadog:index/serviceLevelObjective:ServiceLevelObjective": ("validate",),
}
"""Inputs that are never sent to the vendor, so changing them changes nothing."""

INTERCHANGEABLE = frozenset({"query alert", "metric alert"})
"""Monitor types that the API swaps on its own."""

ENTITY = "datadog:index/softwareCatalog:SoftwareCatalog"
IN_DOCUMENT = {
    "datadog:index/monitorJson:MonitorJson": ("monitor", "type"),
    "datadog:index/dashboardJson:DashboardJson": ("dashboard", "layout_type"),
}
"""Types given as a JSON text: the input that holds it, and the member of the document that cannot change."""


def immutable(
    resource: Resource, old: Mapping[str, Any], new: Mapping[str, Any], config: Mapping[str, Any]
) -> set[str]:
    """Property paths whose change replaces an object of this type; `config` is the provider's configuration."""
    fixed = set(resource.replace_on_changes)
    if is_api_object(resource.token):
        kind = kind_of(resource.token)
        fixed.update(METADATA, KUBERNETES.get(kind, ()))
        if config.get(MUTABLE_BY_SETTING.get(kind, ""), "") in (True, "true"):
            fixed -= {"data", "binaryData", "stringData"}
        return fixed
    fixed.update(OTHERS.get(resource.token, ()))
    if {plain(old.get("type")), plain(new.get("type"))} == INTERCHANGEABLE:
        fixed.discard("type")
    if resource.token in IN_DOCUMENT:
        property_name, member = IN_DOCUMENT[resource.token]
        if _member(old.get(property_name), member) != _member(new.get(property_name), member):
            fixed.add(property_name)
    if resource.token == ENTITY:
        references = _reference(old), _reference(new)
        if None not in references and len(set(references)) > 1:
            fixed.add("entity")
    return fixed


def without_suppressed(token: str, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs that count when two sets are compared."""
    counted = {name: value for name, value in inputs.items() if name not in SUPPRESSED.get(token, ())}
    return {name: _normal(value) if (token, name) in DOCUMENTS else value for name, value in counted.items()}


def _normal(text: Any) -> Any:
    """The provider compares the documents, not how they are written down."""
    try:
        return json.dumps(json.loads(text), sort_keys=True)
    except (TypeError, ValueError):
        return text


def _reference(inputs: Mapping[str, Any]) -> tuple[Any, ...] | None:
    """What tells one entry of the catalog of services from another; None where it is not known yet."""
    text = plain(inputs.get("entity"))
    body = yaml.safe_load(text) if isinstance(text, str) and UNKNOWN not in text else None
    if not isinstance(body, Mapping):
        return None
    own = body.get("metadata") or {}
    return body.get("kind"), own.get("namespace", "default"), own.get("name")


def _member(text: Any, name: str) -> Any:
    try:
        return json.loads(plain(text)).get(name)
    except (TypeError, ValueError, AttributeError):
        return None
