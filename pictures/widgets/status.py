"""Monitors: the graph of one, the states of many; service checks."""

from __future__ import annotations

import re

from contract.query import QueryError, parse_monitor
from contract.query.metric import MetricMonitor
from pictures.canvas import SMALLEST
from pictures.layout import Box
from pictures.surroundings import Monitor
from pictures.synthetic import chance
from pictures.synthetic.expression import Evaluation
from pictures.synthetic.request import own_unit
from pictures.units import Unit
from pictures.widgets.chart import Drawn, Marker, draw_lines
from pictures.widgets.context import Context
from pictures.widgets.number import draw_number

_LINE = 24
_EXCLUDED = re.compile(r"(?<!\S)-(?:tag:)?(?:\([^)]*\)|\S+)")
_TAG = re.compile(r"[\w.-]+:[\w./$-]+")


def draw_alert(context: Context) -> None:
    """An alert graph: what the monitor evaluates, and its threshold."""
    tree = _metric_monitor(context.around.monitors.get(str(context.definition.get("alert_id"))))
    if tree is None:
        _state(context, "OK", "the monitor's graph")
        return
    lines = Evaluation(context.clock, context.known, {}).lines(tree.expression)
    colours, unit = context.theme.series, own_unit(tree.expression)
    drawn = [
        Drawn(line, line.name, unit, "line", colours[index % len(colours)]) for index, line in enumerate(lines[:8])
    ]
    limit = tree.comparison.threshold
    expected = any(line.band for line in lines)  # There the threshold is a share of points outside.
    draw_lines(
        context, drawn, [Marker((limit,), "alert", "error dashed")] if limit is not None and not expected else []
    )


def draw_alert_value(context: Context) -> None:
    """The value of a monitor as a number."""
    tree = _metric_monitor(context.around.monitors.get(str(context.definition.get("alert_id"))))
    if tree is None:
        _state(context, "OK", "the monitor's value")
        return
    lines = Evaluation(context.clock, context.known, {}).lines(tree.expression)
    draw_number(context, float(lines[0].values[-1]), Unit(), None)


def draw_check(context: Context) -> None:
    """A service check."""
    _state(context, "OK", str(context.definition.get("check") or ""))


def draw_monitors(context: Context) -> None:
    """A summary of monitors: how many are in which state, then the monitors by name."""
    theme, box = context.theme, context.body
    query = str(context.definition.get("query") or "")
    found = _matching(context, query)
    states = {monitor: _state_of(monitor) for monitor in found}
    number = len(found) or 12
    alerting = [list(states.values()).count(state) for state in ("Alert", "Warn", "No Data")]
    counts = [("Alert", alerting[0], theme.bad), ("Warn", alerting[1], theme.warning), 
              ("No data", alerting[2], theme.soft),
              ("OK", number - sum(alerting), theme.good)]  # fmt: skip
    width = (box.width - 20) / len(counts)
    for index, (word, count, colour) in enumerate(counts):
        tile = Box(box.left + 10 + index * width, box.top + 4, width - 6, 44)
        context.canvas.rectangle(tile, colour if count else theme.grid)
        ink = theme.card if count else theme.soft
        context.canvas.text(tile.left + tile.width / 2, tile.top + 15, str(count), 18, ink, bold=True, side="center")
        context.canvas.text(tile.left + tile.width / 2, tile.top + 34, word, SMALLEST, ink, side="center")
    order = {"Alert": 0, "Warn": 1, "No Data": 2, "OK": 3}
    for index, monitor in enumerate(sorted(states, key=lambda name: (order[states[name]], name))):
        y = box.top + 66 + index * _LINE
        if y > box.bottom - 10:
            break
        state = states[monitor]
        colour = {"Alert": theme.bad, "Warn": theme.warning, "OK": theme.good}.get(state, theme.soft)
        context.canvas.rectangle(Box(box.left + 12, y - 9, 52, 18), colour)
        context.canvas.text(box.left + 38, y, state.upper(), SMALLEST, theme.card, bold=True, side="center")
        context.canvas.text(box.left + 74, y, monitor, 12, width=box.width - 86)
    if not found:
        context.canvas.text(box.left + 12, box.top + 66, query, 12, theme.soft, width=box.width - 24)


def _state_of(name: str) -> str:
    dice = chance.share("state", name)
    return "Warn" if dice > 0.93 else "OK"  # noqa: PLR2004 -- most are well


def _matching(context: Context, query: str) -> list[str]:
    """The names of monitors that carry every tag a query asks for, and none that it excludes."""
    unwanted = {word for group in _EXCLUDED.findall(query) for word in _TAG.findall(group)}
    wanted = {_resolved(context, word) for word in _TAG.findall(_EXCLUDED.sub("", query).replace("tag:", ""))} - {""}
    return [each.name for each in context.around.monitors.values() if wanted <= each.tags and not unwanted & each.tags]


def _resolved(context: Context, word: str) -> str:
    key, _, value = word.partition(":")
    if value.startswith("$"):
        chosen = context.known.resolved(value)
        return "" if chosen == "*" else f"{key}:{chosen}"
    return word


def _metric_monitor(monitor: Monitor | None) -> MetricMonitor | None:
    if monitor is None:
        return None
    try:
        tree = parse_monitor(monitor.type, monitor.query)
    except QueryError:
        return None
    return tree if isinstance(tree, MetricMonitor) else None


def _state(context: Context, state: str, words: str) -> None:
    box = context.body
    tile = box.inside(8, 2, 8, 8)
    context.canvas.rectangle(tile, context.theme.good)
    context.canvas.text(
        tile.left + tile.width / 2,
        tile.top + tile.height / 2 - 8,
        state,
        24,
        context.theme.card,
        bold=True,
        side="center",
    )
    context.canvas.text(
        tile.left + tile.width / 2,
        tile.top + tile.height / 2 + 16,
        words,
        12,
        context.theme.card,
        side="center",
        width=tile.width - 8,
    )
