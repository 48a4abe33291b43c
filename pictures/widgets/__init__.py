"""How each type of widget is drawn. A type that is not in the table cannot be drawn, and the dashboard says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from pictures.widgets import chart, heat, number, objective, ranking, status, stream, words
from pictures.widgets.context import Context

DRAWERS: Mapping[str, Callable[[Context], None]] = MappingProxyType(
    {
        "alert_graph": status.draw_alert,
        "alert_value": status.draw_alert_value,
        "change": ranking.draw_change,
        "check_status": status.draw_check,
        "distribution": heat.draw_distribution,
        "event_stream": stream.draw_stream,
        "free_text": words.draw_free_text,
        "heatmap": heat.draw_heatmap,
        "list_stream": stream.draw_stream,
        "manage_status": status.draw_monitors,
        "note": words.draw_note,
        "query_table": ranking.draw_table,
        "query_value": number.draw_value,
        "slo": objective.draw_objective,
        "timeseries": chart.draw_timeseries,
        "toplist": ranking.draw_toplist,
    }
)
"""By type of widget; groups are drawn by the dashboard itself."""
