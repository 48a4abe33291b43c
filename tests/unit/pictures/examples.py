"""Bodies of dashboards in the shapes of Datadog's API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pictures.surroundings import Monitor, Objective, Surroundings

HITS = "sum:trace.fastapi.request.hits{$env,service:genonaut-api}.as_count()"
ERRORS = "sum:trace.fastapi.request.errors{$env,service:genonaut-api}.as_count()"
P95 = "p95:trace.fastapi.request{$env,service:genonaut-api}"
AROUND = Surroundings(
    objectives={"slo-1": Objective(name="API availability", targets={"30d": 99.9})},
    monitors={
        "1": Monitor(
            name="API error rate",
            type="query alert",
            query="sum(last_5m):sum:trace.fastapi.request.errors{env:production}.as_count() > 900",
            tags=frozenset({"env:production", "tier:critical"}),
        ),
        "2": Monitor(
            name="Disk usage",
            type="query alert",
            query="avg(last_5m):max:system.disk.in_use{env:production} by {host} > 0.8",
            tags=frozenset({"env:production", "tier:warning"}),
        ),
        "3": Monitor(
            name="A symptom", type="query alert", query="", tags=frozenset({"env:production", "role:symptom"})
        ),
    },
)


def metric(query: str, name: str = "query1", **more: Any) -> dict[str, Any]:
    return {"data_source": "metrics", "name": name, "query": query, **more}


def formula(text: str = "query1", alias: str = "", unit: str | None = None, **more: Any) -> dict[str, Any]:
    shown = {"number_format": {"unit": {"type": "canonical_unit", "unit_name": unit}}} if unit else {}
    return {"formula": text, **({"alias": alias} if alias else {}), **shown, **more}


def series(*queries: Mapping[str, Any], formulas: list[dict[str, Any]] | None = None, **more: Any) -> dict[str, Any]:
    found = formulas or [formula(str(each["name"])) for each in queries]
    return {"response_format": "timeseries", "queries": list(queries), "formulas": found, **more}


def timeseries(*requests: Mapping[str, Any], title: str = "A graph", **more: Any) -> dict[str, Any]:
    return {
        "type": "timeseries",
        "title": title,
        "show_legend": True,
        "requests": [{"display_type": "line", **each} for each in requests],
        **more,
    }


def placed(definition: Mapping[str, Any], x: int, y: int, width: int, height: int) -> dict[str, Any]:
    return {"definition": definition, "layout": {"x": x, "y": y, "width": width, "height": height}}


def board(*widgets: Mapping[str, Any], title: str = "An example") -> dict[str, Any]:
    return {
        "title": title,
        "description": "What an example shows.",
        "layout_type": "ordered",
        "reflow_type": "fixed",
        "template_variables": [
            {"name": "env", "prefix": "env", "defaults": ["production"]},
            {"name": "host", "prefix": "host", "defaults": ["*"]},
        ],
        "widgets": list(widgets),
    }


def group(title: str, *widgets: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    return {"definition": {"type": "group", "layout_type": "ordered", "title": title, "widgets": list(widgets), **more}}


def logs(search: str, aggregation: str = "count", **more: Any) -> dict[str, Any]:
    return {
        "data_source": "logs",
        "name": "query1",
        "search": {"query": search},
        "indexes": ["*"],
        "compute": {"aggregation": aggregation, **({"metric": more.pop("measure")} if "measure" in more else {})},
        "group_by": [{"facet": facet, "limit": 10} for facet in more.pop("by", ())],
        **more,
    }


ERROR_RATE = series(
    metric(ERRORS, "errors"),
    metric(HITS, "hits"),
    formulas=[formula("errors / hits * 100", "failed", "percent")],
)
MARKERS = [
    {"value": "y = 5", "label": "critical", "display_type": "error dashed"},
    {"value": "2 < y < 5", "label": "warning", "display_type": "warning dashed"},
]
FORMATS = [
    {"comparator": ">", "value": 5, "palette": "white_on_red"},
    {"comparator": ">", "value": 0.3, "palette": "white_on_yellow"},
    {"comparator": "<=", "value": 0.3, "palette": "white_on_green"},
]

EVERY_TYPE: dict[str, dict[str, Any]] = {
    "timeseries": timeseries(
        {**ERROR_RATE, "style": {"palette": "red"}}, title="Error rate", markers=MARKERS, events=[{"q": "deploy"}]
    ),
    "query_value": {
        "type": "query_value",
        "title": "Failed requests",
        "precision": 2,
        "requests": [{**ERROR_RATE, "response_format": "scalar", "conditional_formats": FORMATS}],
    },
    "toplist": {
        "type": "toplist",
        "title": "Busiest routes",
        "requests": [
            series(metric("sum:trace.fastapi.request.hits{$env} by {resource_name}.as_count()", aggregator="sum"))
        ],
    },
    "query_table": {
        "type": "query_table",
        "title": "Routes",
        "requests": [
            {
                "response_format": "scalar",
                "queries": [
                    metric(
                        "sum:trace.fastapi.request.hits{$env} by {resource_name}.as_count()", "c0", aggregator="sum"
                    ),
                    metric("p95:trace.fastapi.request{$env} by {resource_name}", "c1", aggregator="avg"),
                ],
                "formulas": [
                    formula("c0", "requests", "request", cell_display_mode="bar"),
                    formula("c1", "p95", "second", conditional_formats=FORMATS[1:2]),
                ],
            }
        ],
    },
    "heatmap": {
        "type": "heatmap",
        "title": "Memory of pods",
        "requests": [series(metric("avg:container.memory.usage{$env} by {pod_name}"))],
    },
    "distribution": {
        "type": "distribution",
        "title": "Latency",
        "requests": [series(metric("avg:trace.fastapi.request{$env}"))],
    },
    "slo": {
        "type": "slo",
        "title": "Availability",
        "slo_id": "slo-1",
        "view_type": "detail",
        "time_windows": ["7d", "30d"],
        "show_error_budget": True,
    },
    "manage_status": {
        "type": "manage_status",
        "title": "Alerts",
        "query": 'tag:("env:production") -tag:("role:symptom" OR "role:aftermath")',
    },
    "alert_graph": {"type": "alert_graph", "title": "As the alert sees it", "alert_id": "2", "viz_type": "timeseries"},
    "alert_value": {"type": "alert_value", "title": "The alert's value", "alert_id": "1"},
    "check_status": {"type": "check_status", "title": "Redis", "check": "redis.can_connect", "grouping": "check"},
    "list_stream": {
        "type": "list_stream",
        "title": "Newest errors",
        "requests": [
            {
                "response_format": "event_list",
                "query": {"data_source": "logs_stream", "query_string": "status:error", "indexes": []},
                "columns": [{"field": "timestamp", "width": "auto"}],
            }
        ],
    },
    "event_stream": {"type": "event_stream", "title": "Deployments", "query": "tags:deployment"},
    "change": {
        "type": "change",
        "title": "Change",
        "requests": [series(metric("sum:genonaut.cache.hits{$env} by {cache}.as_count()"))],
    },
    "note": {
        "type": "note",
        "content": "## How to read this\nThe *limits* are those of the **alerts**.\n\n- one\n- [two](https://example.com)",
        "background_color": "yellow",
    },
    "free_text": {"type": "free_text", "text": "Free text"},
}
"""One definition for each type of widget."""


def showcase() -> dict[str, Any]:
    """A dashboard with a widget of every type, some units, and a group without places."""
    definitions = list(EVERY_TYPE.values())
    grid = [placed(each, index % 3 * 4, index // 3 * 3, 4, 3) for index, each in enumerate(definitions)]
    flowing = (
        timeseries(
            series(metric("avg:kubernetes.memory.working_set{$env} by {kube_deployment}"), display_type="area"),
            title="Memory by deployment",
        ),
        timeseries(series(metric(HITS), display_type="bars"), title="Requests"),
        timeseries(
            *(series(metric(f"{p}:trace.fastapi.request{{$env}}"), formulas=[formula(alias=p, unit="second")])
              for p in ("p50", "p95", "p99")),
            title="Latency of every request that the API answers in production, over the last week of this month",
            time={"live_span": "1w"},
        ),
        timeseries(series(metric("anomalies(sum:trace.fastapi.request.hits{$env}.as_rate(), 'agile', 3)")), title="Traffic"),  # noqa: E501
        timeseries(series(logs("env:production status:error", by=("service",)), display_type="bars"),
        title="Error logs"),
        timeseries(series(metric("avg:redis.mem.used{$env}"), metric("avg:redis.mem.maxmemory{$env}", "m")),
        title="Redis"),
    )  # fmt: skip
    return board(
        group("Every type", *grid, background_color="vivid_blue"),
        group("Without places", *({"definition": each} for each in flowing)),
        title="Showcase",
    )
