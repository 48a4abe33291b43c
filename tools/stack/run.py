"""Run up, preview, refresh and destroy on a prepared workspace, and sum up what they did."""

from __future__ import annotations

import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

from pulumi import automation as auto

from tools.stack.workspace import Workspace

# The engine's operations in the words of the table; a replacement is counted once, by its creation.
COLUMNS = ("created", "updated", "replaced", "deleted", "unchanged")
_WORDS = {
    "create": "created",
    "update": "updated",
    "replace": "replaced",
    "delete": "deleted",
    "same": "unchanged",
    "refresh": "unchanged",
    "import": "created",
}
# Resources of the engine itself and our own components exist in no cloud.
_NOWHERE = {"pulumi", "monitoring"}


class Tally:
    """Counts what happened, per provider."""

    def __init__(self) -> None:
        self.counts: dict[str, Counter[str]] = {}

    def note(self, event: auto.EngineEvent) -> None:
        """Take one event of the engine into account."""
        if event.res_outputs_event is None:
            return
        step = event.res_outputs_event.metadata
        provider, word = step.type.split(":", 1)[0], _WORDS.get(step.op.value)
        if word and provider not in _NOWHERE:
            self.counts.setdefault(provider, Counter())[word] += 1

    def table(self) -> str:
        """The counts as text, a line per provider."""
        if not self.counts:
            return "  nothing in any cloud"
        columns = [column for column in COLUMNS if any(count[column] for count in self.counts.values())]
        width = max(len(provider) for provider in self.counts)
        head = "  " + " " * width + "".join(f"{column:>12}" for column in columns)
        rows = (
            f"  {provider:<{width}}" + "".join(f"{count[column]:>12}" for column in columns)
            for provider, count in sorted(self.counts.items())
        )
        return "\n".join([head, *rows])


def up(workspace: Workspace) -> None:
    """Create and change what differs."""
    stack = _run(workspace, lambda stack, **options: stack.up(suppress_outputs=True, **options))
    print("== Outputs")
    for name, output in sorted(stack.outputs().items()):
        if isinstance(output.value, dict) and not output.secret:
            print(f"  {name}")
            for key, value in sorted(output.value.items()):
                print(f"    {key}: {_in_short(value)}")
        else:
            print(f"  {name}: {'[secret]' if output.secret else output.value}")


def _in_short(value: object) -> object:
    """A value on one line: `pulumi stack output` has the whole of it."""
    return ", ".join(value) if isinstance(value, dict) else value


def preview(workspace: Workspace) -> None:
    """Show what `up` would do."""
    _run(workspace, lambda stack, **options: stack.preview(diff=True, **options))


def refresh(workspace: Workspace) -> None:
    """Take over what the cloud holds now."""
    _run(workspace, lambda stack, **options: stack.refresh(diff=True, **options))


def destroy(workspace: Workspace) -> None:
    """Delete everything, protected or not: this is the sandbox."""
    workspace.pulumi("state", "unprotect", "--all", "--yes", "--stack", workspace.stack)
    _run(workspace, lambda stack, **options: stack.destroy(**options))


@contextmanager
def _interrupts_left_to_the_engine() -> Iterator[None]:
    """Ctrl-C reaches the engine as well, which then ends what it has begun: wait for that, and end with it."""
    interrupted = []
    before = signal.signal(signal.SIGINT, lambda *_: interrupted.append(True))
    try:
        yield
    except auto.CommandError:
        if interrupted:
            raise KeyboardInterrupt from None
        raise
    finally:
        signal.signal(signal.SIGINT, before)


def _run(workspace: Workspace, command: Callable[..., Any]) -> auto.Stack:
    stack = auto.select_stack(
        stack_name=workspace.stack,
        work_dir=str(workspace.project),
        opts=auto.LocalWorkspaceOptions(env_vars=dict(workspace.environment)),
    )
    tally = Tally()
    started = monotonic()
    with _interrupts_left_to_the_engine():
        command(
            stack,
            on_output=print,
            on_error=lambda line: print(line, file=sys.stderr),
            on_event=tally.note,
            color="always" if sys.stdout.isatty() else "never",
        )
    print(f"== Done in {monotonic() - started:.1f} s")
    print(tally.table())
    return stack
