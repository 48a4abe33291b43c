"""Queries written as a chain of steps, `logs("…").index("*").last("5m") > 3`, before their meaning is read."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lark import Token, Transformer

from contract.query.engine import Language, parse
from contract.query.errors import Fault
from contract.query.signatures import one_of, unquoted
from contract.query.tree import Comparison, place

if TYPE_CHECKING:
    from collections.abc import Collection


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a chain: its positional arguments and its keywords, as tokens."""

    name: str
    arguments: tuple[Token, ...]
    keywords: tuple[tuple[Token, Token], ...]
    position: int

    def words(self, what: str) -> tuple[str, ...]:
        """Return the arguments without quotes, split at commas; at least one is needed."""
        words = tuple(word.strip() for token in self.arguments for word in unquoted(token).split(","))
        if not all(words) or not words:
            raise Fault(f".{self.name}() is empty: name {what}", self.position)
        if self.keywords:
            raise Fault(f".{self.name}() takes no named arguments", self.position)
        return words

    def word(self, what: str) -> str:
        """Return the only argument, without quotes."""
        words = self.words(what)
        if len(words) != 1:
            raise Fault(f".{self.name}() takes one argument: {what}", self.position)
        return words[0]

    def nothing(self) -> None:
        """Refuse any argument."""
        if self.arguments or self.keywords:
            raise Fault(f".{self.name}() takes nothing", self.position)


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain of steps. `head` is the name before the parenthesis, empty for a service check."""

    head: str
    subject: Token | None
    steps: tuple[Step, ...]
    comparison: Comparison | None
    position: int

    def read(self, allowed: Collection[str]) -> dict[str, Step]:
        """Return the steps by name; each must be allowed and occur once."""
        found: dict[str, Step] = {}
        for step in self.steps:
            one_of(step.name, allowed, "step", step.position)
            if step.name in found:
                raise Fault(f".{step.name}() is given twice", step.position)
            found[step.name] = step
        return found

    def compared(self) -> Comparison:
        """Return the comparison, which most monitors need."""
        if self.comparison is None:
            raise Fault("the query compares with nothing: end it with a threshold such as > 5", self.position)
        return self.comparison


class _ChainBuilder(Transformer[Token, Any]):
    """One method per rule of `chain.lark`."""

    def chain(self, children: list[Any]) -> Chain:
        (head, subject, position), *steps = children
        comparison = steps.pop() if steps and isinstance(steps[-1], Comparison) else None
        return Chain(head, subject, tuple(steps), comparison, position)

    def source(self, children: list[Token]) -> tuple[str, Token | None, int]:
        head, *subject = children
        return head[:-1].rstrip(), subject[0] if subject else None, place(head)

    def check(self, children: list[Token]) -> tuple[str, Token | None, int]:
        return "", children[0], place(children[0])

    def comparison(self, children: list[Token]) -> Comparison:
        operator, threshold = children
        return Comparison(operator.value, _threshold(threshold), place(operator))

    def step(self, children: list[Any]) -> Step:
        name, *given = children
        arguments = tuple(item for item in given if isinstance(item, Token))
        keywords = tuple(item for item in given if not isinstance(item, Token))
        return Step(name[1:-1].strip(), arguments, keywords, place(name))

    def keyword(self, children: list[Token]) -> tuple[Token, Token]:
        return children[0], children[1]


def _threshold(token: Token) -> float | None:
    if token.type == "WORD":
        if token.value != "threshold":
            raise Fault(f"'{token}' is no number", place(token))
        return None
    value = float("".join(token.split()))
    if math.isinf(value):
        raise Fault(f"{token} is too large a number", place(token))
    return value


_CHAIN = Language("chain.lark", "chain", _ChainBuilder())


def parse_chain(query: str) -> Chain:
    """Parse the outer form of a chained query.

    Raises:
        QueryError: the text is no chain of steps.
    """
    found: Chain = parse(_CHAIN, query)
    return found
