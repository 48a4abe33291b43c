"""Indexes, pipelines and metrics of logs: the API's models, and every search in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from datadog_api_client.v1.model.logs_index import LogsIndex
from datadog_api_client.v1.model.logs_pipeline import LogsPipeline

from sandbox.checks.datadog.body import snake, snake_keys
from sandbox.checks.models import check_model
from sandbox.checks.problem import Problem
from sandbox.checks.queries import search_query

KINDS = {"trace_id_remapper": "trace-id-remapper"}
RENAMED = {"retention_days": "num_retention_days", "flex_retention_days": "num_flex_logs_retention_days"}
NOT_SENT = ("filters", "exclusion_filters", "disable_daily_limit")


def check_index(inputs: Mapping[str, Any]) -> list[Problem]:
    """Problems of a `LogsIndex`."""
    return [*check_model(LogsIndex, index_body(inputs)), *searches(inputs)]


def check_pipeline(inputs: Mapping[str, Any]) -> list[Problem]:
    """Problems of a `LogsCustomPipeline`."""
    return [*check_model(LogsPipeline, pipeline_body(inputs)), *searches(inputs)]


def check_searches(inputs: Mapping[str, Any]) -> list[Problem]:
    """Problems of the searches of a type whose structure the SDK's own types describe."""
    return list(searches(inputs))


def index_body(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """An index as the API takes it."""
    own = snake_keys(inputs)
    body = {RENAMED.get(name, name): value for name, value in own.items() if name not in NOT_SENT}
    excluded = [
        {**each, "filter": next(iter(each.get("filters") or []), {})} for each in own.get("exclusion_filters") or []
    ]
    for each in excluded:
        each.pop("filters", None)
    return {**body, "filter": next(iter(own.get("filters") or []), {}), "exclusion_filters": excluded}


def pipeline_body(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """A pipeline as the API takes it: a processor's kind is its type there."""
    own = snake_keys(inputs)
    processors = [
        {"type": KINDS.get(snake(kind), snake(kind).replace("_", "-")), **members}
        for each in own.get("processors") or []
        for kind, members in each.items()
    ]
    body = {name: value for name, value in own.items() if name != "filters"}
    return {**body, "filter": next(iter(own.get("filters") or []), {}), "processors": processors}


def searches(value: Any, path: str = "") -> Iterator[Problem]:
    """Problems of every `query` inside."""
    if isinstance(value, list):
        for index, each in enumerate(value):
            yield from searches(each, f"{path}[{index}]")
    elif isinstance(value, Mapping):
        for name, each in value.items():
            place = f"{path}.{name}" if path else name
            if name == "query" and isinstance(each, str):
                yield from search_query(each, place)
            else:
                yield from searches(each, place)
