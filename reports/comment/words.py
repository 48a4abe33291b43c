"""Counts in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from reports.comment.changes import Kind


def number_of(count: int, one: str, several: str = "") -> str:
    """Such as `1 alert` and `2 alerts`."""
    return f"{count:,} {one if count == 1 else several or f'{one}s'}"


def counted(kinds: Iterable[Kind]) -> str:
    """Such as `2 created, 1 deleted`."""
    counts = Counter(kinds)
    return ", ".join(f"{counts[kind]:,} {kind}" for kind in Kind if counts[kind])
