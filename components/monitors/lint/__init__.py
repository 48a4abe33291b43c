"""The rules every alert keeps, beyond its query being proved. Each is a pure function from an alert to findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from components.monitors.lint import evaluation, message, missing_data, ownership, thresholds
from components.monitors.lint.judged import Finding, Judged

RULES: tuple[Callable[[Judged], Iterator[Finding]], ...] = (
    thresholds.ways_back,
    evaluation.delays,
    evaluation.full_windows,
    evaluation.guards,
    evaluation.anomaly_windows,
    missing_data.legal,
    missing_data.forgetting,
    missing_data.absence,
    message.blocks,
    message.variables,
    message.handles,
    message.states,
    message.advice,
    ownership.acted_on,
    ownership.renotification,
)

__all__ = ["RULES", "Finding", "Judged"]
