"""The little Markdown that reports are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain


def table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A table. Cells hold no line breaks; a bar in one is written so that it does not end the cell."""
    every = chain([head, ["---"] * len(head)], lines)
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in every)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
