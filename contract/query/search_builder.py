"""Builds the tree of a search while it is parsed."""

from __future__ import annotations

import re
from typing import Any

from lark import Token, Transformer

from contract.query.engine import Language, parse
from contract.query.errors import Fault
from contract.query.search import Attribute, Limit, Network, Phrase, Range, Search, Term
from contract.query.tree import And, Everything, Not, Or, TemplateVariable, place

_OPERATORS = frozenset({"AND", "NOT", "OR"})
_RANGE = re.compile(r"(\S+) +TO +(\S+)")
_LIMIT = re.compile(r"([<>]=?)([^<>=].*)", re.DOTALL)


class _SearchBuilder(Transformer[Token, Any]):
    """One method per rule of `search.lark`."""

    def search(self, children: list[Search]) -> Search:
        return children[0] if children else Everything()

    def disjunction(self, children: list[Any]) -> Or:
        operands = tuple(child for child in children if not isinstance(child, Token))
        return Or(operands, operands[0].position)

    def conjunction(self, children: list[Any]) -> And:
        operands = tuple(child for child in children if not isinstance(child, Token))
        return And(operands, False, operands[0].position)

    def negation(self, children: list[Any]) -> Not:
        return Not(children[1], False, place(children[0]))

    def term(self, children: list[Token]) -> Search | Limit:
        (token,) = children
        if token.value in _OPERATORS:
            raise Fault(f"dangling {token}: nothing stands before it", place(token))
        if token.value == "*":
            return Everything(place(token))
        if token[0] == "$" and len(token) > 1:
            return TemplateVariable(token[1:], place(token))
        return _limit(token) or Term(token.value, place(token))

    def value(self, children: list[Token]) -> Term | Limit:
        (token,) = children
        limit = _limit(token)
        if limit is None and token[0] in "<>":
            raise Fault(f"'{token}' compares with nothing: write the number behind it", place(token))
        return limit or Term(token.value, place(token))

    def phrase(self, children: list[Token]) -> Phrase:
        (token,) = children
        text = token[2:-2].replace('\\\\\\"', '\\"') if token[0] == "\\" else token[1:-1]
        return Phrase(text, place(token))

    def range(self, children: list[Token]) -> Range:
        (token,) = children
        ends = _RANGE.fullmatch(token[1:-1].strip())
        if ends is None:
            raise Fault(f"'{token}' is no range: write [1 TO 5]", place(token))
        return Range(ends[1], ends[2], token[0] == "[", place(token))

    def attribute(self, children: list[Any]) -> Attribute:
        name, value = children
        return Attribute(name[:-1], value, place(name))

    def network(self, children: list[Token]) -> Network:
        (token,) = children
        attribute, *blocks = (part.strip() for part in token[len("CIDR(") : -1].split(","))
        if not attribute or not blocks or not all(blocks):
            raise Fault("CIDR() takes an attribute and networks: CIDR(@network.client.ip, 13.0.0.0/8)", place(token))
        return Network(attribute, tuple(blocks), place(token))


def _limit(token: Token) -> Limit | None:
    match = _LIMIT.fullmatch(token)
    return Limit(match[1], match[2], place(token)) if match else None


_SEARCH = Language("search.lark", "search", _SearchBuilder())


def parse_search(query: str, begin: int = 0, end: int | None = None) -> Search:
    """Parse a search, or `query[begin:end]` of a larger text; an empty search is everything.

    Raises:
        QueryError: the text is no search.
    """
    found: Search = parse(_SEARCH, query, begin, end)
    return found
