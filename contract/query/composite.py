"""Composite monitors: a boolean expression over the states of other monitors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from lark import Token, Transformer

from contract.query.engine import Language, parse
from contract.query.errors import QueryError
from contract.query.tree import And, Not, Or, offset, place, walk
from contract.query.vocabulary import MOST_COMPOSITE_MEMBERS


@dataclass(frozen=True, slots=True)
class Member:
    """Another monitor, by its number."""

    monitor_id: int
    position: int = offset()


Condition: TypeAlias = Member | And | Or | Not


@dataclass(frozen=True, slots=True)
class CompositeMonitor:
    """The query of a composite monitor."""

    condition: Condition
    position: int = offset()

    def members(self) -> tuple[int, ...]:
        """List the numbers of the monitors it is made of, in order, each once."""
        return tuple(dict.fromkeys(node.monitor_id for node, _ in walk(self) if isinstance(node, Member)))


class _CompositeBuilder(Transformer[Token, Any]):
    """One method per rule of `composite.lark`."""

    def disjunction(self, children: list[Any]) -> Or:
        return Or(tuple(children), children[0].position)

    def conjunction(self, children: list[Any]) -> And:
        return And(tuple(children), False, children[0].position)

    def negation(self, children: list[Any]) -> Not:
        return Not(children[1], False, place(children[0]))

    def member(self, children: list[Token]) -> Member:
        return Member(int(children[0][:18]), place(children[0]))


_COMPOSITE = Language("composite.lark", "either", _CompositeBuilder())


def parse_composite(query: str) -> CompositeMonitor:
    """Parse the query of a composite monitor.

    Raises:
        QueryError: the text is no such expression, or has too many members.
    """
    found = CompositeMonitor(parse(_COMPOSITE, query))
    if len(found.members()) > MOST_COMPOSITE_MEMBERS:
        raise QueryError(f"a composite has at most {MOST_COMPOSITE_MEMBERS} members", 0, query)
    return found
