"""Metrics that Datadog counts out of spans or logs: both APIs take the same body."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from datadog_api_client.model_utils import OpenApiModel

from sandbox.checks.datadog.body import as_property, snake_keys
from sandbox.checks.models import check_model
from sandbox.checks.problem import Problem
from sandbox.checks.queries import search_query

MEMBERS = {"compute": "compute", "filter": "filter", "group_by": "groupBies"}
"""Member of the API's body -> the input it comes from."""


def check_counted(model: type[OpenApiModel], inputs: Mapping[str, Any]) -> list[Problem]:
    """Problems of such a metric; the model is that of its attributes."""
    body = {name: snake_keys(inputs[name]) for name in ("compute", "filter") if name in inputs}
    body["group_by"] = snake_keys(inputs.get("groupBies") or [])
    problems = [as_property(each, MEMBERS) for each in check_model(model, body)]
    compute = inputs.get("compute") or {}
    if compute.get("aggregationType") == "distribution" and not compute.get("path"):
        problems.append(Problem("compute.path", "a distribution needs the attribute that it is of"))
    if compute.get("aggregationType") == "count" and (compute.get("path") or "includePercentiles" in compute):
        problems.append(Problem("compute", "a count has neither path nor percentiles"))
    return problems + searched(inputs)


def searched(inputs: Mapping[str, Any]) -> list[Problem]:
    """Problems of the search in `filter`."""
    query = (inputs.get("filter") or {}).get("query")
    return search_query(query, "filter.query") if isinstance(query, str) else []
