"""`python -m tools.policy preview|analyze`: what `make policy` and `make policy-analyze` call."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import click

from sandbox import process
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
    engine, project, environment = _place(stack, cloud, fresh=True)
    _announce(engine, stack, configuration)
    given = options(engine, stack, configuration)
    sys.exit(_pulumi(project, environment, "preview", "--stack", stack, *given))


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
    if file is not None:
        engine = find_or_build(log=print)
        _announce(engine, stack, configuration)
        sys.exit(_analyze(engine, ROOT, engine.environment(), stack, configuration, file))
    engine, project, environment = _place(stack, cloud, fresh=False)
    _announce(engine, stack, configuration)
    with tempfile.TemporaryDirectory() as folder:
        exported = Path(folder) / "state.json"
        if code := _pulumi(project, environment, "stack", "export", "--stack", stack, "--file", str(exported)):
            sys.exit(code)
        sys.exit(_analyze(engine, project, environment, stack, configuration, exported))


def _analyze(
    engine: Engine, project: Path, environment: Mapping[str, str], stack: str, configuration: Path | None, file: Path
) -> int:
    try:
        resources = (json.loads(file.read_text()).get("deployment") or {}).get("resources") or []
    except (ValueError, AttributeError):
        raise PolicyError(f"{file} is no state that `pulumi stack export` wrote") from None
    if not resources:
        raise PolicyError(f"There is nothing in the state of {stack}: bring it up first.")
    given = options(engine, stack, configuration)
    return _pulumi(project, environment, "policy", "analyze", "--file", str(file.resolve()), *given)


def _place(stack: str, cloud: str, *, fresh: bool) -> tuple[Engine, Path, Mapping[str, str]]:
    """The engine, the folder of the project, and the variables to run it with."""
    engine = find_or_build(log=print)
    read_stack_file(stack)
    if cloud == "real":
        return engine, ROOT, engine.environment()
    workspace = (prepare if fresh else locate)(stack, home_of(stack), engine)
    return engine, workspace.project, workspace.environment


def _announce(engine: Engine, stack: str, configuration: Path | None) -> None:
    print(f"== Engine: {engine}")
    way = "by the executable analyzer: its language host cannot start packs" if engine.built_here else "by itself"
    print(f"== It starts {PACK.name}/ {way}")
    chosen = configuration or configuration_of(stack)
    print(f"== Rules as {os.path.relpath(chosen, ROOT)} has them" if chosen else "== No configuration: all as strict as can be")
    sys.stdout.flush()


def _pulumi(project: Path, environment: Mapping[str, str], *arguments: str) -> int:
    command = ["pulumi", *arguments, "--non-interactive"]
    return subprocess.run(command, cwd=project, env=dict(environment), check=False).returncode  # noqa: S603


if __name__ == "__main__":
    try:
        main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        sys.exit("Stopped.")
    except (EngineMissingError, PolicyError, StackFileError, process.ProcessError) as error:
        sys.exit(str(error))
