"""What a vendor judges only when an object is made or removed: others that must exist, names that are taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sandbox.cloud import Cloud, CloudObject
from sandbox.computed.helm import release_id
from sandbox.computed.sentry import slug_of
from sandbox.kubernetes.kinds import (
    BUILT_IN_NAMESPACES,
    HELM_RELEASE,
    api_version_of,
    group_of,
    is_api_object,
    is_namespaced,
    is_patch,
    kind_of,
    metadata_of,
    target_of,
)
from sandbox.provider import vendors
from sandbox.provider.monitors import MONITOR, MONITORS, SLO, admit_monitor, composites_of
from sandbox.provider.refusal import Refusal

NAMESPACE = "kubernetes:core/v1:Namespace"
CUSTOM_RESOURCE_DEFINITION = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition"
TEAM, PROJECT, KEY = (f"sentry:index/sentry{name}:Sentry{name}" for name in ("Team", "Project", "Key"))
SENTRY = ("sentry", "sentry-alerts")
"""Providers of what goes with a Sentry project: each such object names its project's slug."""
APPLICATION = "datadog:index/rumApplication:RumApplication"
RETENTION_FILTER = "datadog:index/rumRetentionFilter:RumRetentionFilter"
TEAM_LINKS = ("datadog:index/teamMembership:TeamMembership", "datadog:index/teamLink:TeamLink")

UNIQUE_INPUT = {
    "datadog:index/team:Team": ("team handle", "handle"),
    "datadog:index/monitorNotificationRule:MonitorNotificationRule": ("notification rule", "name"),
    "datadog:index/logsIndex:LogsIndex": ("log index", "name"),
    "datadog:index/logsMetric:LogsMetric": ("log-based metric", "name"),
    "datadog:index/spansMetric:SpansMetric": ("span-based metric", "name"),
    "datadog:index/metricTagConfiguration:MetricTagConfiguration": ("tag configuration", "metricName"),
    "datadog:index/rumMetric:RumMetric": ("RUM-based metric", "name"),
    "datadog:index/webhook:Webhook": ("webhook", "name"),
    "docker:index/container:Container": ("container", "name"),
    "docker:index/network:Network": ("network", "name"),
    "docker:index/volume:Volume": ("volume", "name"),
}
"""Types whose names the vendor keeps unique: what it calls them, and the input that is the name."""


