"""An exported state, as far as ownership goes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT_TYPE = "pulumi:pulumi:Stack"
_ENGINE = ("pulumi:", "monitoring:")
"""The engine's own resources and our components, which exist in no cloud."""


class StateError(Exception):
    """A file is no exported state; the message says which, and what would be right."""


@dataclass(frozen=True, kw_only=True, slots=True)
class State:
    """What one stack owns, and where."""

    stack: str
    project: str
    owner: str | None
    """The stack that owns what the organisation shares, as this one's settings have it; None where it does not say."""
    cluster: str | None
    """The name of its Kubernetes cluster; None where it does not say."""
    resources: tuple[Mapping[str, Any], ...]
    """What it keeps in some cloud, as in the state."""
    providers: Mapping[str, Mapping[str, Any]]
    """Inputs of the providers, by the references that resources have of them."""
    cloud: str = ""
    """Which sandbox it is on. Each is a cloud of its own, so that nothing in two of them is one object."""

    def __str__(self) -> str:
        return self.stack


def read_file(path: Path) -> State | None:
    """The state in a file that `pulumi stack export` wrote; None where nothing was ever deployed. Raises StateError."""
    try:
        return read(path.read_text(), str(path))
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        raise StateError(f"{path} cannot be read: {reason}") from None


def read(text: str, source: str, cloud: str = "") -> State | None:
    """The state in what `pulumi stack export` printed; `source` is named in errors. Raises StateError."""
    try:
        exported = json.loads(text)
        deployment = exported["deployment"] or {}
        own = deployment.get("resources") or []
        return _state(own, cloud) if own else None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise StateError(
            f"{source} is no exported state of a Pulumi stack (`pulumi stack export --file ...` writes one)"
        ) from None


def _state(resources: list[Mapping[str, Any]], cloud: str) -> State:
    head, project, *_ = resources[0]["urn"].split("::")
    stack = head.removeprefix("urn:pulumi:")
    root = next((one for one in resources if one["type"] == ROOT_TYPE), {})
    says = (root.get("outputs") or {}).get("ownership") or {}
    return State(
        stack=stack,
        project=project,
        owner=says.get("owner"),
        cluster=says.get("cluster"),
        resources=tuple(one for one in resources if _is_kept(one)),
        providers={
            f"{one['urn']}::{one['id']}": one.get("inputs") or {}
            for one in resources
            if one["type"].startswith("pulumi:providers:")
        },
        cloud=cloud,
    )


def _is_kept(resource: Mapping[str, Any]) -> bool:
    """Whether the stack owns it: what is only read belongs to somebody else, what is being deleted soon to nobody."""
    return (
        bool(resource.get("id"))
        and not resource["type"].startswith(_ENGINE)
        and not resource.get("external")
        and not resource.get("delete")
    )
