"""The patterns of grok's `date` matcher, a subset of Java's (https://docs.oracle.com/javase/8/docs/api/java/time/format/DateTimeFormatter.html)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PARTS = {
    "yyyy": ("year", r"\d{4}"),
    "MM": ("month", r"\d{2}"),
    "MMM": ("month_name", "|".join(_MONTHS)),
    "dd": ("day", r"\d{2}"),
    "HH": ("hour", r"\d{2}"),
    "mm": ("minute", r"\d{2}"),
    "ss": ("second", r"\d{2}"),
    "SSS": ("millisecond", r"\d{3}"),
    "z": ("zone", r"[A-Z]{1,5}|[+-]\d{2}(?::?\d{2})?"),
}
_TOKEN = re.compile(r"'([^']*)'|([A-Za-z])\2*|(.)", re.DOTALL)
_UTC = frozenset({"UTC", "GMT", "UT", "Z"})


class UnknownDateError(ValueError):
    """A pattern that this subset does not know."""


@dataclass(frozen=True, slots=True)
class DatePattern:
    """A pattern, compiled."""

    regex: str
    """Without groups."""
    read: Callable[[str], int]
    """From a text that fits to milliseconds since 1970."""


def compile_date(pattern: str) -> DatePattern:
    """Raises UnknownDateError where a part of the pattern is not known."""
    plain, named = "", ""
    for token in _TOKEN.finditer(pattern):
        quoted, letter, other = token.groups()
        if letter is None:
            text = re.escape(quoted if quoted is not None else other)
            plain, named = plain + text, named + text
            continue
        if token[0] not in _PARTS:
            raise UnknownDateError(f"{token[0]} in a date: known are {', '.join(_PARTS)}")
        name, regex = _PARTS[token[0]]
        plain, named = f"{plain}(?:{regex})", f"{named}(?P<{name}>{regex})"
    whole = re.compile(named)

    def read(text: str) -> int:
        found = whole.fullmatch(text)
        if found is None:
            raise ValueError(f"{text!r} does not fit {pattern}")
        return _milliseconds(found.groupdict())

    return DatePattern(plain, read)


def _milliseconds(parts: dict[str, str | None]) -> int:
    month = parts.get("month_name")
    moment = datetime(
        int(parts.get("year") or 1970),
        _MONTHS.index(month) + 1 if month else int(parts.get("month") or 1),
        int(parts.get("day") or 1),
        int(parts.get("hour") or 0),
        int(parts.get("minute") or 0),
        int(parts.get("second") or 0),
        int(parts.get("millisecond") or 0) * 1000,
        tzinfo=_zone(parts.get("zone") or "UTC"),
    )
    return int(moment.timestamp() * 1000)


def _zone(text: str) -> timezone:
    if text in _UTC:
        return UTC
    if text[0] not in "+-":
        raise ValueError(f"the time zone {text}: only UTC and offsets are known here")
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)
