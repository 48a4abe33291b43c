"""What the cluster agent may do in the cluster, and in the agents' own namespace."""

from __future__ import annotations

from collections.abc import Mapping

from components.agent.features import Feature
from components.agent.permissions.accounts import Account
from components.agent.permissions.rule import READ, SCAN, Rule

LEADER_LEASE = "datadog-leader-election"
EVENT_TOKEN = "datadogtoken"  # noqa: S105 (the name of a ConfigMap)
CLUSTER_ID = "datadog-cluster-id"
METRICS_STORE = "datadog-custom-metrics"
WEBHOOK = "datadog-webhook"
WEBHOOK_CERTIFICATE = "webhook-certificate"

EXPLORED: Mapping[str, tuple[str, ...]] = {
    "": ("persistentvolumes", "persistentvolumeclaims", "serviceaccounts", "limitranges"),
    "apps": ("daemonsets", "deployments", "replicasets", "statefulsets"),
    "batch": ("jobs", "cronjobs"),
    "networking.k8s.io": ("ingresses", "networkpolicies"),
    "rbac.authorization.k8s.io": ("roles", "rolebindings", "clusterroles", "clusterrolebindings"),
    "storage.k8s.io": ("storageclasses",),
    "autoscaling": ("horizontalpodautoscalers",),
    "autoscaling.k8s.io": ("verticalpodautoscalers",),
    "policy": ("poddisruptionbudgets",),
    "apiextensions.k8s.io": ("customresourcedefinitions",),
}
"""API group -> the kinds that the explorer shows, besides those that every cluster agent reads."""


def _on(*features: Feature) -> frozenset[Feature]:
    return frozenset(features)


_ALWAYS_AND_EVENTS = (
    Rule(
        account=Account.CLUSTER,
        verbs=READ,
        resources=("pods", "nodes", "namespaces", "services"),
        features=_on(Feature.CLUSTER_AGENT),
        why="labels and owners that become tags; the nodes hand their questions to the cluster agent",
    ),
    Rule(
        account=Account.CLUSTER,
        verbs=READ,
        group="discovery.k8s.io",
        resources=("endpointslices",),
        features=_on(Feature.CLUSTER_AGENT),
        why="which pods are behind a service: tags, and where its checks run",
    ),
    Rule(
        account=Account.CLUSTER,
        verbs=READ,
        resources=("events",),
        features=_on(Feature.EVENTS),
        why="events to send on",
    ),
)

_STATE = (
    Rule(
        account=Account.CLUSTER,
        verbs=SCAN,
        resources=(
            "resourcequotas",
            "limitranges",
            "replicationcontrollers",
            "persistentvolumeclaims",
            "persistentvolumes",
        ),
        features=_on(Feature.KUBERNETES_STATE),
        why="kubernetes_state.* of these kinds",
    ),
    Rule(
        account=Account.CLUSTER,
        verbs=SCAN,
        group="apps",
        resources=("daemonsets", "deployments", "replicasets", "statefulsets"),
        features=_on(Feature.KUBERNETES_STATE),
        why="wanted and available replicas",
    ),
    Rule(
        account=Account.CLUSTER,
        verbs=SCAN,
        group="batch",
        resources=("jobs", "cronjobs"),
        features=_on(Feature.KUBERNETES_STATE),
        why="failed and late jobs",
    ),
    Rule(
        account=Account.CLUSTER,
        verbs=SCAN,
        group="autoscaling",
        resources=("horizontalpodautoscalers",),
        features=_on(Feature.KUBERNETES_STATE, Feature.EXTERNAL_METRICS),
        why="autoscalers at their limit; which external metrics they ask for",
    ),
    Rule(
        account=Account.CLUSTER,
        verbs=SCAN,
        group="policy",
        resources=("poddisruptionbudgets",),
        features=_on(Feature.KUBERNETES_STATE),
        why="budgets that allow no disruption",
    ),
    Rule(
        account=Account.CLUSTER,
        verbs=SCAN,
        group="networking.k8s.io",
        resources=("ingresses",),
        features=_on(Feature.KUBERNETES_STATE),
        why="kubernetes_state.ingress.*",
    ),
    Rule(
        account=Account.CLUSTER,
        verbs=SCAN,
        group="storage.k8s.io",
        resources=("storageclasses", "volumeattachments"),
        features=_on(Feature.KUBERNETES_STATE),
        why="kubernetes_state.* of these kinds",
    ),
)

