"""The parts that manifests are put together from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from components.agent.permissions.accounts import Account
from components.agent.spec import AgentSpec
from components.manifests import NOT_ADMITTED, PART_OF, Manifest, named, unified, version_of

RBAC = "rbac.authorization.k8s.io"
PRIORITY = "datadog-agents"


def selector(account: Account) -> dict[str, str]:
    """The labels that all pods of an account carry, and no others."""
    return named(account.value)


def pod_labels(spec: AgentSpec, account: Account, image: str) -> dict[str, str]:
    """The labels of an account's pods and of what makes them."""
    return {
        **selector(account),
        **PART_OF,
        # The agents are never changed by their own admission webhook.
        **NOT_ADMITTED,
        **unified(spec.environment.value, account.value, version_of(image)),
    }


def env(**values: str | int | bool) -> list[Manifest]:
    """Environment variables with plain values."""
    return [
        {"name": name, "value": str(value).lower() if isinstance(value, bool) else str(value)}
        for name, value in values.items()
    ]


def env_field(name: str, path: str) -> Manifest:
    """An environment variable from a field of the pod."""
    return {"name": name, "valueFrom": {"fieldRef": {"fieldPath": path}}}


def env_secret(name: str, secret: str, key: str) -> Manifest:
    """An environment variable from a key of a Secret."""
    return {"name": name, "valueFrom": {"secretKeyRef": {"name": secret, "key": key}}}


def mount(volume: str, path: str, *, writable: bool = False, sub_path: str | None = None) -> Manifest:
    """A volume as a container sees it."""
    return {
        "name": volume,
        "mountPath": path,
        **({} if writable else {"readOnly": True}),
        **({"subPath": sub_path} if sub_path else {}),
    }


def volumes(containers: Iterable[Mapping[str, Any]], sources: Mapping[str, Manifest]) -> list[Manifest]:
    """The volumes that these containers mount; what has no source of its own is scratch space."""
    mounted = dict.fromkeys(item["name"] for container in containers for item in container["volumeMounts"])
    return [{"name": name, **sources.get(name, {"emptyDir": {}})} for name in mounted]


_PROBE_TIMES = {"initialDelaySeconds": 15, "periodSeconds": 15, "timeoutSeconds": 5, "failureThreshold": 6}


def health_probes(port: int) -> dict[str, Manifest]:
    """The probes of a container that serves the agents' health endpoints."""
    return {
        f"{name}Probe": {"httpGet": {"path": path, "port": port}, **_PROBE_TIMES}
        for name, path in (("liveness", "/live"), ("readiness", "/ready"), ("startup", "/startup"))
    }


def port_probes(port: int) -> dict[str, Manifest]:
    """The probes of a container that has only a port to show."""
    return {
        f"{name}Probe": {"tcpSocket": {"port": port}, **_PROBE_TIMES} for name in ("liveness", "readiness", "startup")
    }


def command_probes(*command: str) -> dict[str, Manifest]:
    """The probes of a container that can only be asked from within."""
    return {
        f"{name}Probe": {"exec": {"command": list(command)}, **_PROBE_TIMES}
        for name in ("liveness", "readiness", "startup")
    }


ROOT = {
    "readOnlyRootFilesystem": True,
    "allowPrivilegeEscalation": False,
    "capabilities": {"drop": ["NET_RAW"]},
}
"""Containers of the node agent: they read what belongs to root and to others."""


def restricted_pod(user: int) -> Manifest:
    """The security context of a pod that needs nothing of the node. The images' files are open to group 0."""
    return {
        "runAsNonRoot": True,
        "runAsUser": user,
        "runAsGroup": 0,
        "seccompProfile": {"type": "RuntimeDefault"},
    }


def spread(account: Account) -> Manifest:
    """Prefers to have an account's pods on different nodes."""
    term = {"labelSelector": {"matchLabels": selector(account)}, "topologyKey": "kubernetes.io/hostname"}
    return {
        "podAntiAffinity": {
            "preferredDuringSchedulingIgnoredDuringExecution": [{"weight": 50, "podAffinityTerm": term}]
        }
    }


def pull_secrets(spec: AgentSpec) -> Manifest:
    """The registry's credentials, where it needs some."""
    names = spec.images.pull_secrets
    return {"imagePullSecrets": [{"name": name} for name in names]} if names else {}
