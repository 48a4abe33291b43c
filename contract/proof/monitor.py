"""The proof of monitors of every type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from contract.proof.checks import prove_check
from contract.proof.events import prove_events
from contract.proof.meaning import Meaning, Reader
from contract.proof.pinned import prove_pinned, prove_pinned_check, prove_pinned_search
from contract.proof.quantity import GROWTH, NUMBER, UNKNOWN, Quantity, named
from contract.proof.selection import prove_selection
from contract.proof.threshold import prove_thresholds
from contract.query import QueryError, check_options, parse_monitor, selections
from contract.query.check import ServiceCheckMonitor
from contract.query.event import EventMonitor, Rollup
from contract.query.formula import FormulaMonitor, Variable
from contract.query.metric import Function, MetricMonitor, MetricSelection
from contract.query.tree import Comparison, walk
from contract.telemetry import EVENT_SOURCES, METRICS, MetricType
from contract.world import World

_VALUES = ("critical", "critical_recovery", "warning", "warning_recovery")
_DETECTORS = frozenset({"anomalies", "forecast", "outliers"})
_DIFFERENCES = frozenset({"diff", "monotonic_diff"})


def prove_monitor(monitor_type: str, query: str, options: Mapping[str, Any], world: World) -> list[str]:
    """Findings that make this monitor blind or refused; empty when it is proved.

    Args:
        monitor_type: as in the API, such as "query alert".
        query: the whole query, threshold included. Ids in it that are not known yet may be any of the right form.
        options: the monitor's options as in the API: `thresholds`, `variables` ...
        world: the environment it is for.
    """
    try:
        tree = parse_monitor(monitor_type, query, options)
    except QueryError as error:
        return [error.reason]
    found = [str(finding) for finding in check_options(tree, options)]
    match tree:
        case MetricMonitor():
            found += _metric(tree, options, world)
        case FormulaMonitor():
            found += _formula(tree, options, world)
        case EventMonitor():
            found += _events(tree, options, world)
        case ServiceCheckMonitor():
            found += [*prove_check(tree, options, world), *prove_pinned_check(tree, world)]
        case _:
            # Composites and SLO alerts select nothing themselves: see prove_composite and prove_slo.
            pass
    return list(dict.fromkeys(found))


def _metric(tree: MetricMonitor, options: Mapping[str, Any], world: World) -> Iterator[str]:
    for one in selections(tree):
        yield from prove_selection(one, world, None)
        yield from prove_pinned(one, world)
    reader = Reader()
    measured = reader.read(tree.expression).quantity
    yield from reader.findings
    yield from _over_time(tree)
    if tree.change:
        measured = GROWTH if tree.change.kind == "pct_change" else measured.times(1)
    yield from prove_thresholds(measured, tree.comparison.operator, _thresholds(tree.comparison, options))


def _over_time(tree: MetricMonitor) -> Iterator[str]:
    """How the points of the window become one value."""
    functions = {node.name for node, _ in walk(tree.expression) if isinstance(node, Function)}
    counted = [one for one in selections(tree) if any(modifier.name == "as_count" for modifier in one.modifiers)]
    if functions & _DETECTORS:
        return
    if counted and tree.time_aggregator != "sum":
        # https://docs.datadoghq.com/monitors/guide/as-count-in-monitor-evaluations/
        yield f"as_count() goes with sum() over the window, not with {tree.time_aggregator}()"
    levels = [one for one in selections(tree) if _is_level(one)]
    if tree.time_aggregator == "sum" and levels and not counted and not functions & _DIFFERENCES:
        yield f"sum() adds up every point of {levels[0].metric} in the window: use avg, max or min"


def _is_level(selection: MetricSelection) -> bool:
    """Whether a query gives how much there is rather than how often something happened."""
    metric = METRICS.get(selection.metric)
    if metric is None or metric.type is not MetricType.DISTRIBUTION:
        return metric is not None and metric.type is MetricType.GAUGE
    return selection.space_aggregator not in {"count", "sum"}


def _formula(tree: FormulaMonitor, options: Mapping[str, Any], world: World) -> Iterator[str]:
    stand_for: dict[str, Meaning] = {}
    reader = Reader(stand_for)
    for variable in tree.variables:
        if variable.reads is None:
            yield f"what {variable.name} reads cannot be proved: {variable.data_source}"
            continue
        if variable.data_source in {"metrics", "cloud_cost"}:
            for one in selections(variable.reads):
                yield from prove_selection(one, world, None)
                yield from prove_pinned(one, world)
            stand_for[variable.name] = reader.read(variable.reads)
        else:
            yield from _searched(variable, options, world)
            stand_for[variable.name] = Meaning(quantity=UNKNOWN)
    measured = reader.read(tree.expression).quantity
    yield from reader.findings
    yield from prove_thresholds(measured, tree.comparison.operator, _thresholds(tree.comparison, options))


def _searched(variable: Variable, options: Mapping[str, Any], world: World) -> Iterator[str]:
    raw = next(one for one in options["variables"] if one.get("name") == variable.name)
    given, compute = raw.get("group_by") or (), raw.get("compute")
    keys = [group["facet"] for group in given if isinstance(group, Mapping) and "facet" in group]
    rollup = None
    if isinstance(compute, Mapping) and compute.get("metric"):
        rollup = Rollup(str(compute.get("aggregation")), str(compute["metric"]))
    source = _SOURCES.get(variable.data_source or "", variable.data_source or "")
    yield from prove_events(source, variable.reads, world, rollup=rollup, group_by=keys)
    yield from prove_pinned_search(source, variable.reads, world)


_SOURCES = {"spans": "trace-analytics"}
"""Data sources of formulas that queries call otherwise."""


def _events(tree: EventMonitor, options: Mapping[str, Any], world: World) -> Iterator[str]:
    yield from prove_events(tree.source, tree.search, world, rollup=tree.rollup, group_by=tree.group_by)
    yield from prove_pinned_search(tree.source, tree.search, world)
    yield from prove_thresholds(_counted(tree), tree.comparison.operator, _thresholds(tree.comparison, options))


def _counted(tree: EventMonitor) -> Quantity:
    if tree.rollup is None or tree.rollup.method in {"count", "cardinality"}:
        return NUMBER
    stream = EVENT_SOURCES.get(tree.source)
    facet = stream.facet(tree.rollup.measure or "") if stream else None
    return named(facet.unit) or NUMBER if facet and facet.unit and tree.rollup.method != "sum" else UNKNOWN


def _thresholds(comparison: Comparison, options: Mapping[str, Any]) -> Iterator[float]:
    if comparison.threshold is not None:
        yield comparison.threshold
    given = options.get("thresholds")
    if not isinstance(given, Mapping):
        return
    for name in _VALUES:
        try:
            yield float(given[name])
        except (KeyError, TypeError, ValueError):
            continue
