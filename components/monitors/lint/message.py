"""Rules about messages: what they refer to exists, and nobody is told in every state."""

from __future__ import annotations

from collections.abc import Iterator

from components.monitors.condition import CheckCondition
from components.monitors.lint.judged import Finding, Judged
from components.monitors.lint.template import CONDITIONS, MATCHES, Template, read
from components.monitors.spec import MissingData

_EVERYWHERE = frozenset(
    {
        "comparator",
        "first_triggered_at",
        "first_triggered_at_epoch",
        "last_triggered_at",
        "last_triggered_at_epoch",
        "triggered_duration_sec",
    }
)
_MEASURED = frozenset({"value", "threshold"})
_BY_THRESHOLD = {
    "warning": "warn_threshold",
    "critical_recovery": "alert_recovery_threshold",
    "warning_recovery": "warn_recovery_threshold",
}
_SILENT = frozenset({MissingData.SHOW, MissingData.NOTIFY})


def blocks(judged: Judged) -> Iterator[Finding]:
    """Blocks are closed, and their conditions are Datadog's."""
    for _, template in _templates(judged):
        yield from (("message", fault, "blocks are closed in the order they were opened") for fault in template.faults)
        for block in template.blocks:
            if block.name not in CONDITIONS:
                yield "message", f"there is no condition {block.name}", ", ".join(sorted(CONDITIONS))


def variables(judged: Judged) -> Iterator[Finding]:
    """Variables exist for this type of alert, and name tags that all its states have."""
    for allowed, template in _templates(judged):
        matched = (block.arguments[0] for block in template.blocks if block.name in MATCHES and block.arguments)
        for name in dict.fromkeys([*template.variables, *matched]):
            if name.endswith(".name"):
                yield from _tag(name.removesuffix(".name"), judged)
            elif name not in allowed:
                yield "message", f"there is no variable {name} here", f"one of {', '.join(sorted(allowed))}"


def handles(judged: Judged) -> Iterator[Finding]:
    """A handle outside of blocks is told of every change of state, recoveries included."""
    for _, template in _templates(judged):
        for handle in template.handles:
            yield "message", f"{handle} is told in every state", "leave it to the notification rules"


def states(judged: Judged) -> Iterator[Finding]:
    """Each state that is told has a text, and no text waits for a state that never comes."""
    condition = judged.spec.condition
    warns = not isinstance(condition, CheckCondition) and condition.thresholds.warning is not None
    for arguments in judged.monitors():
        template = read(arguments["message"])
        falls_silent = bool(arguments.get("notify_no_data")) or arguments.get("on_missing_data") in _SILENT
        for state, comes in (("is_alert", True), ("is_warning", warns), ("is_no_data", falls_silent)):
            if comes and not template.sent_in(state):
                yield "message", f"says nothing in the state {state}", f"add {{{{#{state}}}}} ... {{{{/{state}}}}}"
            if template.sent_in(state) and not comes:
                yield "message", f"waits for {state}, which never comes", "take the block out"


def advice(judged: Judged) -> Iterator[Finding]:
    """Every alert says what missing data means and what to do about it, and where its runbook is."""
    for arguments in judged.monitors():
        for text, field in ((judged.spec.silence, "silence"), (judged.runbook, "runbook")):
            if not text or text not in arguments["message"]:
                yield field, "is not in the message", "the compiler puts it there; is it empty?"


def _templates(judged: Judged) -> Iterator[tuple[frozenset[str], Template]]:
    yield _allowed(judged), read(judged.arguments["message"])
    if judged.composite is not None:
        yield _EVERYWHERE | {"a.value", "a.status"}, read(judged.composite["message"])


def _allowed(judged: Judged) -> frozenset[str]:
    condition = judged.spec.condition
    if isinstance(condition, CheckCondition):
        return _EVERYWHERE | {"check_message", "threshold", "ok_threshold"}
    given = {word for name, word in _BY_THRESHOLD.items() if getattr(condition.thresholds, name) is not None}
    return _EVERYWHERE | _MEASURED | given


def _tag(key: str, judged: Judged) -> Iterator[Finding]:
    known = {*judged.group_by, *judged.scope_keys}
    if key not in known:
        yield (
            "message",
            f"there is no tag {key} to name",
            f"what is watched is told apart by {', '.join(sorted(known))}",
        )
