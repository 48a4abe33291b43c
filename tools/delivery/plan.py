"""A saved plan: made by a preview, read by whoever approves it, and applied as it is.

The engine refuses to do what a plan does not hold, and then quotes both values, secret ones too. So what it prints
while it applies one is not shown: its events are, without the values.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pulumi import automation as auto

from tools.pulumi import Pulumi
from tools.stack.run import Tally

PLAN = "plan.json"
PREVIEW = "preview.json"
_REFUSED = "violates plan"
_COLORS = re.compile(r"<\{%.*?%\}>")
_SAID = {"error", "warning", "info#err"}


class PlanError(Exception):
    """A plan could not be made or applied; the message says why."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a preview found."""

    changes: dict[str, int]
    """Operation -> how many objects, without those that stay as they are."""

    def __str__(self) -> str:
        return ", ".join(f"{count} to {word}" for word, count in sorted(self.changes.items())) or "nothing to change"


def save(pulumi: Pulumi, stack: str, folder: Path) -> Plan:
    """Preview a stack into two files of this folder: the plan, and what people are shown of it. Raises PlanError."""
    folder.mkdir(parents=True, exist_ok=True)
    done = pulumi.answer("preview", "--stack", stack, "--json", "--save-plan", str(folder.resolve() / PLAN))
    try:
        shown = json.loads(done.stdout)
    except ValueError:
        shown = {}
    if shown:
        # Also of a preview that failed: the comment tells why.
        (folder / PREVIEW).write_text(done.stdout)
    if done.returncode != 0 or "changeSummary" not in shown:
        why = _reasons(shown) or done.stderr.strip() or done.stdout.strip()
        raise PlanError(f"The preview of {stack} failed:\n{why}")
    return Plan({word: count for word, count in shown["changeSummary"].items() if word != "same"})


def _reasons(shown: dict[str, Any]) -> str:
    return "\n".join(
        shown_safely(said["message"]) for said in shown.get("diagnostics", []) if said.get("severity") == "error"
    )


def apply(pulumi: Pulumi, stack: str, plan: Path, say: Callable[[str], object] = print) -> None:
    """Do what the plan holds, and nothing else. Raises PlanError."""
    if not plan.is_file():
        raise PlanError(f"There is no plan {plan}")
    # The Automation API looks for `pulumi` on this process's own PATH.
    os.environ["PATH"] = pulumi.environment["PATH"]
    tally, told = Tally(), []

    def note(event: auto.EngineEvent) -> None:
        tally.note(event)
        for line in lines(event):
            told.append(line)
            say(line)

    try:
        chosen = auto.select_stack(
            stack_name=stack,
            work_dir=str(pulumi.project),
            opts=auto.LocalWorkspaceOptions(env_vars=dict(pulumi.environment)),
        )
        chosen.up(plan=str(plan.resolve()), on_event=note, suppress_outputs=True, show_secrets=False, color="never")
    except auto.CommandError as error:
        refused = any(_REFUSED in line for line in told)
        reason = (
            "It would have done what was not approved: make a new plan, and have that approved."
            if refused
            else "Its words are above."
            if told
            else shown_safely(str(error))
        )
        raise PlanError(f"The plan of {stack} was not applied to its end. {reason}") from None
    say(tally.table())


def lines(event: auto.EngineEvent) -> list[str]:
    """What people are shown of one event of the engine."""
    if (done := event.res_outputs_event) and done.metadata.op.value != "same":
        return [f"  {done.metadata.op.value} {_object(done.metadata.urn)}"]
    if failed := event.res_op_failed_event:
        return [f"  failed: {failed.metadata.op.value} {_object(failed.metadata.urn)}"]
    if (said := event.diagnostic_event) and said.severity in _SAID and (text := shown_safely(said.message)):
        return [f"  {said.severity.removeprefix('info#')}: {text}"]
    return []


def shown_safely(message: str) -> str:
    """A message of the engine without the values that it quotes where a plan is violated, which may be secret."""
    head, refused, _ = _COLORS.sub("", message).strip().partition(_REFUSED)
    return f"{head}{_REFUSED} (what differs is not shown: it may be secret)" if refused else head


def _object(urn: str) -> str:
    *_, types, name = urn.split("::", 3)
    return f"{types.rsplit('$', 1)[-1]} {name}"
