"""Values that differ, in words. Secrets have none."""

from __future__ import annotations

from collections import Counter
from typing import Any

from contract.query.text import number_text
from reports.comment.changes import UNKNOWN, Difference
from reports.comment.escape import code

SHORT = 80
"""Characters of a value that is shown as it is."""


def difference_words(one: Difference) -> str:
    """One value that differs, in Markdown."""
    return f"{code(one.path)}{_words(one)}"


def _words(one: Difference) -> str:
    if one.secret:
        return " changes (secret: no value is shown)"
    if one.elsewhere:
        return " is put back as the program has it"
    if UNKNOWN in (one.old, one.new):
        return " changes: its value is known after the run"
    if isinstance(one.old, list) and isinstance(one.new, list):
        return f": {_lists(one.old, one.new)}"
    if isinstance(one.old, str) and isinstance(one.new, str) and "\n" in f"{one.old}{one.new}":
        return f": {_lines(one.old, one.new)}"
    return _single(one.old, one.new)


def _single(old: Any, new: Any) -> str:
    was, will_be = _short(old), _short(new)
    if old is None:
        return f" is new: {will_be}" if will_be else " is new"
    if new is None:
        return f" goes away: it was {was}" if was else " goes away"
    return f": {will_be} instead of {was}" if was and will_be else " changes"


def _short(value: Any) -> str:
    """A single value as it is; empty where it is too long, or consists of several."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return code(number_text(value))
    return code(str(value)) if isinstance(value, str | int) and len(str(value)) <= SHORT else ""


def _lists(old: list[Any], new: list[Any]) -> str:
    came = [word for one in new if one not in old and (word := _short(one))]
    went = [word for one in old if one not in new and (word := _short(one))]
    words = [f"{', '.join(came)} is new" if came else "", f"{', '.join(went)} goes" if went else ""]
    return "; ".join(filter(None, words)) or f"{len(new)} entries instead of {len(old)}"


def _lines(old: str, new: str) -> str:
    before, after = Counter(old.splitlines()), Counter(new.splitlines())
    return f"{(after - before).total()} lines come, {(before - after).total()} go"
