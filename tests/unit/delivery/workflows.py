"""The workflows and actions of this repository, parsed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[3]
GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
ACTIONS = sorted((GITHUB / "actions").glob("*/action.yml"))
STACKS = {"production", "staging"}
"""Those that are real: every other stack file is the sandbox's."""


def parsed(file: Path) -> dict[str, Any]:
    # YAML 1.1 takes the key `on` for a boolean.
    content = yaml.safe_load(file.read_text())
    return {("on" if key is True else key): value for key, value in content.items()}


@dataclass(frozen=True)
class Step:
    file: Path
    job: str
    content: dict[str, Any]

    @property
    def run(self) -> str:
        return str(self.content.get("run", ""))

    def __str__(self) -> str:
        return f"{self.file.name}: {self.job}: {self.content.get('uses') or self.run}"


def jobs() -> Iterator[tuple[Path, str, dict[str, Any]]]:
    for file in WORKFLOWS:
        for name, job in parsed(file)["jobs"].items():
            yield file, name, job


def steps() -> Iterator[Step]:
    for file, name, job in jobs():
        yield from (Step(file, name, step) for step in job.get("steps", []))
    for file in ACTIONS:
        yield from (Step(file, file.parent.name, step) for step in parsed(file)["runs"]["steps"])


def make_targets() -> Iterator[tuple[str, str]]:
    """Each target that a step calls, with where."""
    for step in steps():
        for line in re.findall(r"^\s*make (.+)$", step.run, re.MULTILINE):
            yield from ((str(step), word) for word in line.split() if re.fullmatch(r"[a-z-]+", word))
