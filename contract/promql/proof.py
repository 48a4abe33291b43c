"""The proof of a query in PromQL: that it can be read, and that each of its names, labels and values exists."""

from __future__ import annotations

import re
from collections.abc import Iterator

import promql_parser
from promql_parser import AggregateExpr, BinaryExpr, Call, Expr, MatchOp, MatrixSelector, VectorSelector

from contract.promql.names import Names
from contract.proof.hints import did_you_mean

_COUNTERS_ONLY = frozenset({"rate", "increase", "irate", "resets"})
_COUNTER = re.compile(r".*(_total|_bucket|_sum|_count)")


def prove(query: str, names: Names) -> list[str]:
    """Everything that is wrong with this query, as sentences; empty where it can select something."""
    try:
        tree = promql_parser.parse(query)
    except ValueError as wrong:
        return [f"cannot be read: {wrong}"]
    found = [finding for selector in _selectors(tree) for finding in _wrong(selector, names)]
    return list(dict.fromkeys([*found, *_not_counters(tree), *_labels_of_groups(tree, names)]))


def nodes(tree: Expr) -> list[Expr]:
    """A query's parts, itself included."""
    found: list[Expr] = []
    promql_parser.walk(tree, found.append)
    return found


def _selectors(tree: Expr) -> Iterator[VectorSelector]:
    for node in nodes(tree):
        if isinstance(node, VectorSelector):
            yield node
        elif isinstance(node, MatrixSelector):
            yield node.vector_selector


def _wrong(selector: VectorSelector, names: Names) -> Iterator[str]:
    name = selector.name
    if name is None:
        yield f"{selector.prettify()} names no metric"
        return
    if name not in names.labels:
        yield f"no series is called {name}{did_you_mean(name, names.labels)}"
        return
    if selector.matchers.or_matchers:
        yield f"{selector.prettify()} has alternatives in its braces, which Prometheus does not know"
    for matcher in selector.matchers.matchers:
        if matcher.name not in names.labels[name]:
            yield f"{name} has no label {matcher.name}{did_you_mean(matcher.name, names.labels[name])}"
            continue
        possible = names.values[name].get(matcher.name)
        if possible is not None and not any(_matches(matcher.op, matcher.value, value) for value in possible):
            shown = ", ".join(sorted(possible)) or "nothing here"
            yield f"{matcher.name} of {name} is never {matcher.value!r}: it is {shown}"


def _matches(op: MatchOp, pattern: str, value: str) -> bool:
    match op:
        case MatchOp.Equal:
            return value == pattern
        case MatchOp.NotEqual:
            return value != pattern
        case MatchOp.Re:
            return re.fullmatch(pattern, value) is not None
        case _:
            return re.fullmatch(pattern, value) is None


def _not_counters(tree: Expr) -> Iterator[str]:
    for node in nodes(tree):
        if isinstance(node, Call) and node.func.name in _COUNTERS_ONLY:
            for selector in (one for arg in node.args for one in _selectors(arg)):
                if selector.name and not _COUNTER.fullmatch(selector.name):
                    yield f"{node.func.name}() is for counters, and {selector.name} is none"


def _labels_of_groups(tree: Expr, names: Names) -> Iterator[str]:
    """Labels that an aggregation goes by and none of its series has: each group would be everything."""
    for node in nodes(tree):
        if isinstance(node, AggregateExpr) and node.modifier is not None:
            known = {label for one in _selectors(node.expr) for label in names.labels.get(one.name or "", ())}
            yield from (
                f"goes by {label}, which no series in {node.expr.prettify()} has"
                for label in node.modifier.labels
                if known and label not in known
            )
        if isinstance(node, BinaryExpr) and node.modifier is not None and node.modifier.matching is not None:
            known = {label for one in _selectors(node) for label in names.labels.get(one.name or "", ())}
            yield from (
                f"matches on {label}, which no series has"
                for label in node.modifier.matching.labels
                if known and label not in known
            )
