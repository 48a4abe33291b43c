"""From the body of the dashboard API to a PNG."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from contract.query import MetricSelection, QueryError, parse_metric, selections
from contract.telemetry import METRICS
from pictures.canvas import SMALLEST, Canvas, text_width
from pictures.clock import SPANS
from pictures.layout import COLUMNS, GAP, GROUP_HEADER, MARGIN, WIDTH, Box, Placed, arrange, misfits
from pictures.payload import Dashboard, Widget, read
from pictures.problems import DashboardError, Finding
from pictures.surroundings import Surroundings
from pictures.synthetic.request import known_source, named_values
from pictures.synthetic.tags import Known
from pictures.theme import GROUPS, LIGHT, Theme
from pictures.widgets import DRAWERS
from pictures.widgets.context import Context, span_of

_HEADER = 62
_TITLE = 28
_BARE = frozenset({"note", "free_text", "image", "iframe"})
"""Types without a title above them."""


def draw(body: Mapping[str, Any], around: Surroundings | None = None, theme: Theme = LIGHT) -> bytes:
    """The dashboard as a PNG, the same bytes for the same body.

    Raises DashboardError with everything that cannot be drawn.
    """
    dashboard = read(body)
    if wrong := undrawable(body):
        raise DashboardError(wrong)
    placed = arrange(dashboard.widgets, _HEADER + (32 if dashboard.variables else 0))
    bottom = max((each.box.bottom for each in placed), default=_HEADER)
    canvas = Canvas(WIDTH, bottom + MARGIN, theme)
    known = _known(body, dashboard)
    _header(canvas, dashboard)
    for each in placed:
        if each.widget.type == "group":
            _group(canvas, each)
        else:
            _widget(canvas, each, known, around or Surroundings())
    return canvas.png()


def undrawable(body: Mapping[str, Any]) -> list[Finding]:
    """Everything that pictures know nothing of (types, time spans, sources, metrics), and what fits no grid."""
    widgets = read(body).widgets
    groups = (misfits(each.widgets, each.place.width if each.place else COLUMNS) for each in widgets)
    drawn = (finding for widget in read(body).every_widget() for finding in _strange(widget))
    return [*misfits(widgets, COLUMNS), *chain.from_iterable(groups), *drawn]


def _strange(widget: Widget) -> Iterator[Finding]:
    if widget.type == "group":
        return
    if widget.type not in DRAWERS:
        known = ", ".join(sorted((*DRAWERS, "group")))
        yield Finding(widget.path, f"there is no picture of a widget of type {widget.type!r}, but of {known}")
        return
    if (span := span_of(widget.definition)) not in SPANS:
        yield Finding(f"{widget.path}.time.live_span", f"{span!r} is none of {', '.join(SPANS)}")
    yield from _unknown(widget)


def _unknown(widget: Widget) -> Iterator[Finding]:
    if widget.type in ("list_stream", "event_stream"):
        return
    requests = widget.definition.get("requests") or []
    for index, request in enumerate(requests.values() if isinstance(requests, Mapping) else requests):
        path = f"{widget.path}.requests[{index}]"
        queries = request.get("queries") or ([{"query": request["q"]}] if "q" in request else [])
        for number, query in enumerate(queries):
            here = f"{path}.queries[{number}]"
            if not known_source(query):
                yield Finding(here, f"there is no synthetic data of {query.get('data_source')!r}")
            elif query.get("data_source") in ("metrics", None):
                yield from _unknown_metrics(str(query.get("query")), here)


def _unknown_metrics(query: str, path: str) -> Iterable[Finding]:
    try:
        found: list[MetricSelection] = list(selections(parse_metric(query)))
    except QueryError as error:
        return [Finding(path, error.reason)]
    names = dict.fromkeys(each.metric for each in found if each.metric not in METRICS)
    return [Finding(path, f"the contract has no metric {name!r}") for name in names]


def _known(body: Mapping[str, Any], dashboard: Dashboard) -> Known:
    named: dict[str, tuple[str, ...]] = {}
    for key, value in named_values(body.get("widgets")):
        named[key] = tuple(dict.fromkeys((*named.get(key, ()), value)))
    return Known(named, {each.name: (each.prefix, each.value) for each in dashboard.variables})


def _header(canvas: Canvas, dashboard: Dashboard) -> None:
    theme = canvas.theme
    canvas.text(MARGIN, 26, dashboard.title, 22, bold=True, width=WIDTH - 260)
    canvas.text(WIDTH - MARGIN, 26, "synthetic data", 13, theme.warning, bold=True, side="right")
    canvas.text(WIDTH - MARGIN, 46, "past day unless said otherwise", SMALLEST, theme.soft, side="right")
    first = next((line for line in dashboard.description.splitlines() if line.strip()), "")
    canvas.text(MARGIN, 50, first, 13, theme.soft, width=WIDTH - 280)
    left = float(MARGIN)
    for variable in dashboard.variables:
        words = f"${variable.name}  {variable.value}"
        wide = 22 + text_width(words, 12)
        canvas.rectangle(Box(left, 64, wide, 22), theme.card, theme.edge)
        canvas.text(left + 10, 75, words, 12, width=wide - 16)
        left += wide + GAP


def _group(canvas: Canvas, placed: Placed) -> None:
    colour = GROUPS.get(str(placed.widget.definition.get("background_color")), canvas.theme.group)
    box = placed.box
    canvas.rectangle(Box(box.left, box.top, box.width, GROUP_HEADER - GAP), colour)
    canvas.text(
        box.left + 14,
        box.top + (GROUP_HEADER - GAP) / 2,
        placed.widget.title,
        15,
        "#ffffff",
        bold=True,
        width=box.width - 28,
    )


def _widget(canvas: Canvas, placed: Placed, known: Known, around: Surroundings) -> None:
    box, widget = placed.box, placed.widget
    canvas.rectangle(box, canvas.theme.card, canvas.theme.edge)
    inside = box
    if widget.type not in _BARE and (widget.title or widget.definition.get("time")):
        span = str((widget.definition.get("time") or {}).get("live_span") or "")
        canvas.text(
            box.left + 12, box.top + 16, widget.title, 13, bold=True, width=box.width - 24 - (34 if span else 0)
        )
        if span:
            canvas.text(box.right - 10, box.top + 16, span, SMALLEST, canvas.theme.soft, side="right")
        inside = box.inside(top=_TITLE)
    DRAWERS[widget.type](Context(widget.definition, inside, canvas, known, around))
