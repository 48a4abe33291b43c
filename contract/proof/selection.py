"""Whether one metric query selects something: metric, aggregation, tags and their values."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contract.proof import values
from contract.proof.hints import did_you_mean
from contract.proof.values import Variables
from contract.query import MetricSelection
from contract.query.metric import Modifier
from contract.query.vocabulary import is_percentile
from contract.telemetry import METRICS, Metric, MetricType
from contract.world import World

_VARIABLE = re.compile(r"\$([A-Za-z_]\w*)")
_RELATIVE = frozenset({"fraction", "percent"})


def prove_selection(selection: MetricSelection, world: World, variables: Variables | None) -> Iterator[str]:
    """Findings about one selection. `variables` is None where there are no template variables: in monitors."""
    metric = METRICS.get(selection.metric)
    if metric is None:
        yield f"nobody emits the metric {selection.metric}{did_you_mean(selection.metric, METRICS)}"
        return
    if metric.source in world.silent:
        yield f"{metric.name} is not sent here; its sender is not at work: {metric.source}"
    yield from _aggregation(selection, metric)
    yield from _keys(selection, metric)
    yield from _values(selection, metric, world)
    yield from _contradictions(selection, metric, world)
    yield from _variables(selection, metric, variables)


def _aggregation(selection: MetricSelection, metric: Metric) -> Iterator[str]:
    aggregator = selection.space_aggregator or "avg"
    if is_percentile(aggregator) and metric.type is not MetricType.DISTRIBUTION:
        yield f"{metric.name} is a {metric.type}: only distributions have percentiles such as {aggregator}"
    if selection.value_filter and metric.type is not MetricType.DISTRIBUTION:
        yield f"{metric.name} is a {metric.type}: only the values of distributions can be counted"
    if aggregator == "sum" and metric.unit in _RELATIVE:
        yield f"{metric.name} is a {metric.unit}: a sum of several is none; use avg, max or min"
    if metric.type is MetricType.COUNT and not any(map(_settles, selection.modifiers)):
        yield f"{metric.name} is a count: without .as_count() or .as_rate() its values follow the width of the graph"
    for modifier in selection.modifiers:
        if modifier.name not in {"as_count", "as_rate"}:
            continue
        if metric.type is MetricType.GAUGE:
            yield f"{metric.name} is a gauge: {modifier.name}() has no effect on it"
        elif metric.type is MetricType.DISTRIBUTION and aggregator not in {"count", "sum"}:
            yield f"{metric.name} is a distribution: {modifier.name}() goes with count and sum, not {aggregator}"


def _settles(modifier: Modifier) -> bool:
    return modifier.name in {"as_count", "as_rate"} or (
        modifier.name == "rollup" and modifier.arguments[:1] == ("sum",)
    )


def _keys(selection: MetricSelection, metric: Metric) -> Iterator[str]:
    named = [key for key, _, _ in values.conditions(selection)]
    for key in dict.fromkeys([*named, *selection.group_by]):
        if metric.tag(key) is None:
            yield values.unknown_key(metric.name, key, metric.keys)
    for word in values.unkeyed(selection):
        yield f"{metric.name}: the tag {word} has no key; every tag here is key:value"


def _values(selection: MetricSelection, metric: Metric, world: World) -> Iterator[str]:
    for key, value, negated in values.conditions(selection):
        tag = metric.tag(key)
        # To leave out what does not occur is idle, not blind.
        if tag is None or negated:
            continue
        if finding := values.impossible(tag, value, world):
            yield f"{metric.name}: {finding}"


def _contradictions(selection: MetricSelection, metric: Metric, world: World) -> Iterator[str]:
    left: dict[str, frozenset[str]] = {}
    for key, given, negated in values.required(selection):
        tag = metric.tag(key)
        possible = values.occurring(tag, world) if tag else None
        if possible is None or any("$" in value for value in given):
            continue
        before = left.get(key, possible)
        meant = frozenset[str]().union(*(values.matching(possible, value) for value in given))
        # An impossible value has been told of already.
        if meant or negated:
            left[key] = before - meant if negated else before & meant
    for key, remaining in left.items():
        if not remaining:
            yield f"{metric.name}: the conditions on {key} leave nothing"


def _variables(selection: MetricSelection, metric: Metric, variables: Variables | None) -> Iterator[str]:
    inside = [name for _, value, _ in values.conditions(selection) for name in _VARIABLE.findall(value)]
    for name in dict.fromkeys([*values.variables(selection), *inside]):
        if variables is None:
            yield f"${name} is a variable of dashboards: here it stands for nothing"
        elif name not in variables:
            known = ", ".join(f"${one}" for one in sorted(variables)) or "none"
            yield f"there is no variable ${name}: the dashboard has {known}"
        elif name not in inside and metric.tag(variables[name]) is None:
            yield values.unknown_key(metric.name, variables[name], metric.keys)
