"""Streams of events as rows: a time, how bad it is, and what happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from pictures.canvas import SMALLEST
from pictures.clock import NOW
from pictures.layout import Box
from pictures.synthetic import chance
from pictures.widgets.context import Context

_LINE = 24
_MESSAGES = (
    ("error", "genonaut-api", "TimeoutError: no answer from the database within 5 s"),
    ("warn", "genonaut-worker", "generate_image: ComfyUI is busy, tried again in 30 s"),
    ("error", "genonaut-api", "OperationalError: the connection was closed by the server"),
    ("warn", "genonaut-api", "GET /api/v1/content/unified took 1.9 s"),
    ("error", "genonaut-worker", "generate_image: the job ran out of memory"),
    ("info", "genonaut-worker", "refresh_recommendations: done in 4.1 s"),
    ("error", "genonaut-api", "ValidationError: cursor is not one of ours"),
)
_EVENTS = (
    ("info", "genonaut-api", "Version 1.8.2 is rolled out: 3 of 3 pods are ready"),
    ("warn", "genonaut-worker", "Back-off restarting a failed container"),
    ("info", "genonaut-web", "Version 1.8.2 is rolled out: 2 of 2 pods are ready"),
    ("warn", "genonaut-api", "Readiness probe failed: no answer within 1 s"),
)
_NARROW = 440
"""Pixels below which there is no room for the service."""


def draw_stream(context: Context) -> None:
    """A list of events."""
    theme, box = context.theme, context.body
    columns = {"time": 12, "status": 76, "service": 136, "what": 268}
    if box.width < _NARROW:
        columns = {"time": 12, "status": 76, "what": 132}
    for title, x in columns.items():
        context.canvas.text(box.left + x, box.top + 10, title, SMALLEST, theme.soft)
    found, at = _searched(context), NOW
    for index in range(max(int(box.height // _LINE) - 1, 1)):
        at -= timedelta(seconds=30 + 400 * chance.share("event", index))
        state, service, message = found[index % len(found)]
        y = box.top + _LINE * (index + 1)
        context.canvas.rectangle(Box(box.left + 10, y - 1, box.width - 20, 1), theme.grid, round_=0)
        colours = {"error": theme.bad, "warn": theme.warning}
        cells = {"time": at.strftime("%H:%M:%S"), "status": state, "service": service, "what": message}
        for title, x in columns.items():
            room = box.width - x - 12 if title == "what" else 124
            ink = colours.get(state, theme.soft) if title == "status" else theme.soft if title == "time" else theme.ink
            context.canvas.text(box.left + x, y + _LINE / 2, cells[title], 12, ink, bold=title == "status", width=room)


def _searched(context: Context) -> Sequence[tuple[str, str, str]]:
    """What fits the search, as far as it names a stream and errors."""
    searches = [request.get("query") or {} for request in context.requests()] or [{"data_source": "event_stream"}]
    if "event" in str(searches[0].get("data_source")):
        return _EVENTS
    errors = [message for message in _MESSAGES if message[0] == "error"]
    return errors if "error" in str(searches[0].get("query_string")) else _MESSAGES
