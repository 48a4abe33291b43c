"""The one error of the query languages."""

from __future__ import annotations

_SHOWN_BEFORE = 100
_SHOWN_AFTER = 40
_LONGEST_REASON = 300


class QueryError(ValueError):
    """A query that its language does not allow.

    Attributes:
        reason: what is wrong and what would be right, in one sentence.
        position: offset in characters from the start of the query, counted from 0.
        query: the whole query as it was given.
    """

    def __init__(self, reason: str, position: int, query: str) -> None:
        """Keep the parts; the position is held inside the query so that the caret always has a place."""
        reason = reason if len(reason) <= _LONGEST_REASON else reason[:_LONGEST_REASON] + "…"
        super().__init__(reason, position, query)
        self.reason = reason
        self.position = min(max(position, 0), len(query))
        self.query = query

    def __str__(self) -> str:
        """Show the reason, the line of the query around the position, and a caret under the character."""
        start = self.query.rfind("\n", 0, self.position) + 1
        end = self.query.find("\n", self.position)
        end = len(self.query) if end < 0 else end
        left = max(start, self.position - _SHOWN_BEFORE)
        right = min(end, self.position + _SHOWN_AFTER)
        before, after = "…" if left > start else "", "…" if right < end else ""
        shown = before + self.query[left:right].replace("\t", " ") + after
        caret = " " * (len(before) + self.position - left) + "^"
        return f"{self.reason} (at character {self.position + 1})\n  {shown}\n  {caret}"


class Fault(Exception):
    """What a builder raises while it knows the place but not the whole query; never leaves this package."""

    def __init__(self, reason: str, position: int) -> None:
        """Keep the reason and the offset in characters."""
        super().__init__(reason)
        self.reason = reason
        self.position = position
