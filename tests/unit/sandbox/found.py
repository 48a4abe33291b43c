"""What an inventory found."""

from __future__ import annotations

from collections.abc import Collection

from tools.recover.found import Found


def by_type(found: Collection[Found]) -> dict[str, Found]:
    """The one object of each type; fails where something of others was found, too."""
    assert len({one.type for one in found}) == len(found), "each type once: nothing of others"
    return {one.type: one for one in found}
