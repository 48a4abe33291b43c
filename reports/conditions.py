"""When an alert fires, in words: its limit and its window."""

from __future__ import annotations

from collections.abc import Mapping

from contract.query import MonitorQuery, explain
from contract.query.check import ServiceCheckMonitor
from contract.query.metric import MetricMonitor

_WORDS = {">": "above", ">=": "at least", "<": "below", "<=": "at most"}


def comparator(tree: MonitorQuery) -> str:
    """How the measured value is compared, in words; empty where nothing is compared."""
    operator: str = tree.comparison.operator if hasattr(tree, "comparison") else ""
    return _WORDS.get(operator, operator)


def limits(tree: MonitorQuery, thresholds: Mapping[str, str], unit: str) -> str:
    """The limit, and that of the warning."""
    if isinstance(tree, ServiceCheckMonitor):
        return f"{thresholds['critical']} failures in a row"
    limit = f"{comparator(tree)} {thresholds['critical']} {unit}".rstrip()
    warning = thresholds.get("warning")
    return limit if warning is None else f"{limit}, warning {warning}"


def window(tree: MonitorQuery) -> str:
    """What it looks at at once; empty where it has no window."""
    if isinstance(tree, ServiceCheckMonitor):
        return f"the last {tree.last} statuses"
    words = explain(tree.window) if hasattr(tree, "window") else ""
    if isinstance(tree, MetricMonitor):
        if tree.change is not None:
            return f"{words}, against those before"
        return f"{tree.time_aggregator} {words}"
    return words
