"""Helm releases. No chart is rendered: a release stands here for itself, without the objects that it would make."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.computed.context import Making
from sandbox.kubernetes.kinds import HELM_RELEASE


def release_id(inputs: Mapping[str, Any]) -> str:
    """A release's id, as pulumi-kubernetes writes it."""
    return f"{inputs.get('namespace') or 'default'}/{inputs['name']}"


def _release(inputs: Mapping[str, Any], making: Making) -> tuple[str, dict[str, Any]]:
    name = inputs.get("name") or f"{making.name}-{making.hex('name', 8)}"
    namespace = inputs.get("namespace") or "default"
    before = (making.previous or {}).get("status", {}).get("revision", 0)
    status = {
        "name": name,
        "namespace": namespace,
        "revision": before + 1,
        "status": "deployed",
        "version": inputs.get("version") or "",
    }
    named = {"name": name, "namespace": namespace}
    return release_id(named), {**named, "status": status}


RULES = {HELM_RELEASE: _release}
