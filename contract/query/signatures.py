"""Checks the arguments of functions and modifiers against the vocabulary while a tree is built."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, TypeAlias

from lark import Token

from contract.query.errors import Fault
from contract.query.metric import Expression, Modifier, Number, Signed
from contract.query.tree import place
from contract.query.vocabulary import (
    CALENDAR_INTERVALS,
    FILL_METHODS,
    MODIFIERS,
    NESTED_ROLLUP_METHODS,
    Parameter,
    Signature,
    is_percentile,
)
from contract.query.windows import window

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

Literal: TypeAlias = Number | Token
Argument: TypeAlias = Expression | Token
"""A word is kept as its token, quotation marks included, so that faults can point at it."""

_DURATION = re.compile(r"-?[1-9][0-9]*(?:s|m|h|d|w|mo)")
_ROLLUP_LONGEST = 4
"""Method, interval, and for calendar intervals the day they start on and the time zone."""


def unquoted(token: Token) -> str:
    """Return the word of a token without its quotation marks."""
    return token[1:-1] if token[0] in "'\"" else str(token)


def one_of(word: str, allowed: Collection[str], what: str, position: int) -> str:
    """Return the word, or say which words are allowed."""
    if word in allowed:
        return word
    near = get_close_matches(word, allowed, 1)
    hint = f"did you mean {near[0]}?" if near else f"choose {', '.join(sorted(allowed))}"
    raise Fault(f"unknown {what} '{word}': {hint}", position)


def checked_arguments(
    name: str, position: int, signature: Signature, given: Sequence[Argument]
) -> tuple[Expression | str | float, ...]:
    """Return the values of positional arguments, checked against a function's signature."""
    if not signature.required <= len(given) <= len(signature.parameters):
        names = ", ".join(parameter.name for parameter in signature.parameters)
        raise Fault(f"{name}() takes ({names}), not {len(given)} arguments", position)
    return tuple(
        _value(name, parameter, argument) for parameter, argument in zip(signature.parameters, given, strict=False)
    )


def checked_keywords(
    name: str, signature: Signature, given: Iterable[tuple[Token, Argument]]
) -> tuple[tuple[str, str | float], ...]:
    """Return keyword arguments in the order given, checked against a function's signature."""
    checked: dict[str, str | float] = {}
    for token, argument in given:
        keyword = token[:-1].rstrip()
        if keyword not in signature.keywords:
            allowed = ", ".join(signature.keywords) or "none"
            raise Fault(f"{name}() has no argument '{keyword}': it knows {allowed}", place(token))
        if keyword in checked:
            raise Fault(f"'{keyword}' is given twice", place(token))
        checked[keyword] = _literal(name, signature.keywords[keyword], argument)
    return tuple(checked.items())


def _value(name: str, parameter: Parameter, argument: Argument) -> Expression | str | float:
    if parameter.kind != "series":
        return _literal(name, parameter, argument)
    if isinstance(argument, Token):
        raise Fault(f"{name}() needs a series here, not a word", place(argument))
    return argument


def _literal(name: str, parameter: Parameter, argument: Argument) -> str | float:
    if isinstance(argument, Number):
        if parameter.kind in {"number", "duration"}:
            return argument.value
    elif isinstance(argument, Signed) and isinstance(argument.operand, Number) and parameter.kind == "number":
        return argument.operand.value * (-1 if argument.sign == "-" else 1)
    elif isinstance(argument, Token) and parameter.kind != "number":
        return _word(name, parameter, argument)
    raise Fault(f"the {parameter.name} of {name}() must be a {parameter.kind}", place(argument))


def _word(name: str, parameter: Parameter, token: Token) -> str:
    word = unquoted(token)
    if parameter.choices:
        one_of(word.lower(), parameter.choices, f"{parameter.name} of {name}()", place(token))
    elif parameter.kind == "window":
        window(word, place(token))
    elif parameter.kind == "duration" and not _DURATION.fullmatch(word):
        raise Fault(f"'{word}' is no duration: write a number and a unit, such as 60m", place(token))
    return word


def checked_modifier(name: str, position: int, given: Sequence[Literal]) -> Modifier:
    """Build a modifier: `.as_count()`, `.as_rate()`, `.weighted()`, `.rollup(…)` or `.fill(…)`."""
    one_of(name, MODIFIERS, "modifier", position)
    if name == "rollup":
        _check_rollup(position, given)
    elif name == "fill":
        _check_fill(position, given)
    elif given:
        raise Fault(f".{name}() takes nothing", place(given[0]))
    values = (unquoted(item) if isinstance(item, Token) else item.value for item in given)
    return Modifier(name, tuple(values), position)


def _check_rollup(position: int, given: Sequence[Literal]) -> None:
    rest = list(given)
    if rest and isinstance(rest[0], Token):
        method = unquoted(rest[0])
        if not is_percentile(method):
            one_of(method, NESTED_ROLLUP_METHODS, "rollup method", place(rest[0]))
        rest = rest[1:]
    if not given or len(given) > _ROLLUP_LONGEST:
        raise Fault(".rollup() takes a method and an interval in seconds, such as .rollup(sum, 60)", position)
    if not rest:
        return
    interval = rest[0]
    if isinstance(interval, Token):
        one_of(unquoted(interval), CALENDAR_INTERVALS, "rollup interval", place(interval))
    elif interval.value <= 0:
        raise Fault("the interval of .rollup() must be more than 0 seconds", place(interval))
    elif len(rest) > 1:
        raise Fault("only a daily, weekly or monthly rollup has a start or a time zone", place(rest[1]))


def _check_fill(position: int, given: Sequence[Literal]) -> None:
    rest = list(given)
    if rest and isinstance(rest[0], Token):
        one_of(unquoted(rest[0]), FILL_METHODS, "fill method", place(rest[0]))
        rest = rest[1:]
    if not given or len(rest) > 1 or any(isinstance(item, Token) or item.value < 0 for item in rest):
        raise Fault(".fill() takes a method and a limit in seconds, such as .fill(last, 300)", position)
