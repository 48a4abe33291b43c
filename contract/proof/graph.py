"""The proof of what dashboards and objectives ask: queries, formulas, searches, ratios, template variables."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from contract.proof import quantity, values
from contract.proof.events import prove_events
from contract.proof.meaning import Meaning, Reader
from contract.proof.pinned import prove_pinned
from contract.proof.quantity import NUMBER, UNKNOWN, Quantity
from contract.proof.searches import EventQuery, read_events, stream_name
from contract.proof.selection import prove_selection
from contract.proof.threshold import prove_thresholds
from contract.proof.values import Variables
from contract.query import (
    MetricExpression,
    MetricSelection,
    QueryError,
    parse_formula,
    parse_metric,
    parse_search,
    selections,
)
from contract.query.event import Rollup
from contract.query.metric import Reference
from contract.query.tree import walk
from contract.telemetry import EVENT_SOURCES, METRICS, MetricType
from contract.telemetry.model import Tag
from contract.world import World


def prove_metric(query: str, world: World, variables: Variables | None = None) -> list[str]:
    """Findings that make this metric query blind or refused; empty when it is proved.

    Args:
        query: a metric query without window and threshold.
        world: the environment it is for.
        variables: the dashboard's template variables, by name the tag key each chooses; None outside of dashboards.
    """
    found, _ = _read(query, world, variables)
    return found


def prove_formula(
    formula: str,
    queries: Mapping[str, str | EventQuery],
    world: World,
    *,
    variables: Variables | None = None,
    unit: str | None = None,
    per: str | None = None,
    limits: Iterable[float] = (),
) -> list[str]:
    """Findings about a formula over named queries of metrics or events, those of the queries included.

    Args:
        formula: such as `errors / hits * 100`.
        queries: metric queries, and searches for events, by the names that the formula uses.
        world: the environment it is for.
        variables: as for `prove_metric`.
        unit: Datadog's name of the unit the result is shown in.
        per: the second half of that unit, such as the second of bytes per second.
        limits: values the result is compared with, such as lines drawn at the thresholds of alerts.
    """
    found: list[str] = []
    named: dict[str, Meaning] = {}
    for name, query in queries.items():
        findings, named[name] = (
            read_events(query, world, variables) if isinstance(query, EventQuery) else _read(query, world, variables)
        )
        found += [f"{name}: {finding}" for finding in findings]
    try:
        tree = parse_formula(formula)
    except QueryError as error:
        return [*found, error.reason]
    used = {node.name for node, _ in walk(tree) if isinstance(node, Reference)}
    found += [f"the formula refers to {name}, which is no query" for name in sorted(used - queries.keys())]
    found += [f"the formula does not use {name}" for name in sorted(queries.keys() - used)]
    reader = Reader(named)
    measured = reader.read(tree).quantity
    found += reader.findings
    found += _shown(measured, unit, per)
    found += prove_thresholds(measured, ">=", limits)
    return list(dict.fromkeys(found))


def prove_slice(query: str, comparator: str, limit: float, world: World) -> list[str]:
    """Findings about an objective measured by time: a metric query and the limit its value is compared with."""
    found, meaning = _read(query, world, None)
    found += _pinned(query, world)
    return [*found, *prove_thresholds(meaning.quantity, comparator, [limit])]


def prove_slo(good: str, total: str, world: World) -> list[str]:
    """Findings about an objective measured by events: good ones among all.

    Both must count: be sums of counts with as_count(), or counts of a distribution's values
    (https://docs.datadoghq.com/service_level_objectives/metric/).
    """
    found: list[str] = []
    keys: dict[str, frozenset[str]] = {}
    for side, query in (("good", good), ("total", total)):
        findings, meaning = _read(query, world, None)
        found += [f"{side}: {finding}" for finding in [*findings, *_uncounted(query), *_pinned(query, world)]]
        keys[side] = meaning.keys
    if keys["good"] != keys["total"]:
        found.append("good and total are grouped differently: both need the same keys")
    return found


def prove_search(
    source: str,
    query: str,
    world: World,
    *,
    group_by: Iterable[str] = (),
    measure: tuple[str, str] | None = None,
    variables: Variables | None = None,
) -> list[str]:
    """Findings about a search for events, as in widgets over logs and in metrics made from spans, logs or sessions.

    Args:
        source: the stream, such as `logs`, `rum`, `trace-analytics` (also called `spans`).
        query: the search.
        world: the environment it is for.
        group_by: attributes and tags it is told apart by.
        measure: how a number becomes one, and which: `("pc95", "@duration")`.
        variables: as for `prove_metric`.
    """
    try:
        search = parse_search(query)
    except QueryError as error:
        return [error.reason]
    rollup = Rollup(*measure) if measure else None
    found = prove_events(stream_name(source), search, world, rollup=rollup, group_by=group_by, variables=variables)
    return list(dict.fromkeys(found))


def prove_variable(key: str, default: str, world: World) -> list[str]:
    """Findings about a template variable: some telemetry has its key, and its default value can occur."""
    tags = [tag for metric in METRICS.values() if (tag := metric.tag(key))]
    if not tags and not any(stream.facet(key) for stream in EVENT_SOURCES.values()):
        return [values.unknown_key("telemetry", key, {one for metric in METRICS.values() for one in metric.keys})]
    tried = [values.impossible(tag, default, world) for tag in dict.fromkeys(tags or [Tag(key)])]
    return [tried[0]] if all(tried) and tried[0] else []


def _read(query: str, world: World, variables: Variables | None) -> tuple[list[str], Meaning]:
    try:
        tree: MetricExpression = parse_metric(query)
    except QueryError as error:
        return [error.reason], Meaning(quantity=UNKNOWN)
    found = [finding for one in selections(tree) for finding in prove_selection(one, world, variables)]
    reader = Reader()
    meaning = reader.read(tree)
    return list(dict.fromkeys([*found, *reader.findings])), meaning


def _pinned(query: str, world: World) -> Iterator[str]:
    return (finding for one in _selected(query) for finding in prove_pinned(one, world))


def _selected(query: str) -> list[MetricSelection]:
    try:
        return list(selections(parse_metric(query)))
    except QueryError:
        return []


def _uncounted(query: str) -> Iterator[str]:
    for one in _selected(query):
        metric = METRICS.get(one.metric)
        if metric is None:
            continue
        counting = any(modifier.name == "as_count" for modifier in one.modifiers)
        if metric.type is MetricType.GAUGE:
            yield f"{metric.name} is a gauge: an objective counts events"
        elif metric.type is MetricType.DISTRIBUTION and one.space_aggregator != "count":
            yield f"{metric.name} is a distribution: count its values with count:"
        elif not counting:
            yield f"{metric.name} is not counted: add .as_count()"


def _shown(measured: Quantity, unit: str | None, per: str | None) -> Iterator[str]:
    """A result shown in a unit that it is not in; numbers of things go by many names."""
    if unit is None or not measured.known or measured.constant is not None:
        return
    expected = replace(quantity.named(unit) or NUMBER, per=per)
    same = measured.dimension is expected.dimension and math.isclose(measured.scale, expected.scale)
    if not same or measured.per != per:
        yield f"it is {measured.unit}, but shown as {unit}{f' per {per}' if per else ''}"
