"""Explains searches."""

from __future__ import annotations

from contract.query import search
from contract.query.words.core import explain, listed


@explain.register
def _(tree: search.Term) -> str:
    return tree.text


@explain.register
def _(tree: search.Phrase) -> str:
    return f'"{tree.text}"'


@explain.register
def _(tree: search.Limit) -> str:
    return f"{tree.operator} {tree.value}"


@explain.register
def _(tree: search.Range) -> str:
    return f"from {tree.low} to {tree.high}{'' if tree.inclusive else ', without the ends'}"


@explain.register
def _(tree: search.Attribute) -> str:
    return f"{tree.name} is {explain(tree.value)}"


@explain.register
def _(tree: search.Network) -> str:
    return f"{tree.attribute} is within {listed(tree.blocks, 'or')}"
