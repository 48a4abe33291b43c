"""Rules about thresholds, beyond those that `contract.query.check_options` knows."""

from __future__ import annotations

from collections.abc import Iterator

from components.monitors.condition import CheckCondition
from components.monitors.lint.judged import Finding, Judged


def ways_back(judged: Judged) -> Iterator[Finding]:
    """An alert says where it ends: a value that sways around one number would ring again and again."""
    condition = judged.spec.condition
    if isinstance(condition, CheckCondition):
        if condition.failures < 1 or condition.successes < 1:
            yield "condition", "counts of statuses begin at 1", "failures=2, successes=2"
        return
    limits = condition.thresholds
    if limits.critical_recovery is None:
        yield "thresholds.critical_recovery", "missing", "on the good side of critical, or equal to it"
    if (limits.warning is None) != (limits.warning_recovery is None):
        yield "thresholds.warning_recovery", "goes with a warning, and only with one", "both or neither"
