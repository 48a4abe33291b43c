"""Traces: metrics from spans, retention filters, entries of the catalog of services."""

from __future__ import annotations

from collections.abc import Mapping
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
from sandbox.checks.datadog.counted import check_counted, searched
from sandbox.checks.models import check_model
from sandbox.checks.problem import Problem, did_you_mean

KINDS: Mapping[str, Any] = {
    "api": EntityV3API,
    "datastore": EntityV3Datastore,
    "queue": EntityV3Queue,
    "service": EntityV3Service,
    "system": EntityV3System,
}
"""The official model of each kind of entity."""


def check_metric(inputs: Mapping[str, Any]) -> list[Problem]:
    """Problems of a `SpansMetric`."""
    return check_counted(SpansMetricCreateAttributes, inputs)


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
    return problems + searched(inputs)


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
