"""One number, as large as its card allows, coloured by its conditional formats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from pictures.canvas import SMALLEST, text_width
from pictures.synthetic.lines import Line
from pictures.synthetic.request import at_once, over_time
from pictures.theme import Theme, severity
from pictures.units import Unit, text_of
from pictures.widgets.context import Context

_COMPARE = {
    "<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal, "=": np.equal, "!=": np.not_equal,
}  # fmt: skip
_LARGEST, _LEAST = 46, 16


def draw_value(context: Context) -> None:
    """A query value widget."""
    request = context.requests()[0]
    answer = at_once(request, context.clock, context.known)[0]
    value = float(answer.lines[0].values[0]) if answer.lines else 0.0
    formats = request.get("conditional_formats") or answer.formula.get("conditional_formats") or ()
    if context.definition.get("timeseries_background"):
        _background(context, [each for one in over_time(request, context.clock, context.known) for each in one.lines])
    given = context.definition.get("custom_unit")
    unit = Unit(label=given) if given else answer.unit
    draw_number(context, value, unit, colour_of(formats, value, context.theme), context.definition.get("precision"))


def draw_number(context: Context, value: float, unit: Unit, palette: str | None, precision: int | None = None) -> None:
    """The number in the middle of the card; `palette` is the name of a conditional format's colours."""
    box, theme = context.body, context.theme
    figure, word = text_of(value, unit, precision)
    ink = theme.ink
    if palette:
        colour = severity(theme, palette)
        if palette.startswith("white_on"):
            context.canvas.rectangle(box.inside(6, 2, 6, 6), colour)
            ink = theme.card
        else:
            ink = colour
    room = box.width - 28
    size = float(_LARGEST)
    while size > _LEAST and text_width(figure, size, True) + text_width(word, size / 2.4) + 8 > room:
        size -= 1
    size = min(size, box.height * 0.62)
    whole = text_width(figure, size, True) + (8 + text_width(word, max(size / 2.4, SMALLEST)) if word else 0)
    left, middle = box.left + (box.width - whole) / 2, box.top + box.height / 2
    context.canvas.text(left, middle, figure, size, ink, bold=True)
    if word:
        context.canvas.text(
            left + text_width(figure, size, True) + 8, middle + size * 0.16, word, max(size / 2.4, SMALLEST), ink
        )


def colour_of(formats: Sequence[Mapping[str, Any]], value: float, theme: Theme) -> str | None:
    """The palette of the first conditional format that fits; None where none does."""
    return next((each["palette"] for each in formats if _COMPARE[each["comparator"]](value, each["value"])), None)


def _background(context: Context, lines: Sequence[Line]) -> None:
    box = context.body.inside(left=8, right=8, top=context.body.height * 0.62, bottom=6)
    axes = context.canvas.axes(box)
    axes.set_axis_off()
    for line in lines[:1]:
        axes.fill_between(range(len(line.values)), line.values, color=context.theme.series[0], alpha=0.25, linewidth=0)
        axes.set_xlim(0, max(len(line.values) - 1, 1))
        axes.set_ylim(0, float(line.values.max()) * 1.05 or 1)
