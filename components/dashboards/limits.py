"""Lines and colours at the limits of alerts: from the alerts themselves, so that the two cannot differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from components.dashboards.palette import Line, State
from components.monitors.condition import Comparator, MetricCondition
from components.monitors.spec import MonitorSpec
from contract.query.text import number_text

_OPPOSITE: Mapping[Comparator, Comparator] = {
    Comparator.ABOVE: Comparator.AT_MOST,
    Comparator.AT_LEAST: Comparator.BELOW,
    Comparator.BELOW: Comparator.AT_LEAST,
    Comparator.AT_MOST: Comparator.ABOVE,
}
_CHANGE = re.compile(r"\s*(change|pct_change)\(|.*\b(anomalies|forecast|outliers)\(", re.DOTALL)
_TOTAL = re.compile(r"\s*sum\([^)]*\):[^/]*$", re.DOTALL)
"""A sum over the alert's window that is divided by nothing."""


def undrawable(alert: MonitorSpec) -> str | None:
    """Say why this alert's limits mean nothing beside a value over time; None where they do."""
    condition = alert.condition
    if not isinstance(condition, MetricCondition):
        return "its limits are none of a metric"
    if _CHANGE.match(condition.expression):
        return "it compares with other times or an expected band: show it as an AlertGraph"
    if _TOTAL.match(condition.expression):
        return "it adds up its window, and a point of a graph is another span of time: show it as an AlertGraph"
    return None


def limits(alert: MonitorSpec) -> list[float]:
    """Its limits, the most severe first."""
    return [value for value, *_ in _limits(alert)]


def markers(alert: MonitorSpec) -> list[dict[str, Any]]:
    """The lines over a time series."""
    return [
        {
            "value": f"y = {number_text(value)}",
            "label": f" {word} {comparator} {number_text(value)} {alert.unit} ",
            "display_type": line.value,
        }
        for value, comparator, word, line, _ in _limits(alert)
    ]


def conditional_formats(alert: MonitorSpec) -> list[dict[str, Any]]:
    """The colours of a number; Datadog takes the first that holds."""
    found = list(_limits(alert))
    if not found:
        return []
    mildest, comparator, *_ = found[-1]
    return [
        *(_format(comparator, value, state) for value, comparator, _, _, state in found),
        _format(_OPPOSITE[comparator], mildest, State.GOOD),
    ]


def _limits(alert: MonitorSpec) -> Iterator[tuple[float, Comparator, str, Line, State]]:
    condition = alert.condition
    if not isinstance(condition, MetricCondition):
        return
    yield condition.thresholds.critical, condition.comparator, "alert", Line.BAD, State.BAD
    if condition.thresholds.warning is not None:
        yield condition.thresholds.warning, condition.comparator, "warning", Line.WARNING, State.WARNING


def _format(comparator: Comparator, value: float, state: State) -> dict[str, Any]:
    return {"comparator": comparator.value, "value": value, "palette": state.value}
