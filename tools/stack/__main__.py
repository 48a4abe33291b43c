"""`python -m tools.stack up|preview|refresh|destroy|recover|env`: what the Makefile calls."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable

import click
from pulumi.automation import CommandError

from sandbox import process
from sandbox.home import DEFAULT_HOME, HOME_VARIABLE, Home
from tools.engine import Engine, EngineMissingError, find_or_build
from tools.engine.engine import ROOT
from tools.stack import run
from tools.stack.workspace import HTTP_PORT, StackFileError, Workspace, prepare, variables


@click.group()
def main() -> None:
    """Run a stack of this project."""


def _home() -> Home:
    return Home(ROOT / os.environ.get(HOME_VARIABLE, str(DEFAULT_HOME)))


def _announce(engine: Engine, stack: str, cloud: str) -> None:
    print(f"== Engine: {engine}")
    where = "the offline sandbox of this machine: a development aid, no account" if cloud == "sandbox" else "the real vendors"
    print(f"== Stack {stack} on {where}")


def _on_sandbox(stack: str, action: Callable[[Workspace], None]) -> None:
    engine = find_or_build(log=print)
    _announce(engine, stack, "sandbox")
    workspace = prepare(stack, _home(), engine)
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


@main.command()
def env() -> None:
    """Print the line that prepares a shell for plain `pulumi` on the sandbox."""
    engine = find_or_build(log=lambda line: print(line, file=sys.stderr))
    home = _home()
    server = process.start(home, kubernetes_version="1.34", http_port=HTTP_PORT)
    path = engine.environment({"PATH": ""})["PATH"].rstrip(os.pathsep)
    exports = [f"{name}={shlex.quote(value)}" for name, value in variables(home, server).items()]
    print(f'export PATH={shlex.quote(path)}:"$PATH" {" ".join(exports)}')


if __name__ == "__main__":
    try:
        main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.Abort:
        sys.exit("Interrupted. `make up` finishes what was begun.")
    except (EngineMissingError, StackFileError, process.ProcessError) as error:
        sys.exit(str(error))
    except CommandError:
        # The engine's own words are on the screen already.
        sys.exit(1)
