"""One thing that is wrong with a resource: where, what, and what would be right."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """`path` is a property path such as `spec.tags[0]`, empty for the resource as a whole."""

    path: str
    reason: str

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}" if self.path else self.reason


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A hint that names the closest known words, or lists them all when none is close and they are few."""
    names = sorted(known)
    close = difflib.get_close_matches(name, names, n=2, cutoff=0.6)
    if close:
        return f"; did you mean {' or '.join(repr(each) for each in close)}?"
    return f"; known here: {', '.join(names)}" if 0 < len(names) <= 12 else ""  # noqa: PLR2004 -- one line of text
