"""Names given to Kubernetes objects that have none, as pulumi-kubernetes does (`metadata/naming.go`)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from sandbox.kubernetes.kinds import metadata_of

AUTONAMED = "pulumi.com/autonamed"


def is_autonamed(inputs: Mapping[str, Any]) -> bool:
    """Whether the provider chose the name."""
    annotations = metadata_of(inputs).get("annotations")
    return isinstance(annotations, Mapping) and annotations.get(AUTONAMED) == "true"


def with_name(logical_name: str, olds: Mapping[str, Any], inputs: dict[str, Any], seed: bytes) -> dict[str, Any]:
    """The inputs with a name: the given one, the one it got before, or the logical name with 8 random digits."""
    metadata = metadata_of(inputs)
    if (
        isinstance(inputs.get("metadata", {}), Mapping)
        and not metadata.get("name")
        and not metadata.get("generateName")
    ):
        earlier = metadata_of(olds).get("name") if is_autonamed(olds) else None
        metadata["name"] = earlier or f"{logical_name}-{hashlib.sha256(seed + logical_name.encode()).hexdigest()[:8]}"
        metadata["annotations"] = {**(metadata.get("annotations") or {}), AUTONAMED: "true"}
        return {**inputs, "metadata": metadata}
    return inputs


def with_namespace(default: Any, inputs: dict[str, Any]) -> dict[str, Any]:
    """The inputs with the provider's default namespace where they name none."""
    metadata = metadata_of(inputs)
    if not default or metadata.get("namespace"):
        return inputs
    return {**inputs, "metadata": {**metadata, "namespace": default}}


def must_go_first(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether a replaced object must be deleted before the new one is made: its given name and namespace stay."""
    before, after = metadata_of(old), metadata_of(new)
    same = all(before.get(name) == after.get(name) for name in ("name", "namespace"))
    return same and not is_autonamed(new)
