"""Builds the scope of a metric selection: what stands between its braces."""

# ruff: noqa: D102 -- the methods are named after grammar rules, and the grammar documents those

from __future__ import annotations

from typing import Any

from lark import Token, Transformer

from contract.query.errors import Fault
from contract.query.metric import Membership, Scope, Tag
from contract.query.tree import And, Everything, Not, Or, TemplateVariable, place

_OPERATORS = frozenset({"AND", "IN", "NOT", "OR"})


class ScopeBuilder(Transformer[Token, Any]):
    """The rules of `metric.lark` from `filter` down."""

    def comma_list(self, children: list[Any]) -> And:
        return And(tuple(children), True, children[0].position)

    def disjunction(self, children: list[Any]) -> Or:
        operands = tuple(child for child in children if not isinstance(child, Token))
        return Or(operands, operands[0].position)

    def conjunction(self, children: list[Any]) -> And:
        operands = tuple(child for child in children if not isinstance(child, Token))
        return And(operands, False, operands[0].position)

    def negation(self, children: list[Any]) -> Not:
        return Not(children[1], children[0].type == "BANG", place(children[0]))

    def tag(self, children: list[Token]) -> Scope:
        (token,) = children
        text = token.value
        if text == "*":
            return Everything(place(token))
        if text[0] == "$":
            return TemplateVariable(text[1:], place(token))
        key, colon, value = text.partition(":")
        value = value.lstrip()
        if not colon:
            if text.upper() in _OPERATORS:
                raise Fault(f"dangling {text.upper()}: a tag is missing", place(token))
            return Tag(None, text, place(token))
        if not key or not value:
            raise Fault(f"'{text}' is half a tag: write key:value", place(token))
        return Tag(key, value, place(token))

    def membership(self, children: list[Token]) -> Membership:
        key, operator, *values = children
        if ":" in key:
            raise Fault(f"'{key}' is a tag: before {operator.upper()} stands a key alone", place(key))
        return Membership(str(key), tuple(map(str, values)), operator.type == "NOT_IN", place(key))


def refuse_mixture(scope: Scope) -> None:
    """Refuse a scope that mixes `,` and `!` with AND, OR, NOT or IN, as Datadog's "Advanced Filtering" does."""
    symbol: And | Not | None = None
    word: And | Or | Not | Membership | None = None
    pending: list[Any] = [scope]
    while pending:
        node = pending.pop()
        if isinstance(node, And | Not) and node.symbolic:
            symbol = node
        elif isinstance(node, And | Or | Not | Membership):
            word = node
        if isinstance(node, And | Or):
            pending.extend(node.operands)
        elif isinstance(node, Not):
            pending.append(node.operand)
    if symbol and word:
        raise Fault("',' and '!' cannot stand in one scope with AND, OR, NOT and IN: write words only", word.position)
