"""What the rules of scanning take out of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from components.logs.spec import ScanRule


def scrubbed(text: str, rules: Iterable[ScanRule]) -> tuple[str, tuple[str, ...]]:
    """The text with replacements, and the keys of the rules that found something."""
    found: list[str] = []
    for rule in rules:
        text, count = _compiled(rule.pattern).subn(rule.replacement, text)
        if count:
            found.append(rule.key)
    return text, tuple(found)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)
