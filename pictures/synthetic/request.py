"""One request of a widget: its queries and formulas, and what they answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from contract.query import MetricExpression, parse_formula, parse_metric, selections
from contract.query.metric import Arithmetic
from contract.telemetry import METRICS, MetricType
from pictures.clock import Clock, Values
from pictures.synthetic.events import SOURCES, search
from pictures.synthetic.expression import Evaluation
from pictures.synthetic.lines import Lines
from pictures.synthetic.tags import Known
from pictures.units import Unit

_METRICS = frozenset({"metrics", None})


@dataclass(frozen=True, slots=True)
class Answer:
    """What one formula answers: its lines, its unit, and the formula as it stands in the body."""

    label: str
    source: str
    """What is asked for, in a few letters, where it has no label: the metric, or the formula."""
    lines: Lines
    unit: Unit
    formula: Mapping[str, Any]


def known_source(query: Mapping[str, Any]) -> bool:
    """Whether there is made-up telemetry for a query."""
    return query.get("data_source") in _METRICS or query.get("data_source") in SOURCES


def over_time(request: Mapping[str, Any], clock: Clock, known: Known) -> list[Answer]:
    """The lines of each formula of a request."""
    return list(_answers(request, clock, known, lambda lines, _query: lines))


def at_once(request: Mapping[str, Any], clock: Clock, known: Known) -> list[Answer]:
    """One value for each line of each formula: what each query is over the whole stretch, by its own aggregator."""
    return list(_answers(request, clock, known, _reduced))


def _answers(
    request: Mapping[str, Any], clock: Clock, known: Known, change: Callable[[Lines, Mapping[str, Any]], Lines]
) -> Iterator[Answer]:
    if legacy := request.get("q"):
        shown = {"query": legacy, "aggregator": request.get("aggregator")}
        lines = change(Evaluation(clock, known, {}).lines(parse_metric(legacy)), shown)
        yield Answer("", _source(shown), lines, _unit_of(shown), {})
        return
    queries = {each.get("name", "query1"): each for each in request.get("queries") or [request["query"]]}

    def lines_of(query: Mapping[str, Any], at: Clock) -> Lines:
        if query.get("data_source") in _METRICS:
            return change(Evaluation(at, known, {}).lines(parse_metric(query["query"])), query)
        return change(search(query, at, known), query)

    sources = {name: partial(lines_of, query) for name, query in queries.items()}
    for formula in request.get("formulas") or [{"formula": name} for name in queries]:
        tree = parse_formula(formula["formula"])
        lines = Evaluation(clock, known, sources).lines(tree)
        query = queries.get(formula["formula"].strip())
        source = _source(query) if query else str(formula["formula"])
        yield Answer(str(formula.get("alias") or ""), source, lines, _unit(formula, queries), formula)


def _source(query: Mapping[str, Any]) -> str:
    if query.get("data_source") in SOURCES:
        return str(query["data_source"])
    found = list(selections(parse_metric(query["query"])))
    return found[0].metric if found else str(query["query"])


def _reduced(lines: Lines, query: Mapping[str, Any]) -> Lines:
    reduce = _AGGREGATORS.get(str(query.get("aggregator") or _default(query)), np.mean)
    return [replace(line, values=np.array([float(reduce(line.values))]), band=None) for line in lines]


def _last(values: Values) -> float:
    return float(values[-1])


_AGGREGATORS: Mapping[str, Callable[[Values], Any]] = {
    "sum": np.sum, "last": _last, "max": np.max, "min": np.min, "avg": np.mean,
}  # fmt: skip


def _default(query: Mapping[str, Any]) -> str:
    if query.get("data_source") in SOURCES:
        return "sum" if (query.get("compute") or {}).get("aggregation") in ("count", "sum") else "avg"
    return "sum" if ".as_count()" in str(query.get("query")) else "avg"


def _unit(formula: Mapping[str, Any], queries: Mapping[str, Mapping[str, Any]]) -> Unit:
    given = (formula.get("number_format") or {}).get("unit") or {}
    if given.get("type") == "custom_unit_label":
        return Unit(label=given.get("label"))
    if given.get("unit_name"):
        return Unit(given["unit_name"], given.get("per_unit_name"))
    query = queries.get(formula["formula"].strip())
    return _unit_of(query) if query else Unit()


def _unit_of(query: Mapping[str, Any]) -> Unit:
    """The unit of a metric as the contract has it, where nothing is computed with it."""
    if query.get("data_source") in SOURCES:
        measure = (query.get("compute") or {}).get("metric")
        return Unit("nanosecond") if measure and "duration" in str(measure) else Unit()
    return own_unit(parse_metric(query["query"]))


def own_unit(tree: MetricExpression) -> Unit:
    """The unit of an expression that reads one metric and computes nothing with it; else that of a bare number."""
    found = list(selections(tree))
    if len(found) != 1 or isinstance(tree, Arithmetic):
        return Unit()
    query = found[0]
    metric = METRICS[query.metric]
    if metric.type is MetricType.DISTRIBUTION and query.space_aggregator == "count":
        return Unit()
    per = "second" if any(each.name == "as_rate" for each in query.modifiers) else metric.per
    return Unit(metric.unit, per)


def named_values(body: Any) -> Iterator[tuple[str, str]]:
    """Every tag key and plain value that the queries somewhere inside a body name."""
    if isinstance(body, list):
        for each in body:
            yield from named_values(each)
    elif isinstance(body, Mapping):
        for name, each in body.items():
            if isinstance(each, str) and (name == "q" or (name == "query" and body.get("data_source") == "metrics")):
                for selection in selections(parse_metric(each)):
                    for condition, _ in selection.conditions():
                        key, value = getattr(condition, "key", None), getattr(condition, "value", "")
                        if key and value and not set(value) & {"*", "$"}:
                            yield key, value
            elif name != "events":  # What is drawn over a graph is searched for in another language.
                yield from named_values(each)
