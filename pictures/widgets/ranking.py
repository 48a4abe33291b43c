"""Lists and tables of groups, largest first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pictures.canvas import SMALLEST
from pictures.layout import Box
from pictures.synthetic.request import Answer, at_once
from pictures.theme import severity
from pictures.units import short_text
from pictures.widgets.context import Context
from pictures.widgets.number import colour_of

_LINE = 24
_FEWEST = 18


def draw_toplist(context: Context) -> None:
    """A top list: a bar for each group."""
    request = context.requests()[0]
    rows = [
        (
            " · ".join(part for part in (answer.label if not line.tags else "", line.name) if part) or "all",
            float(line.values[0]),
            answer,
        )
        for answer in at_once(request, context.clock, context.known)
        for line in answer.lines
    ]
    rows = sorted(rows, key=lambda row: -row[1])[: _limit(request)]
    rows = rows[: max(int(context.body.height // _FEWEST), 1)]
    if not rows:
        return
    high = min(_LINE, context.body.height / len(rows))
    most = max(row[1] for row in rows) or 1.0
    for index, (name, value, answer) in enumerate(rows):
        line = Box(context.body.left + 10, context.body.top + index * high, context.body.width - 20, high - 4)
        formats = request.get("conditional_formats") or answer.formula.get("conditional_formats") or ()
        palette = colour_of(formats, value, context.theme)
        colour = severity(context.theme, palette) if palette else context.theme.series[0]
        context.canvas.rectangle(
            Box(line.left + 78, line.top, max((line.width - 78) * value / most, 2), line.height),
            colour,
            round_=2,
            alpha=0.28,
        )
        context.canvas.text(
            line.left + 70, line.top + line.height / 2, short_text(value, answer.unit), 12, side="right", bold=True
        )
        context.canvas.text(line.left + 86, line.top + line.height / 2, name, 12, width=line.width - 92)


def draw_change(context: Context) -> None:
    """A change widget: groups with what they are now, and by how much that is more than before."""
    draw_toplist(context)


def draw_table(context: Context) -> None:
    """A query table: one row for each group, one column for each formula."""
    answers = [each for request in context.requests() for each in at_once(request, context.clock, context.known)]
    groups = _groups(answers)
    box = context.body
    shown = list(groups)[: max(int(box.height // _LINE) - 1, 1)]
    names = list(dict.fromkeys(key for tags in groups for key, _ in tags)) or ["all"]
    first = max(box.width * 0.42 - 10 * max(len(answers) - 2, 0), 130)
    column = (box.width - first - 20) / max(len(answers), 1)
    y = box.top + _LINE / 2
    context.canvas.text(box.left + 12, y, ", ".join(names), SMALLEST, context.theme.soft, width=first - 16)
    for index, answer in enumerate(answers):
        context.canvas.text(
            box.left + first + column * (index + 1),
            y,
            answer.label,
            SMALLEST,
            context.theme.soft,
            side="right",
            width=column - 8,
        )
    for number, tags in enumerate(shown):
        y = box.top + _LINE * (number + 1)
        context.canvas.rectangle(Box(box.left + 10, y - 1, box.width - 20, 1), context.theme.grid, round_=0)
        context.canvas.text(
            box.left + 12, y + _LINE / 2, ", ".join(value for _, value in tags) or "all", 12, width=first - 16
        )
        for index, answer in enumerate(answers):
            _cell(
                context,
                answer,
                groups[tags].get(index),
                Box(box.left + first + column * index, y + 1, column, _LINE - 3),
            )


def _cell(context: Context, answer: Answer, value: float | None, box: Box) -> None:
    if value is None:
        context.canvas.text(box.right, box.top + box.height / 2, "-", 12, context.theme.soft, side="right")
        return
    palette = colour_of(answer.formula.get("conditional_formats") or (), value, context.theme)
    ink = severity(context.theme, palette) if palette else context.theme.ink
    if palette and palette.startswith("white_on"):
        context.canvas.rectangle(Box(box.left + 6, box.top, box.width, box.height), ink, round_=3)
        ink = context.theme.card
    context.canvas.text(
        box.right - (4 if palette else 0),
        box.top + box.height / 2,
        short_text(value, answer.unit),
        12,
        ink,
        side="right",
        width=box.width - 8,
    )


def _groups(answers: list[Answer]) -> dict[tuple[tuple[str, str], ...], dict[int, float]]:
    """By tags: the value of each formula, by its number; largest first in the first column."""
    found: dict[tuple[tuple[str, str], ...], dict[int, float]] = {}
    for index, answer in enumerate(answers):
        for line in answer.lines:
            found.setdefault(tuple(line.tags.items()), {})[index] = float(line.values[0])
    return dict(sorted(found.items(), key=lambda each: -each[1].get(0, 0.0)))


def _limit(request: Mapping[str, Any]) -> int:
    limits = [
        each["limit"]["count"] for each in request.get("formulas") or () if (each.get("limit") or {}).get("count")
    ]
    sort = request.get("sort") or {}
    return int(limits[0] if limits else sort.get("count") or 10)
