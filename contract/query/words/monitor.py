"""Explains the monitors that are chains of steps or boolean expressions."""

from __future__ import annotations

from contract.query.check import ServiceCheckMonitor
from contract.query.composite import CompositeMonitor, Member
from contract.query.event import EventMonitor, Rollup
from contract.query.formula import FormulaMonitor
from contract.query.slo import BurnRateMonitor, ErrorBudgetMonitor
from contract.query.tree import Everything
from contract.query.words.core import explain, listed, per_group, span

_THINGS = {"audits": "audit events", "rum": "RUM events", "trace-analytics": "spans"}


@explain.register
def _(tree: EventMonitor) -> str:
    things = _THINGS.get(tree.source, tree.source.replace("-", " "))
    if tree.impact:
        things += " (new issues)" if tree.impact == "new" else " (by impact)"
    found = "" if isinstance(tree.search, Everything) else f" where {explain(tree.search)}"
    over = "" if tree.over in {(), ("*",)} else f" on {listed(tree.over)}"
    rollup = explain(tree.rollup) if tree.rollup else "number"
    watched = f"the {rollup} of {things}{found}{over} {explain(tree.window)}"
    return f"Alerts when {watched} is {explain(tree.comparison)}{per_group(tree.group_by)}."


@explain.register
def _(tree: Rollup) -> str:
    if tree.method == "cardinality":
        return f"number of different {tree.measure}"
    return "number" if tree.method == "count" else f"{tree.method} of {tree.measure}"


@explain.register
def _(tree: FormulaMonitor) -> str:
    watched = explain(tree.expression)
    if tree.analysis:
        watched = f"the {tree.analysis.name} of {watched}"
    names = [
        f"{variable.name} is {explain(variable.reads)} ({variable.data_source})"
        for variable in tree.variables
        if variable.reads is not None
    ]
    where = f" Here {'; '.join(names)}." if names else ""
    groups = per_group(tree.group_by)
    return f"Alerts when {watched} {explain(tree.window)} is {explain(tree.comparison)}{groups}.{where}"


@explain.register
def _(tree: ServiceCheckMonitor) -> str:
    over = "everywhere" if tree.over == ("*",) else f"on {listed(tree.over)}"
    without = f", except on {listed(tree.exclude)}" if tree.exclude else ""
    counted = (
        "the share of failing checks reaches a threshold"
        if tree.by_percent
        else f"as many of its last {tree.last} statuses in a row are bad as the thresholds say"
    )
    groups = per_group(tree.group_by)
    return f"Alerts when {counted}, for the check {tree.check} {over}{without}{groups}."


@explain.register
def _(tree: ErrorBudgetMonitor) -> str:
    spent = f"the part of the error budget of SLO {tree.slo_id} that is spent in {span(tree.over)}"
    return f"Alerts when {spent} is {explain(tree.comparison)} percent."


@explain.register
def _(tree: BurnRateMonitor) -> str:
    return (
        f"Alerts when the error budget of SLO {tree.slo_id} ({span(tree.over)}) burns at a rate "
        f"{explain(tree.comparison)} over {span(tree.long_window)} and still over {span(tree.short_window)}."
    )


@explain.register
def _(tree: CompositeMonitor) -> str:
    return f"Alerts when {explain(tree.condition)}."


@explain.register
def _(tree: Member) -> str:
    return f"monitor {tree.monitor_id} alerts"
