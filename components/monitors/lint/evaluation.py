"""Rules about how a query is evaluated: windows, delays, and ratios of little traffic."""

from __future__ import annotations

from collections.abc import Iterator

from components.monitors.condition import MetricCondition
from components.monitors.lint.judged import Finding, Judged
from contract.query.metric import Arithmetic, Function, MetricMonitor, MetricSelection
from contract.query.tree import walk

RATIO_DELAY = 60
"""Seconds: https://docs.datadoghq.com/monitors/configuration/ advises it for ratios."""
LONGEST_DELAY = 86_400
LONGEST_GROUP_DELAY = 86_400
_GUARDS = frozenset({"is_greater", "is_between"})
_COUNTERS = frozenset({"as_count", "as_rate"})


def delays(judged: Judged) -> Iterator[Finding]:
    """Delays are legal, and ratios wait until both of their halves have arrived."""
    if not 0 <= judged.spec.new_group_delay <= LONGEST_GROUP_DELAY:
        yield "new_group_delay", "is no number of seconds of at most a day", f"0 to {LONGEST_GROUP_DELAY}"
    condition = judged.spec.condition
    if not isinstance(condition, MetricCondition):
        return
    delay = condition.evaluation_delay
    if not 0 <= delay <= LONGEST_DELAY:
        yield "evaluation_delay", "is no number of seconds of at most a day", f"0 to {LONGEST_DELAY}"
    if delay < RATIO_DELAY and any(_ratios(judged)):
        yield "evaluation_delay", f"{delay} s is too short for a ratio", f"at least {RATIO_DELAY}"


def full_windows(judged: Judged) -> Iterator[Finding]:
    """Counts leave gaps: an alert on a sum of them that wants full windows is cancelled again and again.

    https://docs.datadoghq.com/monitors/types/metric/ (the evaluation is skipped when more than three buckets are empty)
    """
    condition = judged.spec.condition
    if isinstance(condition, MetricCondition) and condition.full_window and any(_counters(judged.tree)):
        yield "full_window", "is never true for long: a count sends nothing when nothing happens", "False"


def guards(judged: Judged) -> Iterator[Finding]:
    """A ratio of counts says nothing below a minimum of traffic, and its guard must not look like an alert."""
    quotients = [ratio for ratio in _ratios(judged) if any(_counters(ratio.right))]
    if not quotients or not isinstance(judged.tree, MetricMonitor):
        return
    guarded = {
        one.metric
        for node, _ in walk(judged.tree)
        if isinstance(node, Function) and node.name in _GUARDS
        for one, _ in walk(node)
        if isinstance(one, MetricSelection)
    }
    for quotient in quotients:
        traffic = {one.metric for one in _counters(quotient.right)}
        if not traffic <= guarded:
            yield (
                "condition.expression",
                "a ratio without a minimum of traffic: one failure of three would alert",
                f"multiply with is_greater({', '.join(sorted(traffic))}, MINIMUM)",
            )
    if guarded and judged.tree.comparison.operator in {"<", "<="}:
        yield (
            "condition.comparator",
            "the guard makes the value 0 when there is little traffic, and 0 alerts",
            "turn the ratio around, so that it alerts above",
        )


def anomaly_windows(judged: Judged) -> Iterator[Finding]:
    """Anomalies have windows of their own, and nothing else has."""
    condition = judged.spec.condition
    if not isinstance(condition, MetricCondition):
        return
    detects = any(isinstance(node, Function) and node.name == "anomalies" for node, _ in walk(judged.tree))
    if detects and condition.anomaly is None:
        yield "condition.anomaly", "missing: anomalies() needs trigger and recovery windows", "AnomalyWindows(...)"
    if condition.anomaly is not None and not detects:
        yield "condition.anomaly", "goes with anomalies() only", "leave it out"


def _ratios(judged: Judged) -> Iterator[Arithmetic]:
    """Divisions of series by series."""
    for node, _ in walk(judged.tree):
        if isinstance(node, Arithmetic) and node.operator == "/" and all(map(_reads, (node.left, node.right))):
            yield node


def _reads(expression: object) -> bool:
    return any(isinstance(node, MetricSelection) for node, _ in walk(expression))


def _counters(tree: object) -> Iterator[MetricSelection]:
    for node, _ in walk(tree):
        if isinstance(node, MetricSelection) and any(modifier.name in _COUNTERS for modifier in node.modifiers):
            yield node
