"""Prints metric queries."""

from __future__ import annotations

import re
from typing import Any

from contract.query import metric
from contract.query.text.core import number_text, quoted, to_text
from contract.query.tree import And, Not, Or

_PRECEDENCE = {"+": 1, "-": 1, "*": 2, "/": 2}
_WORD = re.compile(r"[A-Za-z_][\w.]*")


@to_text.register
def _(tree: metric.MetricMonitor) -> str:
    evaluation = f"{tree.time_aggregator}({to_text(tree.window)})"
    if tree.change:
        evaluation = f"{tree.change.kind}({evaluation},{to_text(tree.change.shift)})"
    return f"{evaluation}:{to_text(tree.expression)}{to_text(tree.comparison)}"


@to_text.register
def _(tree: metric.MetricSelection) -> str:
    head = f"{tree.space_aggregator}:" if tree.space_aggregator else ""
    if tree.value_filter:
        head = f"count(v: v{tree.value_filter.operator}{number_text(tree.value_filter.threshold)}):"
    group = f" by {{{','.join(tree.group_by)}}}" if tree.group_by else ""
    return f"{head}{tree.metric}{{{_scope(tree.scope)}}}{group}{''.join(map(to_text, tree.modifiers))}"


@to_text.register
def _(tree: metric.Modifier) -> str:
    return f".{tree.name}({', '.join(_literal(value, bare=True) for value in tree.arguments)})"


@to_text.register
def _(tree: metric.Number) -> str:
    return number_text(tree.value)


@to_text.register
def _(tree: metric.Reference) -> str:
    return tree.name


@to_text.register
def _(tree: metric.Signed) -> str:
    return tree.sign + _operand(tree.operand, isinstance(tree.operand, metric.Arithmetic | metric.Signed))


@to_text.register
def _(tree: metric.Arithmetic) -> str:
    own = _PRECEDENCE[tree.operator]
    left = isinstance(tree.left, metric.Arithmetic) and _PRECEDENCE[tree.left.operator] < own
    right = isinstance(tree.right, metric.Arithmetic) and _PRECEDENCE[tree.right.operator] <= own
    return f"{_operand(tree.left, left)} {tree.operator} {_operand(tree.right, right)}"


@to_text.register
def _(tree: metric.Function) -> str:
    arguments = [_literal(item) if isinstance(item, str | float) else to_text(item) for item in tree.arguments]
    keywords = [f"{name}={_literal(value)}" for name, value in tree.keywords]
    return f"{tree.name}({', '.join(arguments + keywords)})"


@to_text.register
def _(tree: metric.NestedAggregation) -> str:
    return f"{tree.aggregator}({to_text(tree.operand)}, {{{','.join(tree.group_by)}}})"


@to_text.register
def _(tree: metric.SeriesList) -> str:
    return ", ".join(map(to_text, tree.expressions))


def _operand(tree: Any, in_parentheses: bool) -> str:
    return f"({to_text(tree)})" if in_parentheses else to_text(tree)


def _literal(value: str | float, *, bare: bool = False) -> str:
    if isinstance(value, float):
        return number_text(value)
    return value if bare and _WORD.fullmatch(value) else quoted(value, "'")


def _scope(tree: metric.Scope) -> str:
    if isinstance(tree, And):
        return ("," if tree.symbolic else " AND ").join(map(_scope_operand, tree.operands))
    if isinstance(tree, Or):
        return " OR ".join(map(_scope_operand, tree.operands))
    if isinstance(tree, Not):
        return ("!" if tree.symbolic else "NOT ") + _scope_operand(tree.operand)
    return to_text(tree)


def _scope_operand(tree: metric.Scope) -> str:
    return f"({_scope(tree)})" if isinstance(tree, And | Or) else _scope(tree)


@to_text.register
def _(tree: metric.Tag) -> str:
    return tree.value if tree.key is None else f"{tree.key}:{tree.value}"


@to_text.register
def _(tree: metric.Membership) -> str:
    return f"{tree.key} {'NOT IN' if tree.negated else 'IN'} ({','.join(tree.values)})"
