"""Dashboards: the API's model for JSON ones, and the metric queries of all."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from datadog_api_client.v1.model.dashboard import Dashboard

from sandbox.checks.models import check_model
from sandbox.checks.problem import Problem
from sandbox.checks.queries import metric_query

METRIC_SOURCES = ("metrics", None)
"""Data sources whose `query` is a metric query."""


def check_json(inputs: Mapping[str, Any]) -> list[Problem]:
    """Problems of a `DashboardJson`."""
    text = inputs.get("dashboard")
    if not isinstance(text, str):
        return []
    try:
        body = json.loads(text)
    except json.JSONDecodeError as error:
        return [Problem("dashboard", f"is not JSON: {error}")]
    found = [*check_model(Dashboard, body), *metric_queries(body)]
    return [Problem(f"dashboard.{problem.path}", problem.reason) for problem in found]


def check_typed(inputs: Mapping[str, Any]) -> list[Problem]:
    """Problems of a typed `Dashboard`: its structure is checked by the SDK's types, here its queries are."""
    return list(metric_queries(inputs))


def metric_queries(value: Any, path: str = "") -> Iterator[Problem]:
    """Problems of every metric query inside, wherever it is: a request's `q`, or a `query` whose source is metrics."""
    if isinstance(value, list):
        for index, each in enumerate(value):
            yield from metric_queries(each, f"{path}[{index}]")
    elif isinstance(value, Mapping):
        for name, each in value.items():
            place = f"{path}.{name}" if path else name
            if isinstance(each, str) and _is_metric_query(name, value, path):
                yield from metric_query(each, place)
            else:
                yield from metric_queries(each, place)


def _is_metric_query(name: str, owner: Mapping[str, Any], path: str) -> bool:
    if name == "q":
        return ".requests[" in path
    source = owner.get("data_source", owner.get("dataSource"))
    return name == "query" and (source == "metrics" or path.endswith("metricQuery"))
