"""What the trees of all query languages share.

Every node is a frozen dataclass whose last field is its position: the offset in characters of the first character it
was read from. Positions take no part in comparison, so two spellings of one query are equal.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass
from typing import TYPE_CHECKING, Any

from lark import Token

if TYPE_CHECKING:
    from collections.abc import Iterator


def offset() -> Any:
    """Declare a position: shown, but not compared."""
    return field(compare=False, default=0)


@dataclass(frozen=True, slots=True)
class And:
    """All operands hold. `symbolic` when written with commas, as metric scopes allow."""

    operands: tuple[Any, ...]
    symbolic: bool = False
    position: int = offset()


@dataclass(frozen=True, slots=True)
class Or:
    """At least one operand holds."""

    operands: tuple[Any, ...]
    position: int = offset()


@dataclass(frozen=True, slots=True)
class Not:
    """The operand does not hold. `symbolic` when written with an exclamation mark in a metric scope."""

    operand: Any
    symbolic: bool = False
    position: int = offset()


@dataclass(frozen=True, slots=True)
class Everything:
    """No condition: the scope or search `*`."""

    position: int = offset()


@dataclass(frozen=True, slots=True)
class TemplateVariable:
    """A dashboard's variable in place of a tag: `$env` stands for `env:<what the reader chose>`."""

    name: str
    position: int = offset()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a monitor compares its value with.

    `threshold` is the number of the query, in the unit of the value; None stands for the keyword `threshold`, which
    refers to a query in the monitor's options.
    """

    operator: str
    threshold: float | None
    position: int = offset()


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time: `kind` is last, next or current; `unit` is s, m, h, d, w or mo (a month of 30 days)."""

    kind: str
    amount: int
    unit: str
    position: int = offset()

    @property
    def seconds(self) -> int:
        """Length in seconds."""
        return self.amount * SECONDS[self.unit]


SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800, "mo": 2_592_000}


def place(item: Any) -> int:
    """Return the offset of a node, or of a token of the parser."""
    return (item.start_pos or 0) if isinstance(item, Token) else item.position


def walk(tree: object) -> Iterator[tuple[Any, int]]:
    """Yield every node of a tree with its depth, parents before their children, left to right. Not recursive."""
    pending: list[tuple[Any, int]] = [(tree, 0)]
    while pending:
        node, depth = pending.pop()
        if isinstance(node, tuple):
            pending.extend((child, depth) for child in reversed(node))
        elif is_dataclass(node):
            yield node, depth
            pending.extend((getattr(node, part.name), depth + 1) for part in reversed(fields(node)))
