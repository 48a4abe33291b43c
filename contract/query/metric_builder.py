"""Builds the tree of a metric query while it is parsed, and refuses words that Datadog does not know."""

# ruff: noqa: D102 -- the methods are named after grammar rules, and the grammar documents those

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from lark import Token

from contract.query import metric
from contract.query.engine import Language, parse
from contract.query.errors import Fault
from contract.query.scope_builder import ScopeBuilder, refuse_mixture
from contract.query.signatures import checked_arguments, checked_keywords, checked_modifier, one_of
from contract.query.tree import Comparison, place, walk
from contract.query.vocabulary import (
    CHANGE_AGGREGATORS,
    FORECAST_FORBIDDEN,
    FUNCTIONS,
    NESTED_AGGREGATORS,
    SPACE_AGGREGATORS,
    TIME_AGGREGATORS,
    is_percentile,
)
from contract.query.windows import shift, window

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contract.query.vocabulary import Signature

_COUNT_VALUES = re.compile(r"count\s*\(\s*v\s*:\s*v\s*([<>=!]+)\s*([0-9.-]+)\s*\)\s*:\s*(.*)", re.DOTALL)


class MetricBuilder(ScopeBuilder):
    """One method per rule of `metric.lark`; each gets the children of the rule and returns a node.

    Args:
        in_monitor: refuse functions that monitors do not allow.
        in_formula: names stand for queries defined elsewhere, and metrics do not occur.
        functions: the functions that exist.
    """

    def __init__(self, *, in_monitor: bool, in_formula: bool, functions: Mapping[str, Signature] = FUNCTIONS) -> None:
        super().__init__()
        self._in_monitor = in_monitor
        self._in_formula = in_formula
        self._functions = functions

    def metric_monitor(self, children: list[Any]) -> metric.MetricMonitor:
        *evaluation, expression, operator, threshold = children
        start = evaluation[0]
        change = None
        if len(evaluation) > len(("aggregator", "window")):
            kind, *evaluation, earlier = evaluation
            known = one_of(_called(kind), CHANGE_AGGREGATORS, "change", place(kind))
            change = metric.Change(known, shift(earlier.value, place(earlier)), place(kind))
        aggregate, over = evaluation
        if not any(isinstance(node, metric.MetricSelection) for node, _ in walk(expression)):
            raise Fault("the query reads no metric: a number alone never changes", place(expression))
        limit = threshold.value if isinstance(threshold, metric.Number) else None
        return metric.MetricMonitor(
            one_of(_called(aggregate), TIME_AGGREGATORS, "time aggregator", place(aggregate)),
            window(over.value, place(over)),
            expression,
            Comparison(operator.value, limit, place(operator)),
            change,
            place(start),
        )

    def metric_list(self, children: list[Any]) -> metric.MetricExpression:
        if len(children) == 1:
            return children[0]  # type: ignore[no-any-return]
        return metric.SeriesList(tuple(children), children[0].position)

    def arithmetic(self, children: list[Any]) -> metric.Arithmetic:
        left, operator, right = children
        return metric.Arithmetic(operator.value, left, right, left.position)

    def sign(self, children: list[Any]) -> metric.Signed:
        sign, operand = children
        return metric.Signed(sign.value, operand, place(sign))

    def number(self, children: list[Token]) -> metric.Number:
        value = float(children[-1])
        if math.isinf(value):
            raise Fault(f"{children[-1]} is too large a number", place(children[-1]))
        return metric.Number(-value if children[0] == "-" else value, place(children[0]))

    def reference(self, children: list[Token]) -> metric.Reference:
        (name,) = children
        if not self._in_formula:
            raise Fault(f"'{name}' has no scope: write {name}{{*}} for everything", place(name))
        return metric.Reference(name.value, place(name))

    def text(self, children: list[Token]) -> Token:
        return children[0]

    word = text

    def keyword(self, children: list[Any]) -> tuple[Token, Any]:
        return children[0], children[1]

    def keys(self, children: list[Token]) -> tuple[str, ...]:
        for key in children:
            if ":" in key or "*" in key:
                raise Fault(f"'{key}' is no tag key to group by: name the key alone", place(key))
        return tuple(key.value for key in children)

    def group(self, children: list[Token]) -> tuple[str, ...]:
        return self.keys(children[1:])

    def modifier(self, children: list[Any]) -> metric.Modifier:
        name = children[0]
        return checked_modifier(name[1:-1].strip(), place(name), children[1:])

    def selection(self, children: list[Any]) -> metric.MetricSelection:
        head, scope, *rest = children
        if self._in_formula:
            raise Fault("a formula names its queries: define this one beside it", place(head))
        refuse_mixture(scope)
        _refuse_both_ways_of_counting(rest)
        group = rest.pop(0) if rest and isinstance(rest[0], tuple) else ()
        aggregator, name, values = _head(head)
        return metric.MetricSelection(aggregator, name, scope, group, tuple(rest), values, place(head))

    def function(self, children: list[Any]) -> metric.Function | metric.NestedAggregation:
        token, *given = children
        name, position = _called(token), place(token)
        if given and isinstance(given[-1], tuple) and isinstance(given[-1][0], str) and not _is_keyword(given[-1]):
            return self._nested(name, position, given)
        signature = self._functions[one_of(name, self._functions, "function", position)]
        if self._in_monitor and not signature.in_monitors:
            raise Fault(f"{name}() cannot be used in monitors", position)
        keywords = [item for item in given if _is_keyword(item)]
        positional = [item for item in given if not isinstance(item, tuple)]
        found = metric.Function(
            name,
            checked_arguments(name, position, signature, positional),
            checked_keywords(name, signature, keywords),
            position,
        )
        if name == "forecast":
            _refuse_in_forecast(found)
        return found

    @staticmethod
    def _nested(name: str, position: int, given: list[Any]) -> metric.NestedAggregation:
        if not is_percentile(name):
            one_of(name, NESTED_AGGREGATORS, "aggregator of an aggregated series", position)
        if len(given) != 2 or isinstance(given[0], tuple | Token):  # noqa: PLR2004
            raise Fault(f"{name}() takes a grouped series and the keys to keep, such as {{host}}", position)
        return metric.NestedAggregation(name, given[0], given[1], position)


