"""What the agents ask an API server for, whatever our roles say.

Written down from Datadog's own chart (https://github.com/DataDog/helm-charts, rbac.yaml, cluster-agent-rbac.yaml) and
from Kubernetes, not from components/agent/permissions: a right that is missing there must show here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from components.agent.features import Feature
from tests.cluster.access import EVERYWHERE, Account, Question, questions

Needs = Iterator[tuple[Account, Question]]
_READ, _SCAN = ("get", "list", "watch"), ("list", "watch")
_KSM = "kubernetes_state_core.d.kubernetes_state_core.yaml.default"


def needed(features: frozenset[Feature], namespace: str) -> Needs:
    """What the accounts of these features need, all but the state of workloads."""
    node = Account(namespace, "datadog-agent")
    # Kubelets ask about subresources of nodes (https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/).
    kubelet = ["nodes/metrics", "nodes/stats", "nodes/pods", "nodes/healthz", "nodes/configz"]
    yield from ((node, each) for each in questions(("get",), "", kubelet, EVERYWHERE))
    yield from ((node, Question("get", path=path)) for path in ("/metrics", "/metrics/slis"))
    cluster = Account(namespace, "datadog-cluster-agent")
    for feature, find in _OF_THE_CLUSTER_AGENT.items():
        if feature in features:
            yield from ((cluster, each) for each in find(namespace))
    if Feature.EXTERNAL_METRICS in features:
        autoscaler = Account("kube-system", "horizontal-pod-autoscaler")
        metrics = ["any-metric"]
        yield from (
            (autoscaler, each) for each in questions(("get", "list"), "external.metrics.k8s.io", metrics, "default")
        )


def state_of_workloads(manifests: Mapping[str, Mapping[str, Any]], served: set[tuple[str, str]]) -> Needs:
    """What the kubernetes_state check needs: to list and watch every kind that it is told to report on."""
    for manifest in manifests.values():
        if manifest["kind"] == "ConfigMap" and _KSM in manifest["data"]:
            account = Account(manifest["metadata"]["namespace"], "datadog-cluster-agent")
            for instance in json.loads(manifest["data"][_KSM])["instances"]:
                for collector in instance["collectors"]:
                    (group,) = {group for group, resource in served if resource == collector}
                    yield from ((account, each) for each in questions(_SCAN, group, [collector], EVERYWHERE))


def _itself(namespace: str) -> Iterator[Question]:
    yield from questions(_READ, "", ["pods", "nodes", "namespaces", "services"], EVERYWHERE)
    yield from questions(_READ, "discovery.k8s.io", ["endpointslices"], EVERYWHERE)
    yield from _kept(namespace, "coordination.k8s.io", "leases", "datadog-leader-election")
    yield from _kept(namespace, "", "configmaps", "datadog-cluster-id")


def _events(namespace: str) -> Iterator[Question]:
    yield from questions(_READ, "", ["events"], EVERYWHERE)
    yield from _kept(namespace, "", "configmaps", "datadogtoken")


def _admission(namespace: str) -> Iterator[Question]:
    webhook = "mutatingwebhookconfigurations"
    for verb in (*_READ, "update"):
        yield Question(verb, "admissionregistration.k8s.io", webhook, name="datadog-webhook")
        yield Question(verb, "", "secrets", namespace, "webhook-certificate")
    yield Question("create", "", "secrets", namespace)


def _external_metrics(namespace: str) -> Iterator[Question]:
    # What any server behind the API server asks it (https://kubernetes.io/docs/tasks/extend-kubernetes/setup-extension-api-server/).
    yield Question("create", "authentication.k8s.io", "tokenreviews")
    yield Question("create", "authorization.k8s.io", "subjectaccessreviews")
    yield Question("get", "", "configmaps", "kube-system", "extension-apiserver-authentication")
    yield from questions(_SCAN, "autoscaling", ["horizontalpodautoscalers"], EVERYWHERE)


def _orchestrator(namespace: str) -> Iterator[Question]:
    # The cluster's identity is that of this namespace.
    yield Question("get", "", "namespaces", name="kube-system")
    yield from questions(_READ, "apps", ["deployments", "replicasets", "daemonsets", "statefulsets"], EVERYWHERE)
    yield from questions(_READ, "batch", ["jobs", "cronjobs"], EVERYWHERE)
    yield from questions(_READ, "networking.k8s.io", ["ingresses"], EVERYWHERE)


_OF_THE_CLUSTER_AGENT = {
    Feature.CLUSTER_AGENT: _itself,
    Feature.EVENTS: _events,
    Feature.ADMISSION: _admission,
    Feature.EXTERNAL_METRICS: _external_metrics,
    Feature.ORCHESTRATOR: _orchestrator,
}


def _kept(namespace: str, group: str, resource: str, name: str) -> Iterator[Question]:
    """Something of its own that it creates, finds again and changes."""
    yield Question("create", group, resource, namespace)
    yield from (Question(verb, group, resource, namespace, name) for verb in ("get", "update"))
