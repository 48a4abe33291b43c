"""No container can do more than people agreed that it may."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from policy.rules.model import Parameter, Resource, Rule, Settings, items, part
from policy.rules.workloads import Container, containers, pod_of

_HOST = ("hostNetwork", "hostPID", "hostIPC")
# What the node agent is for: docs/agents/permissions.md says why, path by path and capability by capability.
REVIEWED: Mapping[str, list[str]] = {
    "datadog-agent": [
        "root",
        "hostPID",
        "hostPath:/",
        "hostPath:/etc/os-release",
        "hostPath:/etc/passwd",
        "hostPath:/proc",
        "hostPath:/sys/fs/bpf",
        "hostPath:/sys/fs/cgroup",
        "hostPath:/sys/kernel/debug",
        "hostPath:/var/lib/datadog-agent/logs",
        "hostPath:/var/log/containers",
        "hostPath:/var/log/pods",
        "hostPath:/var/run",
        "hostPath:/var/run/datadog",
    ],
    "datadog-agent/system-probe": [
        "unconfined",
        "escalation",
        "CHOWN",
        "DAC_READ_SEARCH",
        "IPC_LOCK",
        "NET_ADMIN",
        "NET_BROADCAST",
        "NET_RAW",
        "SYS_ADMIN",
        "SYS_PTRACE",
        "SYS_RESOURCE",
    ],
}


def check(resource: Resource, settings: Settings) -> Iterator[str]:
    """Powers over the node that nobody reviewed."""
    if not (found := pod_of(resource)):
        return
    where, pod = found
    workload = str(part(resource.properties, "metadata", "name") or resource.name)
    agreed = set(settings["reviewed"].get(workload, ()))
    for power in _of_pod(pod):
        if power not in agreed:
            yield f"{where}: {_refused(power, workload)}"
    for container in containers(where, pod):
        also = agreed | set(settings["reviewed"].get(f"{workload}/{container.name}", ()))
        for power in _of_container(container, pod):
            if power not in also:
                yield f"{container.where}: {_refused(power, f'{workload}/{container.name}')}"


def _refused(power: str, who: str) -> str:
    return f"{power} was not reviewed for {who}; do without, or have it reviewed and added to `reviewed`"


def _of_pod(pod: Mapping[str, Any]) -> Iterator[str]:
    yield from (name for name in _HOST if pod.get(name))
    for volume in items(pod.get("volumes")):
        if path := part(volume, "hostPath", "path"):
            yield f"hostPath:{path}"


def _of_container(container: Container, pod: Mapping[str, Any]) -> Iterator[str]:
    own, of_pod = container.body.get("securityContext") or {}, pod.get("securityContext") or {}

    def effective(*path: str) -> Any:
        value = part(own, *path)
        return part(of_pod, *path) if value is None else value

    if part(own, "privileged"):
        yield "privileged"
    # Kubernetes' default is true (https://kubernetes.io/docs/concepts/security/pod-security-standards/, Restricted).
    if part(own, "allowPrivilegeEscalation") is not False:
        yield "escalation"
    user = effective("runAsUser")
    if user == 0 or (user is None and not effective("runAsNonRoot")):
        yield "root"
    profiles = ("seccompProfile", "appArmorProfile")
    if any(effective(profile, "type") == "Unconfined" for profile in profiles):
        yield "unconfined"
    yield from (str(name).removeprefix("CAP_") for name in items(part(own, "capabilities", "add")))


RULE = Rule(
    name="no-unreviewed-privileges",
    summary="No container has a power over its node that people did not review.",
    remedy="Drop the power, or have it reviewed and add it to the parameter `reviewed`.",
    check=check,
    parameters={
        "reviewed": Parameter(
            schema={
                "type": "object",
                "additionalProperties": {"type": "array", "items": {"type": "string"}},
            },
            default=REVIEWED,
            meaning=(
                "workload, or workload/container -> what it may: privileged, escalation, root, unconfined, a "
                "capability, hostNetwork, hostPID, hostIPC, hostPath:PATH; replaces the list of the agents"
            ),
        ),
    },
)