class Admission:
    """Judges against one cloud."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud

    def admit(self, token: str, inputs: Mapping[str, Any]) -> None:
        """Raises `Refusal` when something the object needs is not there."""
        if is_api_object(token):
            self._admit_to_cluster(token, inputs)
        elif token == HELM_RELEASE and not inputs.get("createNamespace"):
            self._admit_to_namespace(inputs.get("namespace") or "default")
        elif token == PROJECT:
            for slug in [*(inputs.get("teams") or []), *filter(None, [inputs.get("team")])]:
                self._need(TEAM, "slug", slug, f"404 Not Found: no team {slug!r} in {inputs.get('organization')!r}")
        elif token == KEY:
            slug = inputs.get("project")
            self._need(PROJECT, "slug", slug, f"404 Not Found: no project {slug!r} in {inputs.get('organization')!r}")
        elif token == MONITOR:
            admit_monitor(self._cloud, inputs)
        elif token == SLO:
            self._admit_slo(inputs.get("monitorIds") or [])
        elif token in TEAM_LINKS:
            id_ = str(inputs.get("teamId"))
            if self._cloud.find("datadog:index/team:Team", id_) is None:
                raise Refusal(f"404 Not Found: no team {id_!r}")
        elif token == RETENTION_FILTER:
            id_ = str(inputs.get("applicationId"))
            if self._cloud.find(APPLICATION, id_) is None:
                raise Refusal(f"404 Not Found: no RUM application {id_!r}")

    def unique_key(self, token: str, inputs: Mapping[str, Any]) -> str | None:
        """The name that no other object may have, or None where names may repeat."""
        if is_api_object(token):
            metadata = metadata_of(inputs)
            namespace = metadata.get("namespace") or "default"
            if is_patch(token):
                return None
            place = f"{namespace}/" if is_namespaced(token, self._custom_scopes()) else ""
            return f"{group_of(api_version_of(token))}/{kind_of(token)} {place}{metadata.get('name')}"
        if token == HELM_RELEASE and inputs.get("name"):
            return f"a Helm release {release_id(inputs)!r}"
        if token in (TEAM, PROJECT):
            slug = inputs.get("slug") or slug_of(str(inputs.get("name")))
            return f"the slug {slug!r} of a {'team' if token == TEAM else 'project'} in {inputs.get('organization')!r}"
        if token in UNIQUE_INPUT and inputs.get(UNIQUE_INPUT[token][1]):
            kind, name = UNIQUE_INPUT[token]
            return f"a {kind} {inputs[name]!r}"
        return None

    def release(self, token: str, id_: str) -> Callable[[CloudObject], bool]:
        """Which other objects go with this one when it is removed. Raises `Refusal` while others need it."""
        if token == NAMESPACE:
            return lambda each: each.provider == "kubernetes" and metadata_of(each.properties).get("namespace") == id_
        if token == PROJECT:
            return lambda each: each.provider in SENTRY and each.inputs.get("project") == id_
        if token == APPLICATION:
            return lambda each: each.type == RETENTION_FILTER and each.inputs.get("applicationId") == id_
        if token in MONITORS:
            self._refuse_used_monitor(token, id_)
        return lambda _: False

    def _refuse_used_monitor(self, token: str, id_: str) -> None:
        found = self._cloud.find(token, id_)
        users = [slo for slo in self._cloud.objects(SLO) if id_ in map(str, slo.inputs.get("monitorIds") or [])]
        composites = composites_of(self._cloud, id_)
        for kind, found_users in (("SLOs", users), ("composite monitors", composites)):
            if found and found_users and not found.inputs.get("forceDelete"):
                names = ", ".join(repr(each.inputs.get("name")) for each in found_users)
                raise Refusal(f"400 Bad Request: monitor [{id_}] is referenced in {kind}: {names}")

    def _admit_to_cluster(self, token: str, inputs: Mapping[str, Any]) -> None:
        if is_namespaced(token, self._custom_scopes()):
            self._admit_to_namespace(metadata_of(inputs).get("namespace") or "default")
        if is_patch(token) and self._cloud.find(target_of(token), self._id_of(token, inputs)) is None:
            raise Refusal(vendors.not_found(token, self._id_of(token, inputs)))

    def _admit_to_namespace(self, namespace: str) -> None:
        if namespace not in BUILT_IN_NAMESPACES and self._cloud.find(NAMESPACE, namespace) is None:
            raise Refusal(f'namespaces "{namespace}" not found')

    def _id_of(self, token: str, inputs: Mapping[str, Any]) -> str:
        metadata = metadata_of(inputs)
        namespace = metadata.get("namespace") or "default"
        name = str(metadata.get("name"))
        return f"{namespace}/{name}" if is_namespaced(token, self._custom_scopes()) else name

    def _custom_scopes(self) -> dict[str, bool]:
        """Custom kinds of the cluster, as group/kind, and whether they live in a namespace."""
        specs = [each.properties.get("spec", {}) for each in self._cloud.objects(CUSTOM_RESOURCE_DEFINITION)]
        return {
            f"{spec.get('group')}/{spec.get('names', {}).get('kind')}": spec.get("scope") != "Cluster" for spec in specs
        }

    def has_custom_kind(self, token: str) -> bool:
        """Whether the cluster knows a kind that no SDK class describes."""
        return f"{group_of(api_version_of(token))}/{kind_of(token)}" in self._custom_scopes()

    def _admit_slo(self, ids: Iterable[Any]) -> None:
        for id_ in ids:
            if all(self._cloud.find(token, str(id_)) is None for token in MONITORS):
                raise Refusal(f"400 Bad Request: error finding monitor to add to SLO: 404 Not Found: no monitor {id_}")

    def _need(self, token: str, name: str, value: Any, message: str) -> None:
        if not any(each.properties.get(name) == value for each in self._cloud.objects(token)):
            raise Refusal(message)
