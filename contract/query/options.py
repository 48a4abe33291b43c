"""Checks a monitor's options against its query: what Datadog's API refuses although each half is right by itself.

The rules are those of the API's answers ("Alert threshold (X) does not match that used in the query (Y)." and others)
and of the pages "Recovery Thresholds", "Anomaly Monitor" and "Configure Monitors". Whether a burn rate can be reached
depends on the target of the SLO, which neither the query nor the options hold; it is not checked here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from contract.query.check import ServiceCheckMonitor
from contract.query.errors import Fault, QueryError
from contract.query.formula import FormulaMonitor, variable_text
from contract.query.metric import Function, MetricMonitor, Reference
from contract.query.metric_builder import parse_metric
from contract.query.search_builder import parse_search
from contract.query.text import number_text
from contract.query.tree import Comparison, Window, walk
from contract.query.windows import window as read_window

_INTERVALS_PER_WINDOW = 5
_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong in a monitor's options: the path of the key, and what would be right."""

    path: str
    reason: str

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


def check_options(tree: object, options: Mapping[str, Any]) -> list[Finding]:
    """List everything in the options of a monitor that contradicts its query; empty when they fit."""
    thresholds = _numbers(options.get("thresholds"))
    findings: list[Finding] = []
    comparison = getattr(tree, "comparison", None)
    if isinstance(comparison, Comparison):
        findings += _critical(comparison, thresholds, options)
        findings += _sides(comparison, thresholds)
    window = getattr(tree, "window", None)
    if isinstance(window, Window):
        findings += _evaluation_window(window, options)
    if isinstance(tree, ServiceCheckMonitor):
        findings += _counts(tree, thresholds)
    if isinstance(tree, MetricMonitor):
        findings += _anomalies(tree, thresholds, options)
    if isinstance(tree, FormulaMonitor):
        findings += _variables(tree, options)
    return findings


def _numbers(given: object) -> dict[str, float]:
    """Return the thresholds that are numbers; the tools that create monitors also write them as text."""
    found: dict[str, float] = {}
    for name, value in given.items() if isinstance(given, Mapping) else ():
        if isinstance(value, int | float | str) and not isinstance(value, bool):
            try:
                found[name] = float(value)
            except (ValueError, OverflowError):
                continue
    return found


def _critical(comparison: Comparison, thresholds: Mapping[str, float], options: Mapping[str, Any]) -> Iterator[Finding]:
    given = options.get("thresholds")
    if not isinstance(given, Mapping) or not given:
        return
    if comparison.threshold is None:
        if not given.get("critical_query"):
            yield Finding("thresholds.critical_query", "missing: the query compares with `threshold`")
    elif "critical" not in thresholds:
        yield Finding("thresholds.critical", "missing: thresholds need the critical one, as in the query")
    elif thresholds["critical"] != comparison.threshold:
        critical, queried = number_text(thresholds["critical"]), number_text(comparison.threshold)
        yield Finding("thresholds.critical", f"{critical} does not match the {queried} of the query")


def _sides(comparison: Comparison, thresholds: Mapping[str, float]) -> Iterator[Finding]:
    """Warn before alerting, recover after leaving: the order along the direction the query alerts in."""
    if comparison.operator not in {">", ">=", "<", "<="}:
        return
    sign = 1 if comparison.operator in {">", ">="} else -1
    word = "less" if sign > 0 else "more"
    critical, warning = thresholds.get("critical"), thresholds.get("warning")
    if critical is not None and warning is not None and sign * warning >= sign * critical:
        yield Finding("thresholds.warning", f"must be {word} than the critical threshold with {comparison.operator}")
    for name, limit in (("critical", critical), ("warning", warning)):
        recovery = thresholds.get(f"{name}_recovery")
        if limit is None or recovery is None:
            continue
        # Recovery inverts the comparison (`>` recovers at `<=`), so equal thresholds leave no overlap.
        if sign * recovery > sign * limit:
            yield Finding(
                f"thresholds.{name}_recovery",
                f"{number_text(recovery)} overlaps {name} {comparison.operator} {number_text(limit)}: the monitor"
                f" would be in alert and in recovery at once; it must be {word}",
            )


