"""The restore drill: lose the state, the cloud, both; bring all of it back, and compare. On a sandbox only."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from tools.backup import folder
from tools.backup.compare import differences
from tools.backup.contents import Source
from tools.backup.folder import Backup
from tools.backup.restore import Restore


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one case."""

    lost: str
    seconds: float
    resources: int
    """How many are there again."""
    problems: list[str]
    """What is not as it was, or what the next run would change; empty when all is well."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Drill:
    """A stack that is up on a sandbox, and how to lose it."""

    source: Source
    place: Path
    """Where backups go."""
    state: Path
    """The folder of the file backend that holds the stack's state."""
    empty_cloud: Callable[[], None]

    def run(self) -> Iterator[Outcome]:
        """All cases, one after another, each from what the one before has brought back."""
        before = self._backup("before")
        for lost in ("the state", "the cloud", "state and cloud"):
            if "state" in lost:
                shutil.rmtree(self.state)
                self.state.mkdir()
            if "cloud" in lost:
                self.empty_cloud()
            started = monotonic()
            if "state" in lost:
                Restore(stack=self.source.stack, backup=before, pulumi=self.source.pulumi).run()
            if "cloud" in lost:
                self._bring_back()
            seconds = monotonic() - started
            after = self._backup(lost.replace(" ", "-"))
            problems = [*differences(before, after), *self._what_the_next_run_changes()]
            yield Outcome(lost, seconds, after.manifest["resources"], problems)
            before = after

    def _backup(self, name: str) -> Backup:
        folder.write(self.place / name, self.source.contents())
        return folder.read(self.place / name)

    def _bring_back(self) -> None:
        """Without the refresh `up` would believe the state, and make nothing."""
        for verb in ("refresh", "up"):
            self.source.pulumi.run(verb, "--yes", "--skip-preview", "--stack", self.source.stack)

    def _what_the_next_run_changes(self) -> list[str]:
        shown = json.loads(self.source.pulumi.run("preview", "--json", "--stack", self.source.stack))
        return [
            f"next up: {count} {operation}"
            for operation, count in shown["changeSummary"].items()
            if operation != "same"
        ]


def table(outcomes: list[Outcome]) -> str:
    """The outcomes as text, a line per case, with every problem below."""
    rows = [f"  {'lost':<16} {'seconds':>8} {'resources':>10}  as before"]
    for one in outcomes:
        rows.append(f"  {one.lost:<16} {one.seconds:>8.1f} {one.resources:>10}  {'no' if one.problems else 'yes'}")
        rows += [f"      {problem}" for problem in one.problems]
    return "\n".join(rows)
