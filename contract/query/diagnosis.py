"""Turns the parser's "unexpected token" into a plain reason."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

_NAMES = {
    "AND": "AND",
    "BANG": "!",
    "_BOTH": "&&",
    "_EITHER": "||",
    "BY": "by {…}",
    "CALL": "a function",
    "COLON": "':'",
    "COMMA": "','",
    "COMPARATOR": "a comparison (< <= > >= == !=)",
    "FACET": "an attribute",
    "FLAG": "a word",
    "LBRACE": "a scope {…}",
    "HEAD": "a source such as logs(",
    "KEYWORD": "a named argument",
    "MODIFIER": "a modifier such as .rollup(",
    "MONITOR": "the number of a monitor",
    "NAME": "a name",
    "NOT": "NOT",
    "NUMBER": "a number",
    "OR": "OR",
    "PHRASE": "a quoted phrase",
    "QUERY": "a query in double quotes",
    "RBRACE": "'}'",
    "RPAR": "')'",
    "SERIES": "a metric such as avg:system.load.1{*}",
    "STEP": "a step such as .last(",
    "TAG": "a tag",
    "TERM": "a search term",
    "TEXT": "a quoted word",
    "UNSIGNED": "a number",
    "VALUE": "a value",
    "WINDOW": "a window such as last_5m",
    "$END": "the end of the query",
}
_OPERATORS = {"PLUS", "MINUS", "TIMES", "DIVIDE"}
_DANGLING = re.compile(r"(?:^|[\s(){}])(and|or|not|in)$|(&&|\|\||[!,+*/-])$", re.IGNORECASE)
_LEADING = re.compile(r"(?:[{(,]|\b(?:and|or|not))\s*(and|or|in)$", re.IGNORECASE)
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_WHOLE_IN_QUOTES = re.compile(r"(['\"])[a-z_-]+\(.*\1", re.DOTALL)
_PAIRS = {")": "(", "}": "{"}


def diagnose(query: str, begin: int, position: int, end: int, accepted: AbstractSet[str]) -> tuple[str, int]:
    """Say why `query[begin:end]` stops being a query at `position`, knowing which tokens would have been accepted.

    Returns the reason and the offset to point at, which for an unclosed bracket is that of the bracket.
    """
    text = query[begin:end].strip()
    before = query[begin:position].rstrip()
    found = query[position:end].lstrip()
    if not text:
        return "the query is empty", begin
    if _WHOLE_IN_QUOTES.fullmatch(text) or (not before and _QUOTED.fullmatch(text)):
        return "the whole query stands in quotation marks: write it without them", begin
    if found[:1] in _PAIRS and before.endswith(_PAIRS[found[0]]):
        return _empty_brackets(before), position
    bracket = _unbalanced(query, begin, end)
    if bracket is not None:
        return bracket
    return _dangling(before, begin, position, found, accepted) or (
        f"expected {_expected(accepted)}, found {_shown(found)}",
        position,
    )


def _dangling(before: str, begin: int, position: int, found: str, accepted: AbstractSet[str]) -> tuple[str, int] | None:
    trailing = _DANGLING.search(before)
    if trailing and found[:1] in {"", ")", "}", ",", ">", "<", "=", "!"}:
        word = trailing.group(1) or trailing.group(2)
        return f"dangling {word.upper()}: {_expected(accepted)} must follow it", position
    leading = _LEADING.search(before)
    if leading:
        return f"dangling {leading[1].upper()}: a tag must stand before it", begin + leading.start(1)
    return None


def _empty_brackets(before: str) -> str:
    if re.search(r"by\s*\{$", before, re.IGNORECASE):
        return "the group-by is empty: name a tag key, or leave `by` out"
    if before.endswith("{"):
        return "the scope is empty: write {*} for everything"
    return "these parentheses are empty"


def _unbalanced(query: str, begin: int, end: int) -> tuple[str, int] | None:
    blank = _QUOTED.sub(lambda match: " " * len(match.group()), query[begin:end])
    open_at: list[int] = []
    for index, character in enumerate(blank):
        if character in "({":
            open_at.append(index)
        elif character in ")}":
            if not open_at or blank[open_at[-1]] != _PAIRS[character]:
                return f"unbalanced: this '{character}' closes nothing", begin + index
            open_at.pop()
    if open_at:
        return f"unbalanced: this '{blank[open_at[-1]]}' is never closed", begin + open_at[-1]
    return None


def _expected(accepted: AbstractSet[str]) -> str:
    names = sorted({_NAMES[token] for token in accepted - _OPERATORS if token in _NAMES})
    if accepted & _OPERATORS and not accepted & {"UNSIGNED", "NUMBER"}:
        names.append("an operator")
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names) or "something else"


def _shown(found: str) -> str:
    if not found:
        return "the end of the query"
    word = re.match(r"\w+|\W", found)
    return f"'{word.group()}'" if word else "nothing"
