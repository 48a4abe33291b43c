"""Metadata and status as a Kubernetes cluster fills them in."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from typing import Any

from sandbox.computed.context import Making
from sandbox.kubernetes.kinds import CLUSTER_SCOPED, api_version_of, kind_of, metadata_of
from sandbox.wire import UNKNOWN, Secret, plain

Answer = tuple[str, dict[str, Any]]
NODES = 1
"""Nodes of the cluster: what a DaemonSet counts."""


def kubernetes_object(inputs: Mapping[str, Any], making: Making) -> Answer:
    """Any object: identity from its name, metadata filled in, status of its kind."""
    kind, given = kind_of(making.token), metadata_of(inputs)
    namespaced = given.get("namespace") is not None or kind not in CLUSTER_SCOPED
    metadata = {**given, **_metadata(making)}
    if namespaced:
        metadata.setdefault("namespace", "default")
    if kind == "Namespace":
        labels = {"kubernetes.io/metadata.name": metadata.get("name"), **(metadata.get("labels") or {})}
        metadata["labels"] = labels
    properties: dict[str, Any] = {"apiVersion": api_version_of(making.token), "kind": kind, "metadata": metadata}
    if kind in STATUS:
        properties["status"] = STATUS[kind](inputs)
    if making.token == "kubernetes:core/v1:Secret":  # noqa: S105 -- a type token
        properties["data"] = _secret_data(inputs)
    name = str(metadata.get("name"))
    return f"{metadata['namespace']}/{name}" if namespaced else name, properties


def _metadata(making: Making) -> dict[str, Any]:
    before = metadata_of(making.previous or {})
    return {
        "uid": making.uuid("uid"),
        "creationTimestamp": making.time(),
        "resourceVersion": str(int(before.get("resourceVersion", making.sequence)) + (making.previous is not None)),
        "generation": before.get("generation", 0) + 1,
    }


def _secret_data(inputs: Mapping[str, Any]) -> Secret:
    """`data`, with `stringData` encoded into it as the API server does."""
    texts = plain(inputs.get("stringData")) or {}
    if texts == UNKNOWN:
        return Secret(UNKNOWN)
    encoded = {
        name: text if text == UNKNOWN else base64.b64encode(str(text).encode()).decode() for name, text in texts.items()
    }
    return Secret({**(plain(inputs.get("data")) or {}), **encoded})


def _replicas(inputs: Mapping[str, Any]) -> Any:
    spec = inputs.get("spec")
    count = spec.get("replicas") if isinstance(spec, Mapping) else None
    return 1 if count is None else count


def _deployment(inputs: Mapping[str, Any]) -> dict[str, Any]:
    count = _replicas(inputs)
    return {"replicas": count, "readyReplicas": count, "availableReplicas": count, "updatedReplicas": count}


def _daemon_set(_inputs: Mapping[str, Any]) -> dict[str, Any]:
    names = (
        "desiredNumberScheduled",
        "currentNumberScheduled",
        "numberReady",
        "numberAvailable",
        "updatedNumberScheduled",
    )
    return {**dict.fromkeys(names, NODES), "numberMisscheduled": 0}


STATUS: dict[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    "Namespace": lambda _: {"phase": "Active"},
    "Pod": lambda _: {"phase": "Running"},
    "Deployment": _deployment,
    "ReplicaSet": _deployment,
    "StatefulSet": _deployment,
    "DaemonSet": _daemon_set,
    "PersistentVolumeClaim": lambda _: {"phase": "Bound"},
    "Job": lambda _: {"succeeded": 1},
    "Service": lambda _: {"loadBalancer": {}},
}
