"""Datadog's dialect of grok (https://docs.datadoghq.com/logs/log_configuration/parsing/), the part that we use.

A rule is a regular expression with `%{matcher:attribute:filter}` in it. The whole text must fit. Of several rules the
first that fits counts. Attributes that are empty are left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from components.logs.interpret.dates import UnknownDateError, compile_date

_QUOTED = r'"(?:[^"\\]|\\.)*"'
_ARGUMENTS = rf"\((?:{_QUOTED}|[^)\"])*\)"
_PLACE = re.compile(
    rf"%\{{(?P<matcher>[A-Za-z][\w.]*)(?P<with>{_ARGUMENTS})?"
    rf"(?::(?P<attribute>[\w.@-]*))?(?::(?P<filter>[A-Za-z]\w*)(?P<by>{_ARGUMENTS})?)?\}}"
)
_RULE = re.compile(r"([A-Za-z0-9][\w.]*)[ \t]+(.+)", re.DOTALL)
_OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_IPV4 = rf"{_OCTET}(?:\.{_OCTET}){{3}}"
_IPV6 = r"(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}"
_NUMBER = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)"

Convert = Callable[[str], Any]

MATCHERS: Mapping[str, tuple[str, Convert]] = {
    "notSpace": (r"\S+", str),
    "word": (r"\b\w+\b", str),
    "data": (r"(?s:.*?)", str),
    "number": (_NUMBER, float),
    "numberStr": (_NUMBER, str),
    "integer": (r"[+-]?\d+", int),
    "integerStr": (r"[+-]?\d+", str),
    "doubleQuotedString": (_QUOTED, lambda text: text[1:-1]),
    "quotedString": (rf"{_QUOTED}|'(?:[^'\\]|\\.)*'", lambda text: text[1:-1]),
    "ipv4": (_IPV4, str),
    "ipv6": (_IPV6, str),
    "ip": (rf"{_IPV4}|{_IPV6}", str),
    "uuid": (r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}", str),
}
"""Matcher -> what fits it, and the value of a text that fits; besides them there are `date` and `regex`."""


class GrokError(ValueError):
    """A rule that Datadog would refuse, or that this part of the language does not know."""


@dataclass(frozen=True, slots=True)
class _Capture:
    attribute: str
    convert: Convert


@dataclass(slots=True)
class _Pattern:
    """A rule while it is compiled: the attributes of its groups, in order."""

    captures: list[_Capture] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, compiled."""

    name: str
    regex: re.Pattern[str]
    captures: tuple[_Capture, ...]

    @property
    def attributes(self) -> frozenset[str]:
        """What it can give."""
        return frozenset(one.attribute for one in self.captures if one.attribute)

    def read(self, text: str) -> dict[str, Any] | None:
        """The attributes of a text; None where it does not fit: a thirteenth month is no date, either."""
        found = self.regex.fullmatch(text)
        try:
            return None if found is None else self._values(found)
        except (ValueError, OverflowError):
            return None

    def _values(self, found: re.Match[str]) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for number, capture in enumerate(self.captures):
            raw = found[f"g{number}"]
            value = None if raw is None else capture.convert(raw)
            members = {capture.attribute: value} if capture.attribute else value if isinstance(value, dict) else {}
            result |= {name: one for name, one in members.items() if one not in (None, "", {})}
        return result


def compile_rules(rules: Iterable[str], helpers: Iterable[str] = ()) -> tuple[Rule, ...]:
    """Raises GrokError at the first rule that is wrong."""
    known: dict[str, str] = {}
    for text in helpers:
        name, pattern = _split(text, known)
        known[name] = pattern
    compiled: list[Rule] = []
    for text in rules:
        name, pattern = _split(text, known)
        building = _Pattern()
        expression = _expand(pattern, known, building, (name,))
        try:
            compiled.append(Rule(name, re.compile(expression), tuple(building.captures)))
        except re.error as error:
            raise GrokError(f"{name}: {error}") from None
        known[name] = pattern
    return tuple(compiled)


