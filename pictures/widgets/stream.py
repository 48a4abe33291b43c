"""Streams of events as rows: a time, how bad it is, and what happened."""

from __future__ import annotations

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
    ("info", "genonaut-api", "version 1.8.2 is rolled out: 3 of 3 pods are ready"),
    ("warn", "genonaut-api", "GET /api/v1/content/unified took 1.9 s"),
    ("error", "genonaut-worker", "generate_image: the job ran out of memory"),
    ("info", "genonaut-beat", "refresh_recommendations was sent"),
)


def draw_stream(context: Context) -> None:
    """A list of events."""
    theme, box = context.theme, context.body
    at, count = NOW, max(int(box.height // _LINE) - 1, 1)
    for index, (title, x) in enumerate((("time", 12), ("status", 76), ("service", 136), ("what", 268))):
        context.canvas.text(box.left + x, box.top + 10, title, SMALLEST, theme.soft, width=60 if index else 50)
    for index in range(count):
        at -= timedelta(seconds=30 + 400 * chance.share("event", index))
        state, service, message = _MESSAGES[index % len(_MESSAGES)]
        y = box.top + _LINE * (index + 1)
        context.canvas.rectangle(Box(box.left + 10, y - 1, box.width - 20, 1), theme.grid, round_=0)
        colour = {"error": theme.bad, "warn": theme.warning}.get(state, theme.soft)
        middle = y + _LINE / 2
        context.canvas.text(box.left + 12, middle, at.strftime("%H:%M:%S"), 12, theme.soft)
        context.canvas.text(box.left + 76, middle, state, 12, colour, bold=True)
        context.canvas.text(box.left + 136, middle, service, 12, width=124)
        context.canvas.text(box.left + 268, middle, message, 12, width=max(box.width - 280, 20))
