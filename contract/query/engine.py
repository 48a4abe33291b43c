"""Runs the grammars and turns what goes wrong into `QueryError`.

The library is lark: LALR(1) with a contextual lexer. The languages are unambiguous and need one token of lookahead,
the same characters mean different tokens inside a scope and outside, and the time grows with the length of the text
only. Its Earley parser and the PEG libraries were left aside because a query of 10,000 characters must not take
seconds; the trees are built while parsing, so there is no recursion over the input.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lark import Lark, TextSlice, UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from contract.query.diagnosis import diagnose
from contract.query.errors import Fault, QueryError
from contract.query.tree import walk

if TYPE_CHECKING:
    from lark import Token, Transformer

MAX_DEPTH = 100
"""How deep a tree may be. Queries of people are less than 20 deep; everything that walks a tree may use recursion."""
MOST_KEPT = 4096
"""Trees that are kept: many stacks of the size of our largest, which reads 461 queries 1,401 times."""


@dataclass(frozen=True, slots=True)
class Language:
    """One rule of a grammar file to start from, and the builder whose methods are named after its rules."""

    grammar: str
    start: str
    builder: Transformer[Token, Any]


@cache
def _parser(language: Language) -> Lark:
    return Lark(
        (Path(__file__).parent / "grammar" / language.grammar).read_text(encoding="utf-8"),
        parser="lalr",
        lexer="contextual",
        start=language.start,
        maybe_placeholders=False,
        transformer=language.builder,
    )


@lru_cache(maxsize=MOST_KEPT)
def parse(language: Language, query: str, begin: int = 0, end: int | None = None) -> Any:
    """Parse `query[begin:end]`; positions count from the start of the whole query.

    Trees are immutable, so one that was made is given out again: a stack's dashboards, alerts and proofs read the same
    queries two and more times.

    Raises:
        QueryError: the text is not of the language, or nests deeper than `MAX_DEPTH`.
    """
    end = len(query) if end is None else end
    try:
        tree = _parser(language).parse(TextSlice(query, begin, end))
    except Fault as fault:
        raise QueryError(fault.reason, fault.position, query) from None
    except UnexpectedInput as error:
        raise QueryError(*_explained(error, query, begin, end), query) from None
    if end - begin > MAX_DEPTH:
        for node, depth in walk(tree):
            if depth > MAX_DEPTH:
                raise QueryError(f"nested more than {MAX_DEPTH} levels deep", node.position, query)
    return tree


def _explained(error: UnexpectedInput, query: str, begin: int, end: int) -> tuple[str, int]:
    if isinstance(error, UnexpectedToken):
        position = end if error.token.type == "$END" else error.token.start_pos
        return diagnose(query, begin, position or 0, end, error.accepts or error.expected)
    position = error.pos_in_stream
    allowed = error.allowed if isinstance(error, UnexpectedCharacters) else None
    return diagnose(query, begin, end if position is None else position, end, allowed or frozenset())
