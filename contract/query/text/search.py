"""Prints searches; And, Or and Not alone are printed as parts of searches."""

from __future__ import annotations

import re

from contract.query import search
from contract.query.text.core import to_text
from contract.query.tree import And, Not, Or

_QUOTATION = re.compile(r'\\?"')


@to_text.register
def _(tree: And) -> str:
    return " ".join(map(_search_operand, tree.operands))


@to_text.register
def _(tree: Or) -> str:
    return " OR ".join(map(_search_operand, tree.operands))


@to_text.register
def _(tree: Not) -> str:
    return "-" + _search_operand(tree.operand)


@to_text.register
def _(tree: search.Term) -> str:
    return tree.text


@to_text.register
def _(tree: search.Phrase) -> str:
    return f'"{tree.text}"'


@to_text.register
def _(tree: search.Limit) -> str:
    return tree.operator + tree.value


@to_text.register
def _(tree: search.Range) -> str:
    return f"[{tree.low} TO {tree.high}]" if tree.inclusive else f"{{{tree.low} TO {tree.high}}}"


@to_text.register
def _(tree: search.Attribute) -> str:
    value = tree.value
    plain = isinstance(value, search.Phrase | search.Limit | search.Range) or (
        isinstance(value, search.Term) and value.text[0] not in "<>[{"
    )
    return f"{tree.name}:{to_text(value)}" if plain else f"{tree.name}:({to_text(value)})"


@to_text.register
def _(tree: search.Network) -> str:
    return f"CIDR({','.join((tree.attribute, *tree.blocks))})"


def _search_operand(tree: search.Search) -> str:
    return f"({to_text(tree)})" if isinstance(tree, And | Or) else to_text(tree)


def escaped(tree: search.Search) -> str:
    """Print a search for use between double quotes."""
    return _QUOTATION.sub(lambda match: '\\\\\\"' if match[0] == '\\"' else '\\"', to_text(tree))
