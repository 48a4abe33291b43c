"""From dashboards to the body of Datadog's dashboard API."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from components.dashboards.spec import DashboardSpec, Group, Note, Objective, Timeseries, Widget
from contract.proof import prove_formula, prove_variable
from contract.query.text import number_text
from contract.world import World
from infra.naming import is_logical_name
from infra.problems import Problem


def check(specs: Iterable[DashboardSpec], slos: Collection[str], world: World) -> list[Problem]:
    """Everything that is wrong with these dashboards; `slos` are the logical names of the objectives there are."""
    return [
        Problem(f"dashboards.{spec.key}{place}", what, hint)
        for spec in specs
        for place, what, hint in _wrong(spec, slos, world)
    ]


def compile_dashboard(spec: DashboardSpec, mark: str, slo_ids: Mapping[str, str]) -> dict[str, Any]:
    """The body of the dashboard API; `slo_ids` maps logical names of objectives to Datadog's ids.

    It states what the server would fill in by default (`notify_list`, `reflow_type`): otherwise every refresh shows
    a difference.
    """
    return {
        "title": spec.title,
        # Dashboards carry no tags but teams; the description says whose they are.
        "description": f"{spec.description}\n\n{mark}",
        "layout_type": "ordered",
        "reflow_type": "auto",
        "notify_list": [],
        "tags": [f"team:{spec.owner}"],
        "template_variables": [
            {"name": variable.name, "prefix": variable.tag, "defaults": [variable.default]}
            for variable in spec.variables
        ],
        "widgets": [_group(group, slo_ids) for group in spec.groups],
    }


def _wrong(spec: DashboardSpec, slos: Collection[str], world: World) -> Iterator[tuple[str, str, str]]:
    if not is_logical_name(spec.key):
        yield "", "is not a usable key", "lower case letters, digits and hyphens, at most 63"
    variables = {variable.name: variable.tag for variable in spec.variables}
    for variable in spec.variables:
        for finding in prove_variable(variable.tag, variable.default, world):
            yield f".${variable.name}", finding, "see contract/"
    for group in spec.groups:
        for widget in group.widgets:
            match widget:
                case Timeseries():
                    limits = [limit.value for limit in widget.limits]
                    for series in widget.series:
                        for finding in prove_formula(
                            series.formula,
                            dict(series.queries),
                            world,
                            variables=variables,
                            unit=series.unit,
                            limits=limits,
                        ):
                            yield f".{group.title}.{widget.title}.{series.label}", finding, "see contract/"
                case Objective() if widget.slo not in slos:
                    yield (
                        f".{group.title}.{widget.title}",
                        f"there is no objective {widget.slo!r}",
                        f"one of {', '.join(sorted(slos))}",
                    )
                case _:
                    pass


def _group(group: Group, slo_ids: Mapping[str, str]) -> dict[str, Any]:
    return {
        "definition": {
            "type": "group",
            "layout_type": "ordered",
            "title": group.title,
            "widgets": [{"definition": _definition(widget, slo_ids)} for widget in group.widgets],
        }
    }


def _definition(widget: Widget, slo_ids: Mapping[str, str]) -> dict[str, Any]:
    match widget:
        case Timeseries():
            return _timeseries(widget)
        case Objective():
            return {
                "type": "slo",
                "title": widget.title,
                "slo_id": slo_ids[widget.slo],
                "view_type": "detail",
                "view_mode": "overall",
                "show_error_budget": True,
                "time_windows": ["7d", "30d"],
            }
        case Note():
            return {"type": "note", "content": widget.text, "background_color": "white", "show_tick": False}


def _timeseries(widget: Timeseries) -> dict[str, Any]:
    definition: dict[str, Any] = {
        "type": "timeseries",
        "title": widget.title,
        "show_legend": True,
        "requests": [
            {
                "response_format": "timeseries",
                "display_type": "line",
                "queries": [{"data_source": "metrics", "name": name, "query": query} for name, query in series.queries],
                "formulas": [
                    {
                        "formula": series.formula,
                        "alias": series.label,
                        "number_format": {"unit": {"type": "canonical_unit", "unit_name": series.unit.value}},
                    }
                ],
            }
            for series in widget.series
        ],
    }
    if widget.limits:
        definition["markers"] = [
            {
                "value": f"y = {number_text(limit.value)}",
                "label": limit.label,
                "display_type": f"{limit.severity} dashed",
            }
            for limit in widget.limits
        ]
    return definition
