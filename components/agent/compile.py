"""From the agents to Kubernetes manifests."""

from __future__ import annotations

import re
from typing import Any

from components.agent.pod import pod_template
from components.agent.spec import AgentSpec, Resources
from infra.problems import Problem

NAME = "datadog-agent"
RBAC = "rbac.authorization.k8s.io"
_IMAGE = re.compile(
    r"[a-z0-9.-]+(:[0-9]+)?/[a-z0-9._/-]+(:[A-Za-z0-9._-]+@sha256:[0-9a-f]{64}|:[A-Za-z0-9._-]+|@sha256:[0-9a-f]{64})"
)


def check(spec: AgentSpec) -> list[Problem]:
    """Everything that is wrong with these agents."""
    problems = []
    if not _IMAGE.fullmatch(spec.image) or spec.image.endswith(":latest"):
        problems.append(
            Problem("agent.image", f"{spec.image!r} is not pinned", "registry/name:version or registry/name@sha256:...")
        )
    for name, resources in (("agent", spec.agent), ("trace_agent", spec.trace_agent)):
        problems += _wrong(f"agent.{name}", resources)
    return problems


def compile_agent(spec: AgentSpec) -> dict[str, dict[str, Any]]:
    """Manifests by logical name, in the order in which they depend on one another."""
    labels = {"app.kubernetes.io/name": NAME, "app.kubernetes.io/part-of": "genonaut-monitoring"}
    return {
        f"{NAME}-namespace": _manifest("v1", "Namespace", spec.namespace, None, labels | _PRIVILEGED),
        f"{NAME}-api-key": {
            **_manifest("v1", "Secret", f"{NAME}-api-key", spec.namespace, labels),
            "type": "Opaque",
            "stringData": {"api-key": spec.api_key},
        },
        f"{NAME}-account": _manifest("v1", "ServiceAccount", NAME, spec.namespace, labels),
        f"{NAME}-role": {
            **_manifest(f"{RBAC}/v1", "ClusterRole", NAME, None, labels),
            "rules": _rules(),
        },
        f"{NAME}-binding": {
            **_manifest(f"{RBAC}/v1", "ClusterRoleBinding", NAME, None, labels),
            "roleRef": {"apiGroup": RBAC, "kind": "ClusterRole", "name": NAME},
            "subjects": [{"kind": "ServiceAccount", "name": NAME, "namespace": spec.namespace}],
        },
        NAME: {
            **_manifest("apps/v1", "DaemonSet", NAME, spec.namespace, labels),
            "spec": {
                "selector": {"matchLabels": {"app.kubernetes.io/name": NAME}},
                "updateStrategy": {"type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": "10%"}},
                "revisionHistoryLimit": 10,
                "template": pod_template(spec, NAME, labels),
            },
        },
    }


# The agent reads the host's processes and files, which the "baseline" standard forbids
# (https://kubernetes.io/docs/concepts/security/pod-security-standards/).
_PRIVILEGED = {f"pod-security.kubernetes.io/{mode}": "privileged" for mode in ("enforce", "audit", "warn")}


def _rules() -> list[dict[str, Any]]:
    return [
        {"nonResourceURLs": ["/metrics", "/metrics/slis"], "verbs": ["get"]},
        {
            "apiGroups": [""],
            "resources": ["nodes/metrics", "nodes/spec", "nodes/stats", "nodes/proxy"],
            "verbs": ["get"],
        },
        {"apiGroups": [""], "resources": ["endpoints"], "verbs": ["get"]},
        {"apiGroups": ["coordination.k8s.io"], "resources": ["leases"], "verbs": ["get"]},
    ]


def _manifest(api: str, kind: str, name: str, namespace: str | None, labels: dict[str, str]) -> dict[str, Any]:
    metadata: dict[str, Any] = {"name": name, "labels": labels}
    if namespace:
        metadata["namespace"] = namespace
    return {"apiVersion": api, "kind": kind, "metadata": metadata}


def _wrong(where: str, resources: Resources) -> list[Problem]:
    problems = []
    if min(resources.cpu_request, resources.cpu_limit, resources.memory) <= 0:
        problems.append(Problem(where, "asks for nothing", "millicores and MiB above 0"))
    if resources.cpu_limit < resources.cpu_request:
        problems.append(
            Problem(where, f"CPU limit {resources.cpu_limit}m is below the request {resources.cpu_request}m")
        )
    return problems
