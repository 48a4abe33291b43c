"""Kubernetes types that no SDK class describes, and those the sandbox does not carry out."""

from __future__ import annotations

import re

from sandbox.kubernetes.kinds import CLUSTER_SCOPED, kind_of
from sandbox.schema.model import Property, Resource

CUSTOM = re.compile(r"kubernetes:[a-z0-9.-]+\.[a-z]+/v[0-9a-z]+:[A-Z]\w+")
"""A token of a custom resource: its group has a domain, such as `datadoghq.com/v2alpha1`."""
BUILT_IN_GROUP = re.compile(r"kubernetes:[a-z.]*k8s\.io/")


def is_custom(token: str) -> bool:
    """Whether a type is a custom resource by its group."""
    return bool(CUSTOM.fullmatch(token)) and not BUILT_IN_GROUP.match(token)


def custom_type(token: str) -> Resource | None:
    """The description of a custom resource: any spec goes, its definition must be in the cluster."""
    if not is_custom(token):
        return None
    names = ("apiVersion", "kind", "metadata", "spec", "data", "status")
    members = {name: Property("any", required=False) for name in names}
    return Resource(token, members, members, frozenset(), frozenset())


def unsupported(token: str) -> str:
    """Why the sandbox refuses a type of the SDK, or an empty text."""
    kind = kind_of(token)
    if kind.endswith("List"):
        return f"the API makes no lists ({kind}): make each object"
    return ""


def lives_in_namespace(token: str) -> bool:
    """Whether the provider's default namespace concerns this type."""
    return kind_of(token) not in CLUSTER_SCOPED