def _evaluation_window(window: Window, options: Mapping[str, Any]) -> Iterator[Finding]:
    path = "scheduling_options.evaluation_window"
    scheduling = _first(options.get("scheduling_options"))
    starts = _first(scheduling.get("evaluation_window"))
    if starts and window.kind != "current":
        yield Finding(path, f"goes with a current window only, not with {window.kind}_{window.amount}{window.unit}")
    elif window.kind == "current" and not starts:
        yield Finding(path, f"missing: say when the current {window.amount}{window.unit} starts")


def _first(given: object) -> Mapping[str, Any]:
    """Return a block that tools write either as a mapping or as a list of one."""
    if isinstance(given, list) and given:
        given = given[0]
    return given if isinstance(given, Mapping) else {}


def _counts(tree: ServiceCheckMonitor, thresholds: Mapping[str, float]) -> Iterator[Finding]:
    if tree.by_percent:
        return
    for name in ("critical", "ok", "unknown", "warning"):
        if thresholds.get(name, 0) > tree.last:
            count = number_text(thresholds[name])
            yield Finding(f"thresholds.{name}", f"{count} in a row never occur: the query looks at .last({tree.last})")


def _anomalies(tree: MetricMonitor, thresholds: Mapping[str, float], options: Mapping[str, Any]) -> Iterator[Finding]:
    """Apply the rules of "Anomaly Monitor", whose windows are in the query and, once more, in the options."""
    for anomalies in (node for node, _ in walk(tree) if isinstance(node, Function) and node.name == "anomalies"):
        alert = _window(anomalies.keyword("alert_window"))
        if alert is None:
            continue
        if tree.window.seconds < alert.seconds:
            yield Finding("query", "the window of the query must not be shorter than alert_window")
        interval = anomalies.keyword("interval")
        longest = alert.seconds // _INTERVALS_PER_WINDOW
        if isinstance(interval, float) and interval > longest:
            yield Finding("query", f"interval must be at most a fifth of alert_window: {longest} seconds")
        yield from _anomaly_windows(alert, thresholds, _first(options.get("threshold_windows")))


def _anomaly_windows(alert: Window, thresholds: Mapping[str, float], given: Mapping[str, Any]) -> Iterator[Finding]:
    windows = {name: _window(given.get(name)) for name in ("trigger_window", "recovery_window")}
    for name, window in windows.items():
        if window is None:
            yield Finding(f"threshold_windows.{name}", "missing: alert_window needs it here too, such as last_15m")
    trigger, recovery = windows.values()
    if trigger and trigger.seconds != alert.seconds:
        yield Finding("threshold_windows.trigger_window", "must be the alert_window of the query")
    if trigger and recovery and trigger.seconds > recovery.seconds:
        # An older stretch of the trigger window alone must not be enough to alert while the recovery window is calm.
        shortest = trigger.seconds * (1 - thresholds.get("critical", 1.0)) + _MINUTE
        if recovery.seconds < shortest:
            yield Finding(
                "threshold_windows.recovery_window",
                f"must be at least {number_text(shortest / _MINUTE)} minutes: the monitor could be in alert and in"
                " recovery at once",
            )


def _window(given: object) -> Window | None:
    if not isinstance(given, str):
        return None
    try:
        return read_window(given)
    except Fault:
        return None


def _variables(tree: FormulaMonitor, options: Mapping[str, Any]) -> Iterator[Finding]:
    given = options.get("variables")
    defined = {variable.name for variable in tree.variables}
    used = {node.name for node, _ in walk(tree.expression) if isinstance(node, Reference)}
    for name in sorted(used - defined):
        yield Finding("variables", f"the formula refers to '{name}', which is not defined")
    for index, item in enumerate(given if isinstance(given, list | tuple) else ()):
        text = variable_text(item) if isinstance(item, Mapping) else None
        if text is None:
            continue
        query, is_search = text
        try:
            _ = parse_search(query) if is_search else parse_metric(query)
        except QueryError as error:
            yield Finding(f"variables[{index}]", str(error))
