"""What changed between two sets of inputs, property by property, and whether the object must be replaced."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sandbox.paths import join, top_level
from sandbox.wire import Secret

Kind = Literal["add", "delete", "update"]


@dataclass(frozen=True)
class Difference:
    """Property path (as Pulumi writes it, `spec.tags[0]`) -> kind of change; and the paths that force a replacement."""

    changes: dict[str, Kind] = field(default_factory=dict)
    replaces: frozenset[str] = frozenset()

    @property
    def properties(self) -> list[str]:
        """The top-level properties that changed."""
        return sorted({top_level(path) for path in self.changes})


def compare(old: Mapping[str, Any], new: Mapping[str, Any], immutable: Collection[str]) -> Difference:
    """Compare inputs. `immutable` holds property paths; a change at, below or above one replaces the object.

    Whether a value is marked secret is no difference.
    """
    changes = dict(_changes("", old, new))
    replaces = frozenset(path for path in changes if any(_touches(path, fixed) for fixed in immutable))
    return Difference(changes, replaces)


def _touches(path: str, fixed: str) -> bool:
    return path == fixed or path.startswith((f"{fixed}.", f"{fixed}[")) or fixed.startswith((f"{path}.", f"{path}["))


def _changes(path: str, old: Any, new: Any) -> Iterator[tuple[str, Kind]]:
    old = old.value if isinstance(old, Secret) else old
    new = new.value if isinstance(new, Secret) else new
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for name in sorted({*old, *new}):
            if not name.startswith("__"):
                yield from _changes(join(path, name), old.get(name), new.get(name))
    elif isinstance(old, list) and isinstance(new, list):
        for index in range(max(len(old), len(new))):
            pair = (old[index] if index < len(old) else None, new[index] if index < len(new) else None)
            yield from _changes(f"{path}[{index}]", *pair)
    elif old != new or isinstance(old, bool) != isinstance(new, bool):
        yield path, "add" if old is None else "delete" if new is None else "update"
