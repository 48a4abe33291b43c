"""From each kind of widget to its definition in the body of Datadog's dashboard API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from components.dashboards import limits
from components.dashboards.palette import Tone
from components.dashboards.requests import MOST_GROUPS, formula, queries
from components.dashboards.spec import (
    AlertGraph,
    DashboardSpec,
    DashboardsSpec,
    Events,
    Heatmap,
    MonitorStatus,
    Note,
    Objective,
    Reduce,
    Series,
    Table,
    Timeseries,
    Toplist,
    Value,
    Widget,
)

STREAMS: Mapping[str, str] = {"logs": "logs_stream", "spans": "trace_stream", "events": "event_stream"}
"""What lists call the streams."""
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "logs": ("status_line", "timestamp", "service", "content"),
    "spans": ("timestamp", "service", "resource_name", "@duration"),
    "events": ("timestamp", "content"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Ids:
    """Datadog's ids of what dashboards refer to, by logical name."""

    slos: Mapping[str, str]
    alerts: Mapping[str, str]


def definition(widget: Widget, board: DashboardSpec, whole: DashboardsSpec, ids: Ids) -> dict[str, Any]:
    """The definition of one widget."""
    match widget:
        case Timeseries():
            shown = _timeseries(widget, board, whole)
        case Value():
            shown = _value(widget, board, whole)
        case Toplist():
            shown = _toplist(widget, board, whole)
        case Table():
            shown = _table(widget, board, whole)
        case Heatmap(title=title, series=series):
            request = {**_over_time(series), "style": {"palette": Tone.NEUTRAL.value}}
            shown = {"type": "heatmap", "title": title, "requests": [request], **_links(None, board, whole)}
        case Events():
            shown = _events(widget)
        case Objective():
            shown = _objective(widget, ids)
        case MonitorStatus():
            shown = _monitors(widget, whole)
        case AlertGraph(title=title, alert=alert):
            shown = {"type": "alert_graph", "title": title, "alert_id": ids.alerts[alert], "viz_type": "timeseries"}
        case Note(text=text):
            shown = {"type": "note", "content": text, "background_color": "white", "show_tick": False}
    return shown


def monitor_query(widget: MonitorStatus, environment: str) -> str:
    """The search for monitors; what only speaks through another alert is left out."""
    tags = " AND ".join(f'"{tag}"' for tag in (f"env:{environment}", *widget.tags))
    return f'tag:({tags}) -tag:("role:symptom" OR "role:aftermath")'


def _timeseries(widget: Timeseries, board: DashboardSpec, whole: DashboardsSpec) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "type": "timeseries",
        "title": widget.title,
        "show_legend": True,
        "legend_layout": "auto",
        "requests": [
            {
                **_over_time(series),
                "display_type": widget.display.value,
                "style": {"palette": series.tone.value},
            }
            for series in widget.series
        ],
        **_links(widget.alert, board, whole),
    }
    if widget.alert:
        shown["markers"] = limits.markers(whole.alerts[widget.alert])
    if board.deployments:
        shown["events"] = [{"q": board.deployments}]
    return shown


def _value(widget: Value, board: DashboardSpec, whole: DashboardsSpec) -> dict[str, Any]:
    request = {**_at_once(widget.series, widget.reduce), **_colours(widget.alert, whole)}
    return {
        "type": "query_value",
        "title": widget.title,
        "autoscale": True,
        "precision": 2,
        "requests": [request],
        # The course of the number behind it.
        "timeseries_background": {"type": "area"},
        **_links(widget.alert, board, whole),
    }


def _toplist(widget: Toplist, board: DashboardSpec, whole: DashboardsSpec) -> dict[str, Any]:
    request = {
        **_at_once(widget.series, widget.reduce),
        **_colours(widget.alert, whole),
        "sort": {"count": MOST_GROUPS, "order_by": [{"type": "formula", "index": 0, "order": "desc"}]},
    }
    return {"type": "toplist", "title": widget.title, "requests": [request], **_links(widget.alert, board, whole)}


def _table(widget: Table, board: DashboardSpec, whole: DashboardsSpec) -> dict[str, Any]:
    # One request: only so are the columns of one row.
    columns = [(series, reduce, f"c{number}_") for number, (series, reduce) in enumerate(widget.columns)]
    request = {
        "response_format": "scalar",
        "queries": [query for series, reduce, prefix in columns for query in queries(series, reduce, prefix)],
        "formulas": [{**formula(series, prefix), "cell_display_mode": "bar"} for series, _, prefix in columns],
        "sort": {"count": MOST_GROUPS, "order_by": [{"type": "formula", "index": 0, "order": "desc"}]},
    }
    return {
        "type": "query_table",
        "title": widget.title,
        "has_search_bar": "never",
        "requests": [request],
        **_links(None, board, whole),
    }


def _events(widget: Events) -> dict[str, Any]:
    query: dict[str, Any] = {"data_source": STREAMS[widget.source], "query_string": widget.search}
    if widget.source == "events":
        query["event_size"] = "s"
    else:
        query["indexes"] = []
    columns = [{"field": field, "width": "auto"} for field in _COLUMNS[widget.source]]
    request = {"response_format": "event_list", "query": query, "columns": columns}
    return {"type": "list_stream", "title": widget.title, "requests": [request]}


def _objective(widget: Objective, ids: Ids) -> dict[str, Any]:
    return {
        "type": "slo",
        "title": widget.title,
        "slo_id": ids.slos[widget.slo],
        "view_type": "detail",
        "view_mode": "overall",
        "show_error_budget": True,
        "time_windows": ["7d", "30d"],
    }


def _monitors(widget: MonitorStatus, whole: DashboardsSpec) -> dict[str, Any]:
    return {
        "type": "manage_status",
        "title": widget.title,
        "query": monitor_query(widget, whole.environment),
        "summary_type": "monitors",
        "display_format": "countsAndList",
        "color_preference": "background",
        "hide_zero_counts": False,
        "show_last_triggered": True,
        "show_priority": True,
        "sort": "status,asc",
        "count": 50,
        "start": 0,
    }


def _over_time(series: Series) -> dict[str, Any]:
    return {"response_format": "timeseries", "queries": queries(series), "formulas": [formula(series)]}


def _at_once(series: Series, reduce: Reduce) -> dict[str, Any]:
    return {"response_format": "scalar", "queries": queries(series, reduce), "formulas": [formula(series)]}


def _colours(alert: str | None, whole: DashboardsSpec) -> dict[str, Any]:
    return {"conditional_formats": limits.conditional_formats(whole.alerts[alert])} if alert else {}


def _links(alert: str | None, board: DashboardSpec, whole: DashboardsSpec) -> dict[str, Any]:
    links = [{"label": link.label, "link": f"{whole.page_url}{link.path}"} for link in board.links]
    if alert:
        runbook = f"{whole.runbook_base_url}/{whole.alerts[alert].runbook}.md"
        links.insert(0, {"label": "Runbook", "link": runbook})
    return {"custom_links": links} if links else {}
