"""RUM applications, retention filters and metrics: the API's models, the kinds it knows, the search grammar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from datadog_api_client.v2.model.rum_application_create_attributes import RUMApplicationCreateAttributes
from datadog_api_client.v2.model.rum_metric_create_attributes import RumMetricCreateAttributes
from datadog_api_client.v2.model.rum_retention_filter_create_attributes import RumRetentionFilterCreateAttributes

from sandbox.checks.datadog.body import as_property, snake, snake_keys
from sandbox.checks.models import check_model
from sandbox.checks.problem import Problem, did_you_mean
from sandbox.checks.queries import search_query

KINDS = ("browser", "ios", "android", "react-native", "flutter", "roku", "electron", "unity", "kotlin-multiplatform")
"""Values of `type`, from the API's description of the attribute."""
UPDATED = ("session", "view")
"""Kinds of events that come again while they go on."""
OF_DISTRIBUTIONS = ("path", "includePercentiles")


def check(inputs: Mapping[str, Any]) -> list[Problem]:
    """Problems of a `RumApplication`."""
    problems = _model(RUMApplicationCreateAttributes, inputs)
    kind = inputs.get("type")
    if isinstance(kind, str) and kind not in KINDS:
        problems.append(Problem("type", f"{kind!r} is not allowed{did_you_mean(kind, KINDS)}"))
    return problems


def check_filter(inputs: Mapping[str, Any]) -> list[Problem]:
    """Problems of a `RumRetentionFilter`."""
    attributes = {name: value for name, value in inputs.items() if name != "applicationId"}
    return [*_model(RumRetentionFilterCreateAttributes, attributes), *_search(inputs.get("query"), "query")]


def check_metric(inputs: Mapping[str, Any]) -> list[Problem]:
    """Problems of a `RumMetric`."""
    attributes = {"groupBy" if name == "groupBies" else name: value for name, value in inputs.items() if name != "name"}
    problems = [
        Problem(f"groupBies{one.path.removeprefix('groupBy')}", one.reason) if one.path.startswith("groupBy") else one
        for one in _model(RumMetricCreateAttributes, attributes)
    ]
    return [*problems, *_search((inputs.get("filter") or {}).get("query"), "filter.query"), *_computed(inputs)]


def _computed(inputs: Mapping[str, Any]) -> Iterator[Problem]:
    compute = inputs.get("compute") or {}
    kind = compute.get("aggregationType")
    if kind == "distribution" and not compute.get("path"):
        yield Problem("compute.path", "is required for a distribution")
    for name in OF_DISTRIBUTIONS if kind == "count" else ():
        if name in compute:
            yield Problem(f"compute.{name}", "is only allowed for a distribution")
    if "uniqueness" in inputs and inputs.get("eventType") not in UPDATED:
        yield Problem("uniqueness", f"is only allowed where eventType is {' or '.join(UPDATED)}")


def _search(query: Any, path: str) -> list[Problem]:
    return search_query(query, path) if isinstance(query, str) and query else []


def _model(model: Any, inputs: Mapping[str, Any]) -> list[Problem]:
    members = {snake(name): name for name in inputs}
    return [as_property(each, members) for each in check_model(model, snake_keys(inputs))]
