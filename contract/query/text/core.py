"""What every printer needs, and the function they register with."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from contract.query.tree import Comparison, Everything, TemplateVariable, Window

_EXACT = 1e15


def number_text(value: float) -> str:
    """Print a number as people write it: 30 and not 30.0."""
    return str(int(value)) if float(value).is_integer() and abs(value) < _EXACT else repr(value)


def quoted(text: str, preferred: str = '"') -> str:
    """Put a word in quotation marks that it does not contain."""
    quote = preferred if preferred not in text else {"'": '"', '"': "'"}[preferred]
    return f"{quote}{text}{quote}"


@singledispatch
def to_text(tree: Any) -> str:
    """Print a tree as a query of its language; parsing the text again gives an equal tree."""
    raise TypeError(f"{type(tree).__name__} is no part of a query")


@to_text.register
def _(tree: Window) -> str:
    return f"{tree.kind}_{tree.amount}{tree.unit}"


@to_text.register
def _(tree: Comparison) -> str:
    return f" {tree.operator} " + ("threshold" if tree.threshold is None else number_text(tree.threshold))


@to_text.register
def _(tree: Everything) -> str:
    return "*"


@to_text.register
def _(tree: TemplateVariable) -> str:
    return f"${tree.name}"
