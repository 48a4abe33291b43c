"""Runs the engine's command without a terminal, for tools that need its answers."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from infra.naming import PROJECT
from infra.settings import Settings, load


class PulumiError(Exception):
    """A command of the engine failed; the message says which and why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pulumi:
    """The engine in a project's folder."""

    project: Path
    environment: Mapping[str, str]

    def run(self, *arguments: str, may_fail: bool = False) -> str:
        """What the command prints. Raises PulumiError when it fails and may not."""
        done = self.answer(*arguments)
        if done.returncode != 0 and not may_fail:
            raise PulumiError(f"pulumi {arguments[0]} failed:\n{(done.stdout + done.stderr).strip()}")
        return done.stdout

    def answer(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the command to its end, however it ends."""
        command = ["pulumi", *arguments, "--non-interactive", "--color=never"]
        return subprocess.run(  # noqa: S603
            command, cwd=self.project, env=dict(self.environment), capture_output=True, text=True, check=False
        )

    def settings(self, stack: str) -> Settings:
        """The settings of a stack, secrets included. Raises PulumiError, or ProblemsError with every problem."""
        shown = json.loads(self.run("config", "--json", "--show-secrets", "--stack", stack))
        own = {key.removeprefix(f"{PROJECT}:"): entry for key, entry in shown.items() if key.startswith(f"{PROJECT}:")}
        return load(
            {key: entry.get("value", "") for key, entry in own.items()},
            {key for key, entry in own.items() if entry.get("secret")},
            source=f"Pulumi.{stack}.yaml",
        )