def _is_keyword(item: object) -> bool:
    return isinstance(item, tuple) and isinstance(item[0], Token)


def _called(token: Token) -> str:
    return str(token[:-1]).rstrip()


def _head(token: Token) -> tuple[str | None, str, metric.ValueFilter | None]:
    """Split `avg:system.load.1`, `system.load.1` or `count(v: v>=10):latency` into aggregator, metric and filter."""
    position = place(token)
    if token.type == "COUNT_VALUES" and (match := _COUNT_VALUES.fullmatch(token)):
        return "count", match[3], metric.ValueFilter(match[1], float(match[2]), position)
    if token.type == "NAME":
        return None, token.value, None
    aggregator, _, name = token.value.partition(":")
    aggregator = aggregator.rstrip()
    if not is_percentile(aggregator):
        one_of(aggregator, SPACE_AGGREGATORS, "space aggregator", position)
    return aggregator, name.lstrip(), None


def _refuse_both_ways_of_counting(modifiers: list[Any]) -> None:
    counting = [one for one in modifiers if getattr(one, "name", "") in {"as_count", "as_rate"}]
    if len(counting) > 1:
        raise Fault("a selection has one of as_count() and as_rate()", counting[1].position)


def _refuse_in_forecast(forecast: metric.Function) -> None:
    for node, depth in walk(forecast):
        if depth and isinstance(node, metric.Function) and node.name in FORECAST_FORBIDDEN:
            raise Fault(f"{node.name}() cannot be used inside forecast()", node.position)


_GRAPH = Language("metric.lark", "metric_list", MetricBuilder(in_monitor=False, in_formula=False))
_MONITOR = Language("metric.lark", "metric_monitor", MetricBuilder(in_monitor=True, in_formula=False))


def parse_metric(query: str) -> metric.MetricExpression:
    """Parse a metric query of a dashboard or an SLO: no window, no comparison; commas separate several.

    Raises:
        QueryError: the text is no metric query.
    """
    found: metric.MetricExpression = parse(_GRAPH, query)
    return found


def parse_metric_monitor(query: str) -> metric.MetricMonitor:
    """Parse the query of a metric monitor.

    Raises:
        QueryError: the text is no metric monitor's query.
    """
    found: metric.MetricMonitor = parse(_MONITOR, query)
    return found
