"""The little Markdown that reports are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain


def table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A table. Cells hold no line breaks; a bar in one is written so that it does not end the cell."""
    every = chain([head, ["---"] * len(head)], lines)
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in every)


def with_part(text: str, begin: str, end: str, part: str) -> str:
    """A page with what stands between two lines replaced. Raises ValueError where the page has no place for it."""
    before, found, rest = text.partition(begin)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        raise ValueError(f"the page needs the lines {begin} and {end}")
    return f"{before}{begin}\n{part}\n{end}{after}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
