"""Dashboards as Grafana reads them, through Grafana's own types (docs/adr/0026-business-metrics.md)."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from grafana_foundation_sdk.builders import common, dashboard, prometheus, stat, timeseries
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models import common as shapes
from grafana_foundation_sdk.models import dashboard as models
from grafana_foundation_sdk.models import prometheus as prometheus_models

from components.business.spec import Board, Course, Limit, Line, Number, Panel

DATASOURCE = "business-prometheus"
"""The identifier of the one source of data, as it is provisioned."""
COLUMNS = 24
_NUMBER_WIDTH, _NUMBER_HEIGHT = 6, 5
_COURSE_WIDTH, _COURSE_HEIGHT = 12, 9
_RED, _GREEN = "red", "green"
_SOURCE = shapes.DataSourceRef(type_val="prometheus", uid=DATASOURCE)
_LEGEND = (
    common.VizLegendOptions()
    .display_mode(shapes.LegendDisplayMode.LIST)
    .placement(shapes.LegendPlacement.BOTTOM)
    .show_legend(True)
)


def board_json(board: Board) -> dict[str, Any]:
    """The dashboard. Its revision, a hash of what is in it, stands among its tags."""
    built = _encoded(board, ())
    return _encoded(board, (f"revision:{_digest(built)}",))


def _encoded(board: Board, more_tags: tuple[str, ...]) -> dict[str, Any]:
    found = (
        dashboard.Dashboard(board.title)
        .uid(board.key)
        .description(board.about)
        .tags(["genonaut", "business", *more_tags])
        .readonly()
        .timezone("utc")
        .refresh("5m")
        .time("now-14d", "now")
        .tooltip(models.DashboardCursorSync.CROSSHAIR)
    )
    x, y = 0, 0
    for panel in board.panels:
        width, height = _size(panel)
        if x + width > COLUMNS:
            x, y = 0, y + _COURSE_HEIGHT
        found.with_panel(_panel(panel).grid_pos(models.GridPos(h=height, w=width, x=x, y=y)))
        x += width
    content: dict[str, Any] = json.loads(JSONEncoder(sort_keys=True).encode(found.build()))
    return content


def _size(panel: Panel) -> tuple[int, int]:
    return (_NUMBER_WIDTH, _NUMBER_HEIGHT) if isinstance(panel, Number) else (_COURSE_WIDTH, _COURSE_HEIGHT)


def _panel(panel: Panel) -> stat.Panel | timeseries.Panel:
    return _number(panel) if isinstance(panel, Number) else _course(panel)


def _number(panel: Number) -> stat.Panel:
    return (
        stat.Panel()
        .title(panel.title)
        .description(panel.about)
        .datasource(_SOURCE)
        .unit(panel.unit.value)
        .decimals(1)
        .no_value("no data")
        .reduce_options(common.ReduceDataOptions().calcs(["lastNotNull"]))
        .graph_mode(shapes.BigValueGraphMode.AREA)
        .color_mode(shapes.BigValueColorMode.VALUE)
        .color_scheme(dashboard.FieldColor().mode(models.FieldColorModeId.THRESHOLDS))
        .thresholds(_thresholds(panel.limit))
        .with_target(_target("A", panel.line))
    )


def _course(panel: Course) -> timeseries.Panel:
    found = (
        timeseries.Panel()
        .title(panel.title)
        .description(panel.about)
        .datasource(_SOURCE)
        .unit(panel.unit.value)
        .fill_opacity(10)
        .legend(_LEGEND)
        .tooltip(common.VizTooltipOptions().mode(shapes.TooltipDisplayMode.MULTI))
        .thresholds(_thresholds(panel.limit))
    )
    if panel.limit:
        style = shapes.GraphThresholdsStyleMode.LINE
        found.thresholds_style(common.GraphThresholdsStyleConfig().mode(style))
    if panel.stacked:
        found.stacking(common.StackingConfig().mode(shapes.StackingMode.NORMAL).group("A"))
    for number, line in enumerate(panel.lines):
        found.with_target(_target(chr(ord("A") + number), line))
    return found


def _target(reference: str, line: Line) -> prometheus.Dataquery:
    return (
        prometheus.Dataquery()
        .ref_id(reference)
        .datasource(_SOURCE)
        .expr(line.query.text)
        .legend_format(line.legend)
        .editor_mode(prometheus_models.QueryEditorMode.CODE)
        .range()
    )


def _thresholds(limit: Limit | None) -> dashboard.ThresholdsConfig:
    # A step holds from its value on; the first has none, and holds from below.
    steps = [models.Threshold(None, _GREEN)]
    if limit:
        low, high = (_GREEN, _RED) if limit.bad_above else (_RED, _GREEN)
        steps = [models.Threshold(None, low), models.Threshold(limit.value, high)]
    return dashboard.ThresholdsConfig().mode(models.ThresholdsMode.ABSOLUTE).steps(steps)


def _digest(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:10]
