"""Environment variables that several containers share."""

from __future__ import annotations

import json

from components.agent.features import Feature
from components.agent.manifests import secrets
from components.agent.manifests.parts import (
    env,
    env_field,
)
from components.agent.permissions.accounts import Account
from components.agent.spec import AgentSpec, SecretBackend
from components.manifests import Manifest

CONFIG = "/etc/datadog-agent"


def common(spec: AgentSpec) -> list[Manifest]:
    """What every container of every agent is told."""
    return [
        secrets.api_key(spec),
        *env(
            DD_SITE=spec.site,
            DD_CLUSTER_NAME=spec.cluster_name,
            DD_ENV=spec.environment,
            DD_TAGS=json.dumps([f"env:{spec.environment}"]),
            DD_KUBERNETES_USE_ENDPOINT_SLICES=True,
            DD_REMOTE_CONFIGURATION_ENABLED=Feature.REMOTE_CONFIGURATION in spec.features,
            KUBERNETES="yes",
        ),
        *_proxy(spec),
    ]


def on_node(spec: AgentSpec) -> list[Manifest]:
    """What the containers of a node agent are told besides."""
    return [
        env_field("DD_KUBERNETES_KUBELET_HOST", "status.hostIP"),
        *env(DD_AUTH_TOKEN_FILE_PATH=f"{CONFIG}/auth/token", DD_KUBELET_TLS_VERIFY=spec.verify_kubelet),
        *tagging(spec),
        *cluster_agent(spec),
    ]


def tagging(spec: AgentSpec) -> list[Manifest]:
    """Which labels become tags."""
    if not spec.labels_as_tags:
        return []
    labels = json.dumps(dict(spec.labels_as_tags), sort_keys=True)
    return env(DD_KUBERNETES_POD_LABELS_AS_TAGS=labels, DD_KUBERNETES_NAMESPACE_LABELS_AS_TAGS=labels)


def cluster_agent(spec: AgentSpec) -> list[Manifest]:
    """Where the cluster agent is; without one, that nobody can say which services a pod is behind."""
    if Feature.CLUSTER_AGENT not in spec.features:
        return env(DD_KUBERNETES_COLLECT_METADATA_TAGS=False)
    return [
        *env(DD_CLUSTER_AGENT_ENABLED=True, DD_CLUSTER_AGENT_KUBERNETES_SERVICE_NAME=Account.CLUSTER.value),
        secrets.token(spec),
    ]


def secret_backend(spec: AgentSpec, *, needed: bool) -> list[Manifest]:
    """Who reads the values of `ENC[...]` handles, where somebody must."""
    backend = spec.secret_backend or (SecretBackend() if needed else None)
    if backend is None:
        return []
    arguments = {"DD_SECRET_BACKEND_ARGUMENTS": " ".join(backend.arguments)} if backend.arguments else {}
    return env(DD_SECRET_BACKEND_COMMAND=backend.command, DD_SECRET_BACKEND_TIMEOUT=backend.timeout, **arguments)


def _proxy(spec: AgentSpec) -> list[Manifest]:
    own = spec.proxy
    given = {
        "DD_PROXY_HTTP": own.http or "",
        "DD_PROXY_HTTPS": own.https or "",
        "DD_PROXY_NO_PROXY": " ".join(own.no_proxy),
    }
    return env(**{name: value for name, value in given.items() if value})
