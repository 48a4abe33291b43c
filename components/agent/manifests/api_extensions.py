"""Where the API server asks the cluster agent: the webhook of new pods, and external metrics."""

from __future__ import annotations

import base64

from components.agent.features import Feature
from components.agent.manifests.cluster_agent import EXTERNAL_METRICS_PORT
from components.agent.manifests.parts import (
    RBAC,
)
from components.agent.manifests.rbac import binding
from components.agent.manifests.services import METRICS_SERVICE
from components.agent.permissions.accounts import Account
from components.agent.permissions.of_cluster_agent import WEBHOOK
from components.agent.spec import AgentSpec
from components.manifests import Manifest, manifest

_GROUP, _VERSION = "external.metrics.k8s.io", "v1beta1"
_READER = f"{Account.CLUSTER}-external-metrics-reader"


def webhook(spec: AgentSpec) -> dict[str, Manifest]:
    """Empty: the cluster agent fills it in, with its certificate. It is declared so that a teardown removes it."""
    if Feature.ADMISSION not in spec.features:
        return {}
    return {WEBHOOK: manifest("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration", WEBHOOK)}


def external_metrics(spec: AgentSpec) -> dict[str, Manifest]:
    """By logical name: the API, and who may use it. Two of the bindings give roles that Kubernetes itself brings."""
    if Feature.EXTERNAL_METRICS not in spec.features:
        return {}
    account, delegator, authentication = (
        Account.CLUSTER,
        f"{Account.CLUSTER}-delegator",
        "extension-apiserver-authentication",
    )
    return {
        f"{account}-external-metrics": _api_service(spec),
        # To ask the API server whether a caller is who it says, and whether it may.
        f"{delegator}-binding": binding(spec, account, "ClusterRole", "system:auth-delegator", name=delegator),
        # To know the API server's own certificate.
        f"{account}-authentication-binding": binding(
            spec, account, "Role", f"{authentication}-reader", namespace="kube-system"
        ),
        f"{_READER}-role": manifest(
            f"{RBAC}/v1",
            "ClusterRole",
            _READER,
            rules=[{"apiGroups": [_GROUP], "resources": ["*"], "verbs": ["get", "list", "watch"]}],
        ),
        f"{_READER}-binding": manifest(
            f"{RBAC}/v1",
            "ClusterRoleBinding",
            _READER,
            roleRef={"apiGroup": RBAC, "kind": "ClusterRole", "name": _READER},
            subjects=[{"kind": "ServiceAccount", "name": "horizontal-pod-autoscaler", "namespace": "kube-system"}],
        ),
    }


def _api_service(spec: AgentSpec) -> Manifest:
    serving = spec.metrics_serving
    trust: Manifest = (
        {"insecureSkipTLSVerify": True}
        if serving.skip_verification
        else {"caBundle": base64.b64encode((serving.ca_bundle or "").encode()).decode()}
    )
    return manifest(
        "apiregistration.k8s.io/v1",
        "APIService",
        f"{_VERSION}.{_GROUP}",
        spec={
            "group": _GROUP,
            "version": _VERSION,
            "groupPriorityMinimum": 100,
            "versionPriority": 100,
            "service": {"name": METRICS_SERVICE, "namespace": spec.namespace, "port": EXTERNAL_METRICS_PORT},
            **trust,
        },
    )
