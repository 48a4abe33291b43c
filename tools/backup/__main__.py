"""`python -m tools.backup verify|drill`; backups are made and restored by `make backup` and `make restore`."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import click
from pulumi.automation import CommandError

from sandbox import process
from sandbox.cloud import Cloud
from sandbox.home import Home
from tools.backup.contents import Source
from tools.backup.drill import Drill, Outcome, table
from tools.backup.folder import read
from tools.command import run as run_command
from tools.engine import find_or_build
from tools.engine.engine import ROOT
from tools.pulumi import Pulumi
from tools.recover.recover import Endpoints
from tools.stack import run
from tools.stack.__main__ import ERRORS
from tools.stack.workspace import prepare


@click.group()
def main() -> None:
    """Check a backup; practise a restore."""


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
def verify(folder: Path) -> None:
    """Whether a backup is whole, and what of."""
    manifest = read(folder).manifest
    print(f"== Whole: stack {manifest['stack']} at {manifest['made']}, commit {manifest['commit']}")
    print(f"   {manifest['resources']} resources, {manifest['objects']} objects found; engine {manifest['engine']}")


@main.command()
@click.option("--stack", default="sandbox", show_default=True)
def drill(stack: str) -> None:
    """Lose state, cloud and both of a sandbox of its own, bring them back, and compare."""
    (ROOT / "build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="drill-", dir=ROOT / "build") as folder:
        outcomes = _drilled(stack, Path(folder))
    print("== Drill")
    print(table(outcomes))
    if any(one.problems for one in outcomes):
        sys.exit(1)


def _drilled(stack: str, folder: Path) -> list[Outcome]:
    engine, home = find_or_build(log=print), Home(folder / "sandbox")
    try:
        workspace = prepare(stack, home, engine)
        os.environ["PATH"] = workspace.environment["PATH"]
        run.up(workspace)
        pulumi = Pulumi(project=workspace.project, environment=workspace.environment)
        source = Source(stack=stack, pulumi=pulumi, endpoints=Endpoints.of_sandbox(workspace.page))
        state = home.path / "state"
        return list(Drill(source=source, place=folder, state=state, empty_cloud=Cloud(home.database).reset).run())
    finally:
        process.stop(home)


if __name__ == "__main__":
    try:
        run_command(main, *ERRORS)
    except CommandError:
        sys.exit(1)  # the engine's own words are on the screen already
