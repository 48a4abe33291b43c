"""Traces: metrics from spans, retention filters, entries of the catalog of services."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import yaml
from datadog_api_client.v2.model.entity_v3_api import EntityV3API
from datadog_api_client.v2.model.entity_v3_datastore import EntityV3Datastore
from datadog_api_client.v2.model.entity_v3_queue import EntityV3Queue
from datadog_api_client.v2.model.entity_v3_service import EntityV3Service
from datadog_api_client.v2.model.entity_v3_system import EntityV3System
from datadog_api_client.v2.model.retention_filter_create_attributes import RetentionFilterCreateAttributes
from datadog_api_client.v2.model.spans_metric_create_attributes import SpansMetricCreateAttributes

from sandbox.checks.datadog.body import as_property, number, snake, snake_keys
from sandbox.checks.models import check_model
from sandbox.checks.problem import Problem, did_you_mean
from sandbox.checks.queries import search_query

KINDS: Mapping[str, Any] = {
    "api": EntityV3API,
    "datastore": EntityV3Datastore,
    "queue": EntityV3Queue,
    "service": EntityV3Service,
    "system": EntityV3System,
}
"""The official model of each kind of entity."""
METRIC_MEMBERS = {"compute": "compute", "filter": "filter", "group_by": "groupBies"}
"""Member of the API's body -> the input it comes from."""


def check_metric(inputs: Mapping[str, Any]) -> list[Problem]:
    """Problems of a `SpansMetric`."""
    body = {name: snake_keys(inputs[name]) for name in ("compute", "filter") if name in inputs}
    body["group_by"] = snake_keys(inputs.get("groupBies") or [])
    problems = [as_property(each, METRIC_MEMBERS) for each in check_model(SpansMetricCreateAttributes, body)]
    compute = inputs.get("compute") or {}
    if compute.get("aggregationType") == "distribution" and not compute.get("path"):
        problems.append(Problem("compute.path", "a distribution needs the attribute that it is of"))
    if compute.get("aggregationType") == "count" and (compute.get("path") or "includePercentiles" in compute):
        problems.append(Problem("compute", "a count has neither path nor percentiles"))
    return problems + list(_searched(inputs))


def check_filter(inputs: Mapping[str, Any]) -> list[Problem]:
    """Problems of an `ApmRetentionFilter`."""
    rates = {snake(name): number(inputs[name]) for name in ("rate", "traceRate") if name in inputs}
    body = {**snake_keys({name: inputs[name] for name in inputs if name not in {"rate", "traceRate"}}), **rates}
    problems = [
        as_property(each, {snake(name): name for name in inputs})
        for each in check_model(RetentionFilterCreateAttributes, body)
    ]
    for name in ("rate", "traceRate"):
        rate = rates.get(snake(name))
        if isinstance(rate, float) and not 0 <= rate <= 1:
            problems.append(Problem(name, f"{inputs[name]!r} is not between 0 and 1"))
    return problems + list(_searched(inputs))


def check_entity(inputs: Mapping[str, Any]) -> list[Problem]:
    """Problems of a `SoftwareCatalog`. The provider says nothing but that the call failed."""
    if not isinstance(inputs.get("entity"), str):
        return []
    try:
        entity = yaml.safe_load(inputs["entity"])
    except yaml.YAMLError as error:
        return [Problem("entity", f"is no YAML: {error}")]
    if not isinstance(entity, Mapping):
        return [Problem("entity", "must be an object")]
    if entity.get("apiVersion") != "v3":
        return [Problem("entity", f"apiVersion is {entity.get('apiVersion')!r}: the provider takes v3")]
    kind = str(entity.get("kind"))
    if kind not in KINDS:
        return [Problem("entity", f"kind: {kind!r} is not allowed{did_you_mean(kind, KINDS)}")]
    return [Problem("entity", f"{each.path}: {each.reason}") for each in check_model(KINDS[kind], entity)]


def _searched(inputs: Mapping[str, Any]) -> Iterator[Problem]:
    query = (inputs.get("filter") or {}).get("query")
    if isinstance(query, str):
        yield from search_query(query, "filter.query")
