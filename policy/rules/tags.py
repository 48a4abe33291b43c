"""What Datadog shows carries the tags that people look for it by, and says that it is managed here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policy.rules.model import UNKNOWN, Mend, Parameter, Resource, Rule, Settings, body, items, part, tag_keys

MANAGED = "managed_by:pulumi"
LABEL = "app.kubernetes.io/managed-by"
_JSON = {
    "datadog:index/dashboardJson:DashboardJson": "dashboard",
    "datadog:index/monitorJson:MonitorJson": "monitor",
}
"""Resources whose tags stand in a JSON text, and under which property."""
_KEYS = frozenset({"datadog:index/metricTagConfiguration:MetricTagConfiguration"})
"""Resources whose `tags` say which keys the tags of a metric may have: none of their own."""
REQUIRED: Mapping[str, list[str]] = {
    # Datadog takes no other tags on dashboards (https://docs.datadoghq.com/dashboards/configure/).
    "datadog:index/dashboard:Dashboard": ["team"],
    "datadog:index/dashboardJson:DashboardJson": ["team"],
    "datadog:index/monitor:Monitor": ["env", "service", "team"],
    "datadog:index/monitorJson:MonitorJson": ["env", "service", "team"],
    "datadog:index/serviceLevelObjective:ServiceLevelObjective": ["env", "service", "team"],
    "datadog:index/syntheticsTest:SyntheticsTest": ["env", "service", "team"],
}


def check_required(resource: Resource, settings: Settings) -> Iterator[str]:
    """Tags that are missing."""
    wanted = settings["tags"].get(resource.type, ())
    own = resource.properties
    where = "tags"
    if property_ := _JSON.get(resource.type):
        told = body(own.get(property_))
        if not isinstance(told, Mapping):
            return
        own, where = told, f"{property_}.tags"
    if own.get(where.rpartition(".")[2]) == UNKNOWN:
        return
    if missing := [key for key in wanted if key not in tag_keys(own.get("tags"))]:
        yield f"{where}: {', '.join(missing)} missing; add each as key:value"


def check_managed(resource: Resource, _: Settings) -> Iterator[str]:
    """What does not say that a program manages it: people would change it by hand."""
    if _managed(resource) is not None:
        where = "tags" if resource.type.startswith("datadog:") else "metadata.labels"
        yield f"{where}: does not say that Pulumi manages it; add {MANAGED if where == 'tags' else f'{LABEL}: pulumi'}"


def _managed(resource: Resource) -> Mend | None:
    """What adds the mark; None where it is there, or cannot be seen yet."""
    own = resource.properties
    if resource.type in _KEYS:
        return None
    if resource.type.startswith("datadog:") and isinstance(own.get("tags"), list):
        tags = items(own["tags"])
        unseen = UNKNOWN in tags or "managed_by" in tag_keys(tags)
        return None if unseen else Mend(("tags",), [*tags, MANAGED])
    if resource.type.startswith("kubernetes:") and isinstance(part(own, "metadata"), Mapping):
        labels = part(own, "metadata", "labels") or {}
        if isinstance(labels, Mapping) and LABEL not in labels and UNKNOWN not in labels.values():
            return Mend(("metadata", "labels"), {**labels, LABEL: "pulumi"})
    return None


RULE = Rule(
    name="tags-present",
    summary="Alerts, objectives, probes and dashboards carry the tags that people find them by.",
    remedy="Add the tags that the message names.",
    check=check_required,
    parameters={
        "tags": Parameter(
            schema={"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}},
            default=REQUIRED,
            meaning="type of resource -> keys of the tags that it has to carry; replaces the whole list",
        ),
    },
)
MANAGED_RULE = Rule(
    name="managed-by-pulumi",
    summary="What can carry a tag or label says that Pulumi manages it.",
    remedy="Added by itself where the rule is set to `remediate`.",
    check=check_managed,
    mend=_managed,
)
