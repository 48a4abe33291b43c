"""Lines, bars and areas over time, with markers and events."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.ticker import FuncFormatter, MaxNLocator

from pictures.canvas import SMALLEST, text_width
from pictures.clock import HOUR, Clock, Values, ticks
from pictures.layout import Box
from pictures.synthetic.lines import Line
from pictures.synthetic.request import over_time
from pictures.theme import severity, tone
from pictures.units import Scale, Unit, scale_for, short_text
from pictures.widgets.context import Context

_AXIS = 62
_TIMES = 20
_LEGEND = 20
_MOST_LINES = 12
_RANGE = re.compile(r"^\s*(?:(?P<low>-?[\d.]+)\s*<=?\s*)?y\s*(?P<sign><=?|>=?|=)?\s*(?P<value>-?[\d.]+)?\s*$")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line as it is drawn."""

    line: Line
    label: str
    unit: Unit
    shape: str
    colour: str
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Marker:
    """A limit: a line at `values`, or a stripe between two of them."""

    values: tuple[float, ...]
    label: str
    severity: str


def draw_timeseries(context: Context) -> None:
    """A timeseries widget."""
    markers = [marker for each in context.definition.get("markers") or () if (marker := _marker(each))]
    draw_lines(context, lines_of(context), markers, events=bool(context.definition.get("events")))


def lines_of(context: Context) -> list[Drawn]:
    """Every line of a widget's requests, in the order of the legend."""
    found: list[Drawn] = []
    for request in context.requests():
        shape = str(request.get("display_type") or "line")
        style = request.get("style") or {}
        dashed = style.get("line_type") in ("dashed", "dotted")
        for answer in over_time(request, context.clock, context.known):
            for rank, line in enumerate(answer.lines):
                label = " · ".join(part for part in (answer.label, line.name) if part) or answer.source
                colour = tone(context.theme, str(style.get("palette")), len(found), rank)
                found.append(Drawn(line, label, answer.unit, shape, colour, dashed))
    return found[:_MOST_LINES]


def draw_lines(context: Context, drawn: Sequence[Drawn], markers: Sequence[Marker], *, events: bool = False) -> None:
    """Lines in a box, their legend below."""
    legend = _LEGEND if any(each.label for each in drawn) and context.body.height > 110 else 0  # noqa: PLR2004 -- pixels
    box = context.body.inside(left=_AXIS, top=6, right=10, bottom=_TIMES + legend)
    axes = context.canvas.axes(box)
    highest = _highest(context, drawn, markers)
    unit = next((each.unit for each in drawn), Unit())
    scale = scale_for(highest, unit)
    _draw_all(axes, drawn, context.clock, scale.divisor)
    _axis(axes, context, highest, scale)
    _draw_markers(axes, context, markers, scale, box)
    if events:
        _draw_events(axes, context)
    if legend:
        _legend(context, drawn, box)


def _highest(context: Context, drawn: Sequence[Drawn], markers: Sequence[Marker]) -> float:
    stacked = [each.line.values for each in drawn if each.shape != "line"]
    top = max((float(each.line.values.max()) for each in drawn), default=0.0)
    if stacked and len({len(values) for values in stacked}) == 1:
        top = max(top, float(np.sum(stacked, axis=0).max()))
    top = max([top, *(float(each.line.band[1].max()) for each in drawn if each.line.band)])
    given = (context.definition.get("yaxis") or {}).get("max")
    if given not in (None, "auto"):
        return float(given)
    return max([top * 1.08, *(value * 1.12 for marker in markers for value in marker.values)]) or 1.0


def _times(line: Line, clock: Clock) -> Values:
    step = clock.length / len(line.values)
    found: Values = clock.times[0] + step * np.arange(len(line.values))
    return found


def _draw_all(axes: Axes, drawn: Sequence[Drawn], clock: Clock, divisor: float) -> None:
    below: dict[tuple[str, int], Values] = {}
    for each in drawn:
        values, times = each.line.values / divisor, _times(each.line, clock)
        if each.line.band:
            low, high = each.line.band
            axes.fill_between(times, low / divisor, high / divisor, color="#8892a0", alpha=0.25, linewidth=0)
        if each.shape == "line":
            axes.plot(times, values, color=each.colour, linewidth=1.3, linestyle=(0, (4, 2)) if each.dashed else "-")
            continue
        base = below.get((each.shape, len(values)), np.zeros_like(values))
        below[each.shape, len(values)] = base + values
        if each.shape == "bars":
            values, base, times = _fewer(values, base, times)
            width = (times[1] - times[0]) * 0.86 if len(times) > 1 else clock.length
            corners = [
                [(x, low), (x, low + high), (x + width, low + high), (x + width, low)]
                for x, low, high in zip(times, base, values, strict=True)
            ]
            axes.add_collection(PolyCollection(corners, facecolors=each.colour, linewidths=0))
        else:
            axes.fill_between(times, base, base + values, color=each.colour, alpha=0.55, linewidth=0)
            axes.plot(times, base + values, color=each.colour, linewidth=0.9)


