"""Dashboards: the API's model for JSON ones, and the queries, searches and formulas of all."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from datadog_api_client.v1.model.dashboard import Dashboard

from sandbox.checks.models import check_model
from sandbox.checks.problem import Problem
from sandbox.checks.queries import formula_of, metric_query, search_query


def check_json(inputs: Mapping[str, Any]) -> list[Problem]:
    """Problems of a `DashboardJson`."""
    text = inputs.get("dashboard")
    if not isinstance(text, str):
        return []
    try:
        body = json.loads(text)
    except json.JSONDecodeError as error:
        return [Problem("dashboard", f"is not JSON: {error}")]
    found = [*check_model(Dashboard, body), *queries(body)]
    return [Problem(f"dashboard.{problem.path}", problem.reason) for problem in found]


def check_typed(inputs: Mapping[str, Any]) -> list[Problem]:
    """Problems of a typed `Dashboard`: its structure is checked by the SDK's types, here its queries are."""
    return list(queries(inputs))


def queries(value: Any, path: str = "") -> Iterator[Problem]:
    """Problems of every query inside, wherever it is.

    Metric queries are a request's `q`, or a `query` whose source is metrics; searches the `query` of a `search`, and
    the `query_string` of a list. Formulas must be over the queries beside them.
    """
    if isinstance(value, list):
        for index, each in enumerate(value):
            yield from queries(each, f"{path}[{index}]")
    elif isinstance(value, Mapping):
        yield from _formulas(value, path)
        for name, each in value.items():
            place = f"{path}.{name}" if path else name
            if not isinstance(each, str):
                yield from queries(each, place)
            elif _is_metric_query(name, value, path):
                yield from metric_query(each, place)
            elif _is_search(name, path):
                yield from search_query(each, place)


def _is_metric_query(name: str, owner: Mapping[str, Any], path: str) -> bool:
    if name == "q":
        return ".requests[" in path
    source = owner.get("data_source", owner.get("dataSource"))
    return name == "query" and (source == "metrics" or path.endswith("metricQuery"))


def _is_search(name: str, path: str) -> bool:
    return name in {"query_string", "queryString"} or (name == "query" and path.endswith(".search"))


def _formulas(request: Mapping[str, Any], path: str) -> Iterator[Problem]:
    formulas, named = request.get("formulas"), request.get("queries")
    if not isinstance(formulas, list) or not isinstance(named, list):
        return
    names = [one["name"] for one in named if isinstance(one, Mapping) and isinstance(one.get("name"), str)]
    for index, formula in enumerate(formulas):
        if isinstance(formula, Mapping) and isinstance(formula.get("formula"), str):
            yield from formula_of(formula["formula"], names, f"{path}.formulas[{index}].formula")
