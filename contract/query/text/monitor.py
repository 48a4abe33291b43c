"""Prints the monitors that are chains of steps or boolean expressions, and metric monitors."""

from __future__ import annotations

from typing import Any

from contract.query.check import ServiceCheckMonitor
from contract.query.composite import CompositeMonitor, Member
from contract.query.event import EventMonitor, Rollup
from contract.query.formula import Analysis, FormulaMonitor
from contract.query.metric import Function
from contract.query.slo import BurnRateMonitor, ErrorBudgetMonitor
from contract.query.text.core import quoted, to_text
from contract.query.text.search import escaped
from contract.query.tree import And, Not, Or, Window, walk
from contract.query.vocabulary import JOB_FUNCTIONS


@to_text.register
def _(tree: EventMonitor) -> str:
    return "".join(
        (
            f'{tree.source}("{escaped(tree.search)}")',
            _step("source", tree.issues),
            f".{tree.impact}()" if tree.impact else "",
            _step("index", *tree.indexes),
            _step("over", *tree.over),
            to_text(tree.rollup) if tree.rollup else "",
            _step("by", ",".join(tree.group_by)),
            _timeframe(tree.window),
            to_text(tree.comparison),
        )
    )


@to_text.register
def _(tree: Rollup) -> str:
    return _step("rollup", tree.method, tree.measure)


@to_text.register
def _(tree: FormulaMonitor) -> str:
    bare = any(isinstance(node, Function) and node.name in JOB_FUNCTIONS for node, _ in walk(tree.expression))
    group = ",".join(tree.group_by)
    return "".join(
        (
            f'formula("{to_text(tree.expression)}")',
            to_text(tree.rollup) if tree.rollup else "",
            (f".by({group})" if group else "") if bare else _step("by", group),
            _timeframe(tree.window).replace('"', "") if bare else _timeframe(tree.window),
            to_text(tree.analysis) if tree.analysis else "",
            to_text(tree.comparison),
        )
    )


@to_text.register
def _(tree: Analysis) -> str:
    given = [quoted(item) for item in tree.arguments] + [f"{name}={quoted(value)}" for name, value in tree.keywords]
    return f".{tree.name}({', '.join(given)})"


@to_text.register
def _(tree: ServiceCheckMonitor) -> str:
    steps = _step("over", *tree.over), _step("exclude", *tree.exclude), _step("by", *tree.group_by)
    end = "pct_by_status" if tree.by_percent else "count_by_status"
    return f"{quoted(tree.check)}{''.join(steps)}.last({tree.last}).{end}()"


@to_text.register
def _(tree: ErrorBudgetMonitor) -> str:
    return f"error_budget({quoted(tree.slo_id)}){_step('over', _span(tree.over))}{to_text(tree.comparison)}"


@to_text.register
def _(tree: BurnRateMonitor) -> str:
    windows = (("over", tree.over), ("long_window", tree.long_window), ("short_window", tree.short_window))
    steps = "".join(_step(name, _span(window)) for name, window in windows)
    return f"burn_rate({quoted(tree.slo_id)}){steps}{to_text(tree.comparison)}"


def _span(window: Window) -> str:
    return f"{window.amount}{window.unit}"


def _timeframe(window: Window) -> str:
    return _step(window.kind, _span(window))


def _step(name: str, *arguments: str | None) -> str:
    given = [argument for argument in arguments if argument]
    return f".{name}({','.join(map(quoted, given))})" if given else ""


@to_text.register
def _(tree: CompositeMonitor) -> str:
    return _composite(tree.condition)


def _composite(tree: Any) -> str:
    if isinstance(tree, Member):
        return str(tree.monitor_id)
    if isinstance(tree, Not):
        return "!" + _composite_operand(tree.operand)
    return (" && " if isinstance(tree, And) else " || ").join(map(_composite_operand, tree.operands))


def _composite_operand(tree: Any) -> str:
    return f"({_composite(tree)})" if isinstance(tree, And | Or) else _composite(tree)
