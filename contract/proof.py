"""The proof that a query selects something that is really emitted: metric, aggregation and tag keys."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

from contract.query import MetricSelection, QueryError, check_options, parse_metric, parse_monitor, selections
from contract.query.metric import Membership, Tag, TemplateVariable
from contract.telemetry import METRICS, Metric, MetricType


def prove_monitor(monitor_type: str, query: str, options: Mapping[str, Any]) -> list[str]:
    """Findings that make this monitor blind or refused; empty when it is proved."""
    try:
        tree = parse_monitor(monitor_type, query, options)
    except QueryError as error:
        return [error.reason]
    found = [str(finding) for finding in check_options(tree, options)]
    return [*found, *(finding for one in selections(tree) for finding in _selection(one))]


def prove_metric(query: str) -> list[str]:
    """Findings that make this dashboard or SLO query blind or refused; empty when it is proved."""
    try:
        tree = parse_metric(query)
    except QueryError as error:
        return [error.reason]
    return [finding for one in selections(tree) for finding in _selection(one)]


def _selection(selection: MetricSelection) -> Iterator[str]:
    metric = METRICS.get(selection.metric)
    if metric is None:
        close = difflib.get_close_matches(selection.metric, METRICS, n=1)
        yield f"nobody emits the metric {selection.metric}" + (f"; did you mean {close[0]}?" if close else "")
        return
    yield from _aggregation(selection, metric)
    keys = [key for condition, _ in selection.conditions() if (key := _key(condition)) is not None]
    for key in dict.fromkeys([*keys, *selection.group_by]):
        if metric.tag(key) is None:
            yield f"{metric.name} carries no tag {key}; it has {', '.join(sorted(metric.keys))}"


def _aggregation(selection: MetricSelection, metric: Metric) -> Iterator[str]:
    aggregator = selection.space_aggregator or "avg"
    if aggregator[0] == "p" and metric.type is not MetricType.DISTRIBUTION:
        yield f"{metric.name} is a {metric.type}: only distributions have percentiles such as {aggregator}"
    for modifier in selection.modifiers:
        if modifier.name in {"as_count", "as_rate"} and metric.type is MetricType.GAUGE:
            yield f"{metric.name} is a gauge: {modifier.name}() has no effect on it"


def _key(condition: object) -> str | None:
    match condition:
        case Tag(key=key):
            return key
        case Membership(key=key):
            return key
        case TemplateVariable(name=name):
            # Dashboards name their variables after the tag they choose.
            return name
        case _:
            return None