def _fewer(values: Values, base: Values, times: Values) -> tuple[Values, Values, Values]:
    """Bars of at least a few pixels: as Datadog, which rolls up to fewer points for bars."""
    several = max(round(len(values) / 48), 1)
    count = len(values) // several * several
    joined = [each[:count].reshape(-1, several).mean(axis=1) for each in (values, base)]
    return joined[0], joined[1], times[:count:several]


def _axis(axes: Axes, context: Context, highest: float, scale: Scale) -> None:
    clock = context.clock
    times = ticks(clock)
    axes.set_xlim(clock.times[0], clock.times[0] + clock.length)
    axes.set_xticks([at for at, _ in times], [word for _, word in times])
    given = (context.definition.get("yaxis") or {}).get("min")
    low = float(given) if given not in (None, "auto") else min(0.0, *(_lowest(axes),))
    axes.set_ylim(low / scale.divisor if given not in (None, "auto") else low, highest / scale.divisor)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, steps=[1, 2, 2.5, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: scale.text(value)))
    axes.grid(axis="y", color=context.theme.grid, linewidth=0.8)


def _lowest(axes: Axes) -> float:
    return min((float(np.min(line.get_ydata())) for line in axes.lines), default=0.0)


def _draw_markers(axes: Axes, context: Context, markers: Sequence[Marker], scale: Scale, box: Box) -> None:
    bottom, top = axes.get_ylim()
    taken: list[float] = []
    for marker in sorted(markers, key=lambda each: -max(each.values)):
        colour = severity(context.theme, marker.severity)
        values = [value / scale.divisor for value in marker.values]
        if len(values) > 1:
            axes.axhspan(values[0], values[1], color=colour, alpha=0.08, linewidth=0)
        for value in values[-1:]:
            axes.axhline(
                value, color=colour, linewidth=1.1, linestyle=(0, (5, 3)) if "dashed" in marker.severity else "-"
            )
        y = box.top + (top - values[-1]) / (top - bottom) * box.height
        y = y - 8 if y - 14 > box.top else y + 9
        while any(abs(y - other) < SMALLEST + 2 for other in taken):
            y += SMALLEST + 3
        taken.append(y)
        if marker.label:
            wide = min(text_width(marker.label, SMALLEST) + 6, box.width)
            context.canvas.text(
                box.right - 3, y, marker.label, SMALLEST, colour, side="right", width=wide, back=context.theme.card
            )


def _draw_events(axes: Axes, context: Context) -> None:
    end = context.clock.times[-1]
    for hours in (11.5, 6.1):
        if hours * HOUR < context.clock.length:
            axes.axvline(end - hours * HOUR, color=context.theme.series[7], linewidth=1, linestyle=(0, (1, 2)))
            axes.plot(
                [end - hours * HOUR], [0.02], marker="^", markersize=5, color=context.theme.series[7],
                transform=axes.get_xaxis_transform(), clip_on=False,
            )  # fmt: skip


def _legend(context: Context, drawn: Sequence[Drawn], box: Box) -> None:
    x, y = box.left - 4, box.bottom + _TIMES + _LEGEND / 2 - 2
    left = context.body.right - 8
    for index, each in enumerate(drawn):
        value = short_text(float(each.line.values[-1]), each.unit)
        words = f"{each.label or 'value'}  {value}"
        rest = len(drawn) - index - 1
        room = left - x - 16 - (34 if rest else 0)
        if room < 60 or (text_width(words, SMALLEST) > room and index):  # noqa: PLR2004 -- pixels
            context.canvas.text(x, y, f"+{rest + 1}", SMALLEST, context.theme.soft)
            return
        context.canvas.rectangle(Box(x, y - 2, 11, 4), each.colour, round_=0)
        context.canvas.text(x + 16, y, words, SMALLEST, context.theme.soft, width=room)
        x += 16 + min(text_width(words, SMALLEST), room) + 16


def _marker(given: Mapping[str, Any]) -> Marker | None:
    match = _RANGE.match(str(given.get("value") or ""))
    if not match:
        return None
    values = tuple(float(each) for each in (match["low"], match["value"]) if each)
    return (
        Marker(values, str(given.get("label") or "").strip(), str(given.get("display_type") or "")) if values else None
    )


def marker_values(definition: Mapping[str, Any]) -> Iterator[float]:
    """The limits drawn in a widget, for those who check that they are seen."""
    for each in definition.get("markers") or ():
        if marker := _marker(each):
            yield from marker.values
