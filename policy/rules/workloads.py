"""The containers in Kubernetes' workloads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from policy.rules.model import Resource, items, part

_PATHS: Mapping[str, tuple[str, ...]] = {
    "Pod": ("spec",),
    "CronJob": ("spec", "jobTemplate", "spec", "template", "spec"),
    **dict.fromkeys(("DaemonSet", "Deployment", "Job", "ReplicaSet", "StatefulSet"), ("spec", "template", "spec")),
}


@dataclass(frozen=True, slots=True)
class Container:
    """One container and where it stands in its workload."""

    where: str
    name: str
    body: Mapping[str, Any]


def pod_of(resource: Resource) -> tuple[str, Mapping[str, Any]] | None:
    """The pod's spec and where it stands; None where the resource runs nothing."""
    kind = resource.type.rpartition(":")[2]
    if not resource.type.startswith("kubernetes:") or kind not in _PATHS:
        return None
    found = part(resource.properties, *_PATHS[kind])
    return (".".join(_PATHS[kind]), found) if isinstance(found, Mapping) else None


def containers(where: str, pod: Mapping[str, Any]) -> Iterator[Container]:
    """Every container of a pod, those that run first included."""
    for group in ("initContainers", "containers", "ephemeralContainers"):
        for one in items(pod.get(group)):
            if isinstance(one, Mapping):
                yield Container(f"{where}.{group}[{one.get('name')}]", str(one.get("name")), one)
