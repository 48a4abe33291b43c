"""Reads the windows of monitors: `last_5m`, `current_1mo`, `next_1w`, and the shifts of change alerts."""

from __future__ import annotations

import re

from contract.query.errors import Fault
from contract.query.tree import SECONDS, Window
from contract.query.vocabulary import LONGEST_WINDOW, SHIFT_UNITS, WINDOW_UNITS

_WINDOW = re.compile(r"([a-z]+)_([0-9]{1,9})([a-z]+)")
_SHIFT = re.compile(r"([0-9]{1,9})([a-z]+)_ago")
_TIMEFRAME = re.compile(r"([0-9]{1,9})([a-z]+)")


def window(text: str, position: int = 0) -> Window:
    """Read the window of a metric monitor.

    Raises:
        Fault: the text is no window, of zero, of no legal unit, or too long.
    """
    match = _WINDOW.fullmatch(text)
    if match is None or match[1] not in WINDOW_UNITS:
        raise Fault(f"'{text}' is no window: write for example last_5m, current_1d or next_1w", position)
    kind = match[1]
    found = _checked(Window(kind, int(match[2]), match[3], position), WINDOW_UNITS[kind], text)
    if found.seconds > LONGEST_WINDOW[kind]:
        raise Fault(f"'{text}' is too long: at most {LONGEST_WINDOW[kind] // 3_600} hours", position)
    if kind == "current" and found.amount != 1:
        raise Fault(f"'{text}' is no window: write current_1h, current_1d or current_1mo", position)
    return found


def shift(text: str, position: int) -> Window:
    """Read how far back a change alert compares: `1h_ago` as documented, or `last_1h` as real monitors write it."""
    match = _SHIFT.fullmatch(text)
    if match is None:
        return window(text, position)
    return _checked(Window("last", int(match[1]), match[2], position), SHIFT_UNITS, text)


def timeframe(text: str, position: int, units: frozenset[str], longest: int, kind: str = "last") -> Window:
    """Read the window of a step such as `.last("5m")`; `longest` in seconds."""
    match = _TIMEFRAME.fullmatch(text)
    if match is None:
        raise Fault(f"'{text}' is no time window: write a number and a unit, such as 5m", position)
    found = _checked(Window(kind, int(match[1]), match[2], position), units, text)
    if found.seconds > longest:
        raise Fault(f"'{text}' is too long: at most {longest // 3_600} hours", position)
    return found


def _checked(found: Window, units: frozenset[str], text: str) -> Window:
    if found.unit not in units:
        legal = ", ".join(sorted(units, key=SECONDS.__getitem__))
        raise Fault(f"'{text}' has no legal unit: '{found.unit}' is not among {legal}", found.position)
    if found.amount == 0:
        raise Fault(f"'{text}' is a window of zero", found.position)
    return found
