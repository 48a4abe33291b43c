"""What the agents may do at the Kubernetes API and the kubelets' (RBAC).

Nobody may read Secrets of the whole cluster, and but for events nobody may write to any namespace but the agents' own:
what lives there is in `Rule`s with `namespaced`. Secrets that a check reads are added per Secret, by name
(manifests/check_secrets.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from components.agent.features import Feature, needed
from components.agent.permissions.accounts import Account

FINE_GRAINED_KUBELET = 33
"""The minor version of Kubernetes from which on kubelets ask for `nodes/pods` and the like by themselves. 1.32 has it
as an alpha feature that is off (https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/)."""
LEADER_LEASE = "datadog-leader-election"
EVENT_TOKEN = "datadogtoken"  # noqa: S105 (the name of a ConfigMap)
CLUSTER_ID = "datadog-cluster-id"
METRICS_STORE = "datadog-custom-metrics"
WEBHOOK = "datadog-webhook"
WEBHOOK_CERTIFICATE = "webhook-certificate"

READ = ("get", "list", "watch")
SCAN = ("list", "watch")


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One rule of a role."""

    account: Account
    verbs: tuple[str, ...]
    group: str = ""
    resources: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """The only objects it concerns; empty for all."""
    urls: tuple[str, ...] = ()
    """Paths that are no resources; in place of these."""
    namespaced: bool = False
    """Whether it concerns the agents' namespace only."""
    features: frozenset[Feature] = frozenset()
    """It is given while one of them is on; empty for always."""
    before: int | None = None
    """Given below this minor version of Kubernetes only."""
    since: int = 0
    """Given from this minor version of Kubernetes on."""
    why: str

    def given(self, features: frozenset[Feature], minor_version: int) -> bool:
        """Whether the role has it."""
        in_version = self.since <= minor_version < (self.before or minor_version + 1)
        return in_version and needed(self.features, features)

    def manifest(self) -> dict[str, Any]:
        """As it stands in a role."""
        if self.urls:
            return {"nonResourceURLs": list(self.urls), "verbs": list(self.verbs)}
        names = {"resourceNames": list(self.names)} if self.names else {}
        return {"apiGroups": [self.group], "resources": list(self.resources), **names, "verbs": list(self.verbs)}


def _on(*features: Feature) -> frozenset[Feature]:
    return frozenset(features)


_NODE = (
    Rule(
        account=Account.NODE,
        verbs=("get",),
        resources=("nodes/metrics", "nodes/stats", "nodes/spec"),
        why="usage of the node and its containers, from its kubelet",
    ),
    Rule(
        account=Account.NODE,
        verbs=("get",),
        resources=("nodes/pods", "nodes/healthz", "nodes/configz"),
        since=FINE_GRAINED_KUBELET,
        why="which pods run on the node, whether the kubelet is well, how it is set up",
    ),
    Rule(
        account=Account.NODE,
        verbs=("get",),
        resources=("nodes/proxy",),
        before=FINE_GRAINED_KUBELET,
        why="the same from kubelets that know no finer right; it also allows to run commands in pods",
    ),
    Rule(
        account=Account.NODE,
        verbs=("get",),
        urls=("/metrics", "/metrics/slis"),
        why="the API server's own metrics, where a node runs the control plane",
    ),
    Rule(
        account=Account.NODE,
        verbs=("get",),
        group="coordination.k8s.io",
        resources=("leases",),
        names=("kube-scheduler", "kube-controller-manager"),
        why="which scheduler and controller manager lead, where a node runs the control plane",
    ),
)

_CLUSTER = (
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
    Rule(
        account=Account.CLUSTER,
        verbs=READ,
        resources=("persistentvolumes", "persistentvolumeclaims", "serviceaccounts", "limitranges"),
        features=_on(Feature.ORCHESTRATOR),
        why="shown in the explorer",
    ),
    Rule(
        account=Account.CLUSTER,
        verbs=READ,
        group="apps",
        resources=("daemonsets", "deployments", "replicasets", "statefulsets"),
        features=_on(Feature.ORCHESTRATOR),
        why="shown in the explorer",
    ),
    Rule(
        account=Account.CLUSTER,
        verbs=READ,
        group="batch",
        resources=("jobs", "cronjobs"),
        features=_on(Feature.ORCHESTRATOR),
        why="shown in the explorer",
    ),
    Rule(
        account=Account.CLUSTER,
        verbs=READ,
        group="networking.k8s.io",
        resources=("ingresses", "networkpolicies"),
        features=_on(Feature.ORCHESTRATOR),
        why="shown in the explorer",
    ),
    Rule(
        account=Account.CLUSTER,
        verbs=READ,
        group="rbac.authorization.k8s.io",
        resources=("roles", "rolebindings", "clusterroles", "clusterrolebindings"),
        features=_on(Feature.ORCHESTRATOR),
        why="shown in the explorer",
    ),
    Rule(
        account=Account.CLUSTER,
        verbs=READ,
        group="storage.k8s.io",
        resources=("storageclasses",),
        features=_on(Feature.ORCHESTRATOR),
        why="shown in the explorer",
    ),
    Rule(
        account=Account.CLUSTER,
        verbs=READ,
        group="autoscaling",
        resources=("horizontalpodautoscalers",),
        features=_on(Feature.ORCHESTRATOR),
        why="shown in the explorer",
    ),
    Rule(
        account=Account.CLUSTER,
        verbs=READ,
        group="autoscaling.k8s.io",
        resources=("verticalpodautoscalers",),
        features=_on(Feature.ORCHESTRATOR),
        why="shown in the explorer",
    ),
    Rule(
        account=Account.CLUSTER,
        verbs=READ,
        group="policy",
        resources=("poddisruptionbudgets",),
        features=_on(Feature.ORCHESTRATOR),
        why="shown in the explorer",
    ),
    Rule(
        account=Account.CLUSTER,
        verbs=READ,
        group="apiextensions.k8s.io",
        resources=("customresourcedefinitions",),
        features=_on(Feature.ORCHESTRATOR),
        why="shown in the explorer",
    ),
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

RULES: tuple[Rule, ...] = (*_NODE, *_CLUSTER, *_AGENTS_NAMESPACE)


def rules(
    account: Account, features: frozenset[Feature], minor_version: int, *, namespaced: bool
) -> list[dict[str, Any]]:
    """The rules of an account's role, in the cluster or in the agents' namespace."""
    return [
        rule.manifest()
        for rule in RULES
        if rule.account is account and rule.namespaced is namespaced and rule.given(features, minor_version)
    ]
