"""`python -m tools.stack up|preview|refresh|destroy|recover|mute|unmute|env`: what the Makefile calls."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import click
from pulumi.automation import CommandError

from infra.naming import ROLLOUT
from infra.problems import ProblemsError
from sandbox import process
from tools.backup.contents import Source, default_folder
from tools.backup.folder import BackupError, write
from tools.backup.folder import read as read_backup
from tools.backup.restore import Restore
from tools.command import run as run_command
from tools.engine import Engine, EngineMissingError, find_or_build
from tools.engine.engine import ROOT
from tools.mute.mute import LONGEST, Rollout
from tools.pulumi import Pulumi, PulumiError
from tools.recover.recover import Endpoints, Recovery
from tools.stack import run
from tools.stack.workspace import OWN_STACK, StackFileError, Workspace, home_of, locate, prepare, variables
from tools.vendors import VendorError

ERRORS = (
    BackupError,
    EngineMissingError,
    ProblemsError,
    PulumiError,
    StackFileError,
    VendorError,
    process.ProcessError,
)
"""What may go wrong with a stack, with a message for people."""


@click.group()
def main() -> None:
    """Run a stack of this project."""


def _announce(engine: Engine, stack: str, cloud: str) -> None:
    print(f"== Engine: {engine}")
    where = {"sandbox": "the offline cloud of this machine (a development aid)", "real": "the real vendors"}[cloud]
    print(f"== Stack {stack} on {where}")


def _on_sandbox(stack: str, action: Callable[[Workspace], None]) -> None:
    engine = find_or_build(log=print)
    _announce(engine, stack, "sandbox")
    workspace = prepare(stack, home_of(stack), engine)
    # The Automation API looks for `pulumi` on this process's own PATH.
    os.environ["PATH"] = workspace.environment["PATH"]
    action(workspace)
    print(f"== Page: {workspace.page}")


def _for_real(stack: str, verb: str) -> None:
    engine = find_or_build(log=print)
    _announce(engine, stack, "real")
    sys.stdout.flush()
    os.chdir(ROOT)
    os.execvpe(engine.command, ["pulumi", verb, "--stack", stack], engine.environment())  # noqa: S606


def _command(verb: str, action: Callable[[Workspace], None]) -> None:
    @main.command(verb, help=action.__doc__)
    @click.option("--stack", required=True)
    @click.option("--cloud", type=click.Choice(["sandbox", "real"]), required=True)
    def command(stack: str, cloud: str) -> None:
        if cloud == "real":
            _for_real(stack, verb)
        _on_sandbox(stack, action)


for _verb in (run.up, run.preview, run.refresh, run.destroy):
    _command(_verb.__name__, _verb)


def deployed(stack: str, cloud: str) -> tuple[Pulumi, Endpoints]:
    """How to ask the engine about a stack that was brought up, and where its vendors are."""
    engine = find_or_build(log=print)
    _announce(engine, stack, cloud)
    if cloud == "real":
        return Pulumi(project=ROOT, environment=engine.environment()), Endpoints()
    workspace = locate(stack, home_of(stack), engine)
    return (
        Pulumi(project=workspace.project, environment=workspace.environment),
        Endpoints.of_sandbox(workspace.page),
    )


def _rollout(stack: str, cloud: str) -> Rollout:
    pulumi, endpoints = deployed(stack, cloud)
    settings = pulumi.settings(stack)
    return Rollout(stack=stack, settings=settings, url=endpoints.datadog or settings.datadog.api)


@main.command()
@click.option("--stack", required=True)
@click.option("--cloud", type=click.Choice(["sandbox", "real"]), required=True)
@click.option("--yes", is_flag=True, help="Mend without asking.")
def recover(stack: str, cloud: str, yes: bool) -> None:
    """Show what a killed run left behind, then mend it."""
    pulumi, endpoints = deployed(stack, cloud)
    recovery = Recovery(stack=stack, pulumi=pulumi, endpoints=endpoints)
    if not recovery.run(lambda _: yes or click.confirm("Do this?", default=False)):
        raise click.Abort


@main.command()
@click.option("--stack", required=True)
@click.option("--cloud", type=click.Choice(["sandbox", "real"]), required=True)
@click.option("--out", type=click.Path(path_type=Path), help="A new folder [default: backups/STACK-TIME]")
def backup(stack: str, cloud: str, out: Path | None) -> None:
    """Keep what is deployed: state, stack file, commit, and what the clouds hold."""
    pulumi, endpoints = deployed(stack, cloud)
    place = out or default_folder(stack)
    write(place, Source(stack=stack, pulumi=pulumi, endpoints=endpoints).contents())
    print(f"== Backup of {stack}, verified: {place}")


@main.command()
@click.option("--stack", required=True)
@click.option("--cloud", type=click.Choice(["sandbox", "real"]), required=True)
@click.option("--from", "folder", type=click.Path(path_type=Path), required=True)
def restore(stack: str, cloud: str, folder: Path) -> None:
    """Give a stack whose state is lost the state of a backup."""
    kept = read_backup(folder)
    pulumi, _ = deployed(stack, cloud)
    Restore(stack=stack, backup=kept, pulumi=pulumi).run()
    made, commit = kept.manifest["made"], kept.manifest["commit"]
    print(f"== Stack {stack} has the state of {made} again, of commit {commit}.")
    if kept.manifest["pendingOperations"]:
        print("   A run was under way at that time. `make recover` shows what came of it.")
    print("   `make preview` shows what differs. Is something lost in a cloud, too: `make refresh`, then `make up`.")


@main.command()
@click.option("--stack", required=True)
@click.option("--cloud", type=click.Choice(["sandbox", "real"]), required=True)
@click.option("--minutes", type=click.IntRange(1, LONGEST), required=True)
def mute(stack: str, cloud: str, minutes: int) -> None:
    """Mute, for a while, what a rollout sets off by itself."""
    end = _rollout(stack, cloud).mute(minutes)
    print(f"== Muted until {end:%H:%M} UTC: alerts with the tag {ROLLOUT}. What is wrong then is told then.")


@main.command()
@click.option("--stack", required=True)
@click.option("--cloud", type=click.Choice(["sandbox", "real"]), required=True)
def unmute(stack: str, cloud: str) -> None:
    """End that sooner."""
    print("== Ended" if _rollout(stack, cloud).unmute() else "== Nothing was muted")


@main.command()
@click.option("--stack", required=True)
def stop(stack: str) -> None:
    """Stop the sandbox of a stack; what it holds stays on disk."""
    print("stopped" if process.stop(home_of(stack)) else "not running")


@main.command()
def env() -> None:
    """Print the line that prepares a shell for plain `pulumi` on the sandbox."""
    engine = find_or_build(log=lambda line: print(line, file=sys.stderr))
    home = home_of(OWN_STACK)
    prepare(OWN_STACK, home, engine)
    path = engine.environment({"PATH": ""})["PATH"].rstrip(os.pathsep)
    exports = [f"{name}={shlex.quote(value)}" for name, value in variables(home, home.running() or {}).items()]
    print(f'export PATH={shlex.quote(path)}:"$PATH" {" ".join(exports)}')


if __name__ == "__main__":
    try:
        run_command(main, *ERRORS, stopped="Stopped. `make up` finishes what was begun.")
    except CommandError as error:
        # The engine's own words are on the screen already.
        killed = any(words in str(error) for words in ("currently locked", "failed to load checkpoint"))
        sys.exit("If no other run is under way, one was killed: `make recover` mends that." if killed else 1)