_EXPLORER = tuple(
    Rule(
        account=Account.CLUSTER,
        verbs=READ,
        group=group,
        resources=resources,
        features=_on(Feature.ORCHESTRATOR),
        why="shown in the explorer",
    )
    for group, resources in EXPLORED.items()
)

_ASKED_BY_THE_API_SERVER = (
    Rule(
        account=Account.CLUSTER,
        verbs=("get", "list", "watch", "update"),
        group="admissionregistration.k8s.io",
        resources=("mutatingwebhookconfigurations",),
        names=(WEBHOOK,),
        features=_on(Feature.ADMISSION),
        why="fills in the webhooks of the configuration that we declare; it may neither create nor delete one, so that"
        " a teardown is final",
    ),
    Rule(
        account=Account.CLUSTER,
        verbs=READ,
        group="admissionregistration.k8s.io",
        resources=("validatingwebhookconfigurations",),
        names=(WEBHOOK,),
        features=_on(Feature.ADMISSION),
        why="its informer looks for one, although validation is off",
    ),
    Rule(
        account=Account.CLUSTER,
        verbs=("get",),
        group="apps",
        resources=("daemonsets", "deployments", "replicasets", "statefulsets"),
        features=_on(Feature.ADMISSION),
        why="the labels of a new pod's owner, for its env, service and version",
    ),
    Rule(
        account=Account.CLUSTER,
        verbs=("get",),
        group="batch",
        resources=("jobs", "cronjobs"),
        features=_on(Feature.ADMISSION),
        why="the labels of a new pod's owner, for its env, service and version",
    ),
    Rule(
        account=Account.CLUSTER,
        verbs=("create",),
        resources=("events",),
        features=_on(Feature.EXTERNAL_METRICS),
        why="says at an autoscaler what is wrong with its metric",
    ),
)

_AGENTS_NAMESPACE = (
    Rule(
        account=Account.CLUSTER,
        verbs=("get", "update"),
        group="coordination.k8s.io",
        resources=("leases",),
        names=(LEADER_LEASE,),
        namespaced=True,
        features=_on(Feature.CLUSTER_AGENT),
        why="one of the replicas leads",
    ),
    Rule(
        account=Account.CLUSTER,
        verbs=("create",),
        group="coordination.k8s.io",
        resources=("leases",),
        namespaced=True,
        features=_on(Feature.CLUSTER_AGENT),
        why="the same lease, the first time (a right to create cannot be limited to a name)",
    ),
    Rule(
        account=Account.CLUSTER,
        verbs=("create",),
        resources=("events",),
        namespaced=True,
        features=_on(Feature.CLUSTER_AGENT),
        why="says who leads",
    ),
    Rule(
        account=Account.CLUSTER,
        verbs=("get", "update"),
        resources=("configmaps",),
        names=(CLUSTER_ID,),
        namespaced=True,
        features=_on(Feature.CLUSTER_AGENT),
        why="the cluster's identity, which all agents report",
    ),
    Rule(
        account=Account.CLUSTER,
        verbs=("get", "update"),
        resources=("configmaps",),
        names=(EVENT_TOKEN,),
        namespaced=True,
        features=_on(Feature.EVENTS),
        why="the last event sent on",
    ),
    Rule(
        account=Account.CLUSTER,
        verbs=("get", "update"),
        resources=("configmaps",),
        names=(METRICS_STORE,),
        namespaced=True,
        features=_on(Feature.EXTERNAL_METRICS),
        why="the metrics that autoscalers ask for",
    ),
    Rule(
        account=Account.CLUSTER,
        verbs=("create",),
        resources=("configmaps",),
        namespaced=True,
        features=_on(Feature.CLUSTER_AGENT),
        why="these ConfigMaps, the first time",
    ),
    Rule(
        account=Account.CLUSTER,
        verbs=("get", "list", "watch", "update"),
        resources=("secrets",),
        names=(WEBHOOK_CERTIFICATE,),
        namespaced=True,
        features=_on(Feature.ADMISSION),
        why="the webhook's certificate, which so survives restarts and is shared by the replicas",
    ),
    Rule(
        account=Account.CLUSTER,
        verbs=("create",),
        resources=("secrets",),
        namespaced=True,
        features=_on(Feature.ADMISSION),
        why="the same Secret, the first time; reading others does not follow from it",
    ),
)

CLUSTER_AGENT_RULES: tuple[Rule, ...] = (
    *_ALWAYS_AND_EVENTS,
    *_STATE,
    *_EXPLORER,
    *_ASKED_BY_THE_API_SERVER,
    *_AGENTS_NAMESPACE,
)
