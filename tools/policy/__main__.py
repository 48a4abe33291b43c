"""`python -m tools.policy preview|analyze`: what `make policy` and `make policy-analyze` call."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from infra.problems import ProblemsError
from sandbox import process
from tools.command import run as run_command
from tools.engine import Engine, EngineMissingError, find_or_build
from tools.engine.engine import ROOT
from tools.policy.engine import PACK, PolicyError, configuration_of, options
from tools.stack.workspace import StackFileError, home_of, locate, prepare, read_stack_file

_STACK = click.option("--stack", required=True)
_CLOUD = click.option("--cloud", type=click.Choice(["sandbox", "real"]), required=True)
_CONFIG = click.option(
    "--config",
    "configuration",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Another configuration of the pack than policy/config/STACK.json.",
)


@click.group()
def main() -> None:
    """Hold a stack against the rules of policy/."""


@main.command()
@_STACK
@_CLOUD
@_CONFIG
def preview(stack: str, cloud: str, configuration: Path | None) -> None:
    """What the program of a stack would make."""
    place = _place(stack, cloud, ready=True)
    given = options(place.engine, stack, configuration)
    _announce(place.engine, stack, configuration)
    sys.exit(place.pulumi("preview", "--suppress-outputs", "--stack", stack, *given))


@main.command()
@_STACK
@_CLOUD
@_CONFIG
@click.option(
    "--file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A state that `pulumi stack export` wrote, instead of the stack's own.",
)
def analyze(stack: str, cloud: str, configuration: Path | None, file: Path | None) -> None:
    """What is there by the state of a stack. Nobody is asked, neither the program nor a vendor."""
    place = _nowhere() if file else _place(stack, cloud, ready=False)
    given = options(place.engine, stack, configuration)
    _announce(place.engine, stack, configuration)
    with tempfile.TemporaryDirectory() as folder:
        state = file or Path(folder) / "state.json"
        if file is None and (code := place.pulumi("stack", "export", "--stack", stack, "--file", str(state))):
            sys.exit(code)
        _check_state(state, stack)
        sys.exit(place.pulumi("policy", "analyze", "--file", str(state.resolve()), *given))


@dataclass(frozen=True, slots=True)
class Place:
    """Where the engine runs."""

    engine: Engine
    project: Path
    environment: Mapping[str, str]

    def pulumi(self, *arguments: str) -> int:
        """Run a command of the engine here, on the screen; returns its exit code."""
        command = ["pulumi", *arguments, "--non-interactive"]
        return subprocess.run(command, cwd=self.project, env=dict(self.environment), check=False).returncode  # noqa: S603


def _nowhere() -> Place:
    """For what needs no stack."""
    engine = find_or_build(log=print)
    return Place(engine, ROOT, engine.environment())


def _place(stack: str, cloud: str, *, ready: bool) -> Place:
    """Where a stack runs; `ready` to run its program, too."""
    read_stack_file(stack)
    if cloud == "real":
        return _nowhere()
    engine = find_or_build(log=print)
    workspace = (prepare if ready else locate)(stack, home_of(stack), engine)
    return Place(engine, workspace.project, workspace.environment)


def _check_state(file: Path, stack: str) -> None:
    try:
        resources = (json.loads(file.read_text()).get("deployment") or {}).get("resources")
    except (ValueError, AttributeError):
        raise PolicyError(f"{file} is no state: `pulumi stack export --file {file.name}` writes one") from None
    if not resources:
        raise PolicyError(f"There is nothing in the state of {stack}: `make up STACK={stack}` brings it up.")


def _announce(engine: Engine, stack: str, configuration: Path | None) -> None:
    print(f"== Engine: {engine}")
    way = "by the executable analyzer: its language host cannot start packs" if engine.built_here else "by itself"
    print(f"== It starts {PACK.name}/ {way}")
    chosen = configuration or configuration_of(stack)
    print(
        f"== Rules as {os.path.relpath(chosen)} has them"
        if chosen
        else "== No configuration: all rules at their strictest"
    )
    sys.stdout.flush()


if __name__ == "__main__":
    run_command(main, EngineMissingError, PolicyError, ProblemsError, StackFileError, process.ProcessError)
