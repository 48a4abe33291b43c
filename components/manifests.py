"""What the Kubernetes manifests of every area are made of. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from infra.naming import UNIFIED_LABELS

Manifest = dict[str, Any]

PART_OF = {"app.kubernetes.io/part-of": "genonaut-monitoring"}
NOT_ADMITTED = {"admission.datadoghq.com/enabled": "false"}
"""The label of pods that Datadog's admission webhook leaves alone."""
NOBODY = 65534
"""The user and group of who owns nothing."""
RESTRICTED = {
    "readOnlyRootFilesystem": True,
    "allowPrivilegeEscalation": False,
    "capabilities": {"drop": ["ALL"]},
}
"""Containers that need nothing of the node: the "restricted" Pod Security Standard."""


def manifest(api: str, kind: str, name: str, namespace: str | None = None, **content: Any) -> Manifest:
    """One object. What it is for stands in its labels where it belongs to one of the agents."""
    metadata: Manifest = {"name": name, "labels": dict(PART_OF)}
    if namespace:
        metadata["namespace"] = namespace
    return {"apiVersion": api, "kind": kind, "metadata": metadata, **content}


def named(program: str) -> dict[str, str]:
    """The label that all pods of a program carry, and no others."""
    return {"app.kubernetes.io/name": program}


def unified(env: str, service: str, version: str) -> dict[str, str]:
    """The labels that pods are tagged by."""
    return {UNIFIED_LABELS["env"]: env, UNIFIED_LABELS["service"]: service, UNIFIED_LABELS["version"]: version}


def version_of(image: str) -> str:
    """The tag of an image, as far as a label can hold it; where it has only a digest, the beginning of that."""
    name, _, digest = image.partition("@sha256:")
    _, colon, tag = name.rpartition("/")[2].partition(":")
    return tag[:63].strip("._-") if colon else digest[:12]


def restricted_pod(user: int = NOBODY) -> Manifest:
    """The security context of a pod of the "restricted" Pod Security Standard."""
    return {
        "runAsNonRoot": True,
        "runAsUser": user,
        "runAsGroup": user,
        "seccompProfile": {"type": "RuntimeDefault"},
    }


def checksum(*contents: Mapping[str, str]) -> dict[str, str]:
    """An annotation that makes new pods of a workload when its files change, which it only reads at its start."""
    given = [dict(files) for files in contents if files]
    if not given:
        return {}
    digest = hashlib.sha256(json.dumps(given, sort_keys=True).encode()).hexdigest()
    return {"monitoring.genonaut.io/configuration": digest}


def json_text(content: Mapping[str, Any]) -> str:
    """The content of a configuration file; JSON is YAML as well."""
    return json.dumps(content, indent=2) + "\n"
