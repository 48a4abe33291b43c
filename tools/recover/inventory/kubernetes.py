"""Objects of a stack in its Kubernetes cluster."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import yaml
from kubernetes import client, config

from infra.naming import LABELS, Mark
from infra.settings import Settings
from tools.recover.found import Found

# Type token -> (API class, the kind in the client's method names, whether it lives in a namespace). The order is that
# of deletion: what the API server would ask in vain, then what makes pods, the namespace last.
KINDS: Mapping[str, tuple[type, str, bool]] = {
    "kubernetes:admissionregistration.k8s.io/v1:MutatingWebhookConfiguration": (
        client.AdmissionregistrationV1Api, "mutating_webhook_configuration", False,
    ),
    "kubernetes:apiregistration.k8s.io/v1:APIService": (client.ApiregistrationV1Api, "api_service", False),
    "kubernetes:apps/v1:DaemonSet": (client.AppsV1Api, "daemon_set", True),
    "kubernetes:apps/v1:Deployment": (client.AppsV1Api, "deployment", True),
    "kubernetes:apps/v1:StatefulSet": (client.AppsV1Api, "stateful_set", True),
    "kubernetes:batch/v1:Job": (client.BatchV1Api, "job", True),
    "kubernetes:policy/v1:PodDisruptionBudget": (client.PolicyV1Api, "pod_disruption_budget", True),
    "kubernetes:core/v1:Service": (client.CoreV1Api, "service", True),
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding": (
        client.RbacAuthorizationV1Api, "cluster_role_binding", False,
    ),
    "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding": (client.RbacAuthorizationV1Api, "role_binding", True),
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole": (client.RbacAuthorizationV1Api, "cluster_role", False),
    "kubernetes:rbac.authorization.k8s.io/v1:Role": (client.RbacAuthorizationV1Api, "role", True),
    "kubernetes:networking.k8s.io/v1:NetworkPolicy": (client.NetworkingV1Api, "network_policy", True),
    "kubernetes:core/v1:ServiceAccount": (client.CoreV1Api, "service_account", True),
    "kubernetes:core/v1:PersistentVolumeClaim": (client.CoreV1Api, "persistent_volume_claim", True),
    "kubernetes:core/v1:ConfigMap": (client.CoreV1Api, "config_map", True),
    "kubernetes:core/v1:Secret": (client.CoreV1Api, "secret", True),
    "kubernetes:scheduling.k8s.io/v1:PriorityClass": (client.SchedulingV1Api, "priority_class", False),
    "kubernetes:core/v1:Namespace": (client.CoreV1Api, "namespace", False),
}  # fmt: skip
TYPES = tuple(KINDS)


def inventory(settings: Settings, mark: Mark, url: str | None) -> Iterator[Found]:
    """Everything in the cluster that carries the mark; `url` in place of what the kubeconfig says."""
    api_client = _client(settings, url)
    for order, (type_token, (api_class, kind, namespaced)) in enumerate(KINDS.items()):
        api = api_class(api_client)
        list_all = getattr(api, f"list_{kind}_for_all_namespaces" if namespaced else f"list_{kind}")
        for item in list_all(label_selector=mark.label_selector).items:
            yield _found(type_token, api, kind, item.metadata, namespaced=namespaced, order=order)


def _found(type_token: str, api: Any, kind: str, metadata: Any, *, namespaced: bool, order: int) -> Found:
    if namespaced:
        path = f"{metadata.namespace}/{metadata.name}"
        delete = partial(getattr(api, f"delete_namespaced_{kind}"), metadata.name, metadata.namespace)
    else:
        path = metadata.name
        delete = partial(getattr(api, f"delete_{kind}"), metadata.name)
    return Found(
        type=type_token,
        id=path,
        identity=metadata.labels[f"{LABELS}/name"],
        title=path,
        delete=delete,
        removal_order=order,
    )


def _client(settings: Settings, url: str | None) -> client.ApiClient:
    own = settings.kubernetes
    if url:
        return client.ApiClient(client.Configuration(host=url, api_key={"authorization": "Bearer made-up-token"}))
    found: client.ApiClient
    if settings.kubeconfig:
        loaded = yaml.safe_load(settings.kubeconfig.get_secret_value())
        found = config.new_client_from_config_dict(loaded, context=own.context)
    else:
        found = config.new_client_from_config(own.kubeconfig_path, context=own.context)
    return found
