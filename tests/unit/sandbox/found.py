"""What an inventory found."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from tools.recover.found import Found, identity


def by_type(found: Collection[Found]) -> dict[str, Found]:
    """The one object of each type; fails where something of others was found, too."""
    assert len({one.type for one in found}) == len(found), "each type once: nothing of others"
    return {one.type: one for one in found}


def assert_named_as_in_state(
    found: Mapping[str, Found], made: Mapping[str, tuple[str, Mapping[str, Any]]], logical_names: Mapping[str, str]
) -> None:
    """Each object, by type, has the id it was made with, and the identity that a state gives it by its inputs."""
    for token, (id_, inputs) in made.items():
        urn = f"urn:pulumi:production::p::{token}::{logical_names.get(token, 'x')}"
        assert (token, found[token].identity) == identity({"type": token, "urn": urn, "inputs": inputs})
        assert found[token].id == id_
