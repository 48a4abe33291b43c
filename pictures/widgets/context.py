"""What a widget is drawn with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pictures.canvas import Canvas
from pictures.clock import DEFAULT_SPAN, Clock, clock_of
from pictures.layout import Box
from pictures.surroundings import Surroundings
from pictures.synthetic.tags import Known
from pictures.theme import Theme


@dataclass(frozen=True, slots=True)
class Context:
    """One widget: its definition, the inside of its card, and what the queries know."""

    definition: Mapping[str, Any]
    body: Box
    canvas: Canvas
    known: Known
    around: Surroundings

    @property
    def theme(self) -> Theme:
        """The colours."""
        return self.canvas.theme

    @property
    def clock(self) -> Clock:
        """The stretch of time the widget shows."""
        return clock_of(span_of(self.definition))

    def requests(self) -> list[Mapping[str, Any]]:
        """Its requests, as a list."""
        given = self.definition.get("requests") or []
        return list(given.values()) if isinstance(given, Mapping) else list(given)


def span_of(definition: Mapping[str, Any]) -> str:
    """The time span of a widget, that of the dashboard where it has none of its own."""
    return str((definition.get("time") or {}).get("live_span") or DEFAULT_SPAN)
