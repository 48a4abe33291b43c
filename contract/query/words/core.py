"""What every explanation needs, and the function they register with."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING, Any

from contract.query.text import number_text
from contract.query.tree import And, Comparison, Everything, Or, TemplateVariable, Window

if TYPE_CHECKING:
    from collections.abc import Sequence

_UNITS = {"s": "second", "m": "minute", "h": "hour", "d": "day", "w": "week", "mo": "month"}
_OPERATORS = {
    ">": "above {}",
    ">=": "{} or more",
    "<": "below {}",
    "<=": "{} or less",
    "==": "exactly {}",
    "!=": "anything but {}",
}


def listed(words: Sequence[str], last: str = "and") -> str:
    """Join words as a sentence does: a, b and c."""
    return f" {last} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def span(window: Window) -> str:
    """Say how long a window is: 5 minutes."""
    return f"{window.amount} {_UNITS[window.unit]}{'s' if window.amount > 1 else ''}"


def per_group(keys: Sequence[str]) -> str:
    """Say what is looked at separately."""
    return "" if not keys or tuple(keys) == ("*",) else f", separately for each {listed(keys)}"


@singledispatch
def explain(tree: Any) -> str:
    """Say in plain words what a query watches."""
    raise TypeError(f"{type(tree).__name__} is no part of a query")


@explain.register
def _(tree: Window) -> str:
    if tree.kind == "current":
        return f"since the start of the current {_UNITS[tree.unit]}"
    return f"over the {tree.kind} {span(tree)}"


@explain.register
def _(tree: Comparison) -> str:
    limit = "the threshold query of the options" if tree.threshold is None else number_text(tree.threshold)
    return _OPERATORS[tree.operator].format(limit)


@explain.register
def _(tree: Everything) -> str:
    return "everything"


@explain.register
def _(tree: TemplateVariable) -> str:
    return f"whatever is chosen for ${tree.name}"


@explain.register
def _(tree: And) -> str:
    return listed([_part(operand) for operand in tree.operands])


@explain.register
def _(tree: Or) -> str:
    return listed([_part(operand) for operand in tree.operands], "or")


def _part(tree: Any) -> str:
    return f"({explain(tree)})" if isinstance(tree, And | Or) else explain(tree)
