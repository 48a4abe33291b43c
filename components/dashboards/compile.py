"""From dashboards to the body of Datadog's dashboard API."""

from __future__ import annotations

from typing import Any

from components.dashboards.definitions import Ids, definition
from components.dashboards.layout import COLUMNS, HEADING, Box, height_of, pack
from components.dashboards.spec import AlertGraph, DashboardSpec, DashboardsSpec, Variable


def compile_dashboard(spec: DashboardSpec, whole: DashboardsSpec, mark: str, ids: Ids) -> dict[str, Any]:
    """The body of the dashboard API.

    It states what the server would fill in by default (`notify_list`, `reflow_type`): otherwise every refresh shows
    a difference.
    """
    y = 0
    groups: list[dict[str, Any]] = []
    for group in spec.groups:
        boxes = pack((widget.width, widget.height) for widget in group.widgets)
        height = HEADING + height_of(boxes)
        groups.append(
            {
                "definition": {
                    "type": "group",
                    "layout_type": "ordered",
                    "title": group.title,
                    "show_title": True,
                    "widgets": [
                        {"definition": definition(widget, spec, whole, ids), "layout": _layout(box)}
                        for widget, box in zip(group.widgets, boxes, strict=True)
                    ],
                },
                "layout": _layout(Box(0, y, COLUMNS, height)),
            }
        )
        y += height
    return {
        "title": spec.title,
        # Dashboards carry no tags but teams; the description says whose they are.
        "description": f"{spec.description}\n\n{mark}",
        "layout_type": "ordered",
        # Where widgets go is computed here; `auto` would leave it to the server.
        "reflow_type": "fixed",
        "notify_list": [],
        "tags": [f"team:{spec.owner}"],
        "template_variables": [_variable(variable) for variable in spec.variables],
        "widgets": groups,
    }


def alerts_of(spec: DashboardSpec) -> set[str]:
    """The keys of the alerts it shows by their ids."""
    return {widget.alert for group in spec.groups for widget in group.widgets if isinstance(widget, AlertGraph)}


def _layout(box: Box) -> dict[str, int]:
    return {"x": box.x, "y": box.y, "width": box.width, "height": box.height}


def _variable(variable: Variable) -> dict[str, Any]:
    shown = {"name": variable.name, "prefix": variable.tag, "defaults": [variable.default]}
    return {**shown, "available_values": list(variable.choices)} if variable.choices else shown