def first(rules: Iterable[Rule], text: str) -> tuple[Rule, dict[str, Any]] | None:
    """The first rule that fits, and what it gives."""
    for rule in rules:
        found = rule.read(text)
        if found is not None:
            return rule, found
    return None


def _split(text: str, known: Mapping[str, str]) -> tuple[str, str]:
    found = _RULE.fullmatch(text)
    if found is None:
        raise GrokError(f"{text!r}: a rule is a name, a space and a pattern")
    if found[1] in known or found[1] in MATCHERS:
        raise GrokError(f"{found[1]}: the name is taken")
    return found[1], found[2]


def _expand(pattern: str, known: Mapping[str, str], building: _Pattern, path: tuple[str, ...]) -> str:
    pieces: list[str] = []
    end = 0
    for place in _PLACE.finditer(pattern):
        pieces += [_verbatim(pattern[end : place.start()], path), _place(place, known, building, path)]
        end = place.end()
    return "".join([*pieces, _verbatim(pattern[end:], path)])


def _verbatim(text: str, path: tuple[str, ...]) -> str:
    if "%{" in text:
        raise GrokError(f"{path[0]}: {text[text.index('%{') :]!r} cannot be read")
    return text


def _place(place: re.Match[str], known: Mapping[str, str], building: _Pattern, path: tuple[str, ...]) -> str:
    matcher, attribute, filter_ = place["matcher"], place["attribute"], place["filter"]
    if matcher in known:
        if matcher in path:
            raise GrokError(f"{path[0]}: {matcher} refers to itself")
        if attribute or filter_:
            raise GrokError(f"{path[0]}: {matcher} is a rule: it gives its own attributes")
        return f"(?:{_expand(known[matcher], known, building, (*path, matcher))})"
    regex, convert = _matcher(matcher, tuple(_arguments(place["with"])), path[0])
    if filter_:
        convert = _filtered(convert, filter_, tuple(_arguments(place["by"])), path[0])
    if attribute is None:
        return f"(?:{regex})"
    building.captures.append(_Capture(attribute, convert))
    return f"(?P<g{len(building.captures) - 1}>{regex})"


def _arguments(text: str | None) -> Iterator[Any]:
    if text:
        try:
            yield from json.loads(f"[{text[1:-1]}]")
        except json.JSONDecodeError:
            raise GrokError(f"{text}: arguments are strings in double quotes and numbers") from None


def _matcher(name: str, arguments: tuple[Any, ...], rule: str) -> tuple[str, Convert]:
    if name == "date" and len(arguments) == 1:
        try:
            date = compile_date(arguments[0])
        except UnknownDateError as error:
            raise GrokError(f"{rule}: {error}") from None
        return date.regex, date.read
    if name == "regex" and len(arguments) == 1:
        return arguments[0], str
    if name not in MATCHERS or arguments:
        raise GrokError(f"{rule}: no matcher or rule {name}" + (f" of {len(arguments)} arguments" if arguments else ""))
    return MATCHERS[name]


def _filtered(convert: Convert, name: str, arguments: tuple[Any, ...], rule: str) -> Convert:  # noqa: PLR0911
    match name, arguments:
        case "scale", (int() | float() as factor,):
            return lambda text: float(text) * factor
        case "number", ():
            return float
        case "integer", ():
            return int
        case "lowercase", ():
            return lambda text: str(convert(text)).lower()
        case "uppercase", ():
            return lambda text: str(convert(text)).upper()
        case "nullIf", (str() as nothing,):
            return lambda text: None if text == nothing else convert(text)
        case "keyvalue", () | (str(),):
            return lambda text: _pairs(text, arguments[0] if arguments else "=")
        case _:
            raise GrokError(f"{rule}: no filter {name} with {len(arguments)} arguments")


def _pairs(text: str, separator: str) -> dict[str, Any]:
    found = re.finditer(rf"""([\w.@-]+){re.escape(separator)}("[^"]*"|'[^']*'|<[^>]*>|[\w.@-]+)""", text)
    return {one[1]: _unquoted(one[2]) for one in found}


def _unquoted(text: str) -> Any:
    if text[0] in "\"'<":
        return text[1:-1]
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return None if text == "null" else text
