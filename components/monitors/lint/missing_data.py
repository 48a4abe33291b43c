"""Rules about missing data: what the API refuses, and what would make an alert blind."""

from __future__ import annotations

from collections.abc import Iterator

from components.monitors.compile import policy
from components.monitors.condition import CheckCondition, MetricCondition
from components.monitors.lint.judged import Finding, Judged
from components.monitors.spec import MissingData
from contract.query.metric import Function
from contract.query.tree import walk

_FILLING = frozenset({"default", "default_zero"})
_LONGEST_TIMEOUT = 24


def legal(judged: Judged) -> Iterator[Finding]:
    """The policy exists for this type of alert."""
    condition, missing = judged.spec.condition, policy(judged.spec, judged.tier.urgency)
    if isinstance(condition, CheckCondition):
        if missing not in {MissingData.DEFAULT, MissingData.NOTIFY}:
            yield "on_missing_data", f"a check cannot {missing}", "DEFAULT (keep the last state) or NOTIFY"
        if missing is MissingData.NOTIFY and condition.silent_minutes < 1:
            yield "condition.silent_minutes", "is no number of minutes", "at least 1"
    if missing is not MissingData.DEFAULT and any(
        isinstance(node, Function) and node.name in _FILLING for node, _ in walk(judged.tree)
    ):
        # https://docs.datadoghq.com/monitors/guide/on_missing_data/: such a query has a value for missing data.
        yield (
            "on_missing_data",
            "has no effect: the query fills missing data with a value",
            "DEFAULT, or no default_zero",
        )


def forgetting(judged: Judged) -> Iterator[Finding]:
    """An alert ends without data in one way only, and after at most a day."""
    for arguments in judged.monitors():
        hours = arguments.get("timeout_h")
        if hours is None:
            continue
        if not 1 <= hours <= _LONGEST_TIMEOUT:
            yield "resolve_after_hours", f"{hours} is no number of hours of at most a day", "1 to 24, or None"
        if arguments.get("on_missing_data") == MissingData.RESOLVE:
            yield "resolve_after_hours", "an alert that ends without data at once cannot end later, too", "None"


def absence(judged: Judged) -> Iterator[Finding]:
    """What alerts on too little must not end when there is nothing at all."""
    condition, missing = judged.spec.condition, policy(judged.spec, judged.tier.urgency)
    if (
        isinstance(condition, MetricCondition)
        and condition.comparator in {"<", "<="}
        and not judged.group_by
        and missing is MissingData.RESOLVE
    ):
        yield "on_missing_data", "alerts on too little, but ends when there is nothing", "NOTIFY"
