"""`python -m tools.delivery plan|apply|comment|drift|event`: what the workflows in .github call."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click

from infra.problems import ProblemsError
from tools.command import run as run_command
from tools.delivery import comment as comments
from tools.delivery import drift as drifts
from tools.delivery import event as events
from tools.delivery import plan as plans
from tools.delivery.github import GitHub, GitHubError
from tools.engine import EngineMissingError, find_or_build
from tools.engine.engine import ROOT
from tools.pulumi import Pulumi, PulumiError
from tools.vendors import VendorError

_stack = click.option("--stack", required=True, help="The stack, on the backend that `pulumi` is logged in to.")


@dataclass(frozen=True, slots=True)
class _Access:
    api: str
    repository: str | None
    token: str | None

    def open(self) -> GitHub:
        if not (self.repository and self.token):
            raise click.UsageError("GitHub needs --repository (owner/name) and --token")
        return GitHub(self.repository, self.token, self.api)


def _on_github(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say where GitHub is; the command gets them as `access`."""

    @click.option("--token", envvar="GITHUB_TOKEN", help="Also $GITHUB_TOKEN.")
    @click.option("--repository", envvar="GITHUB_REPOSITORY", help="owner/name; also $GITHUB_REPOSITORY.")
    @click.option("--api", envvar="GITHUB_API_URL", default="https://api.github.com", show_default=True)
    @functools.wraps(command)
    def with_access(api: str, repository: str | None, token: str | None, **others: object) -> None:
        command(access=_Access(api, repository, token), **others)

    return with_access


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Deliver a stack from a workflow: plan, have it approved, apply, and watch for drift (docs/delivery.md)."""


def _pulumi() -> Pulumi:
    engine = find_or_build(log=lambda line: print(line, file=sys.stderr))
    return Pulumi(project=ROOT, environment=engine.environment())


@main.command()
@_stack
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder for both files.")
@click.option("--outputs", type=click.Path(path_type=Path), help="Append changes=true|false here ($GITHUB_OUTPUT).")
def plan(stack: str, out: Path, outputs: Path | None) -> None:
    """Preview a stack, and save the plan (plan.json) and what people are shown of it (preview.json)."""
    found = plans.save(_pulumi(), stack, out)
    print(f"{stack}: {found}")
    if outputs:
        with outputs.open("a") as file:
            file.write(f"changes={str(bool(found.changes)).lower()}\n")


@main.command()
@_stack
@click.option("--plan", "file", type=click.Path(path_type=Path, dir_okay=False), required=True)
def apply(stack: str, file: Path) -> None:
    """Apply a saved plan: what it does not hold is refused."""
    plans.apply(_pulumi(), stack, file)


@main.command()
@click.option("--pull-request", "number", type=int, required=True)
@click.option("--author", default=comments.AUTHOR, show_default=True, help="Whose comment may be edited.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False), required=True)
@_on_github
def comment(number: int, author: str, files: tuple[Path, ...], access: _Access) -> None:
    """Put each file under a pull request, in place of the comment with the same first line."""
    github = access.open()
    for file in files:
        print(comments.post(github, number, file.read_text(), author))


@main.command()
@_stack
@click.option("--issue", is_flag=True, help="Keep one issue about it, instead: open, update, close.")
@_on_github
def drift(stack: str, issue: bool, access: _Access) -> None:
    """Say what was changed from outside. Exits with 7 where something was, unless an issue tells of it."""
    github = access.open() if issue else None
    found = drifts.find(_pulumi(), stack)
    print(f"{stack}: {len(found)} changed from outside", drifts.told(found), sep="\n" if found else "")
    if github:
        print(f"Issue: {drifts.keep_issue(github, stack, found)}")
    elif found:
        sys.exit(drifts.CHANGES_FOUND)


@main.command()
@_stack
@click.option("--service", required=True, help="Whose version it is, such as genonaut-api.")
@click.option("--version", required=True)
@click.option("--link", default="", help="Where to read more.")
def event(stack: str, service: str, version: str, link: str) -> None:
    """Tell Datadog of a deployment; dashboards draw it as a line."""
    settings = _pulumi().settings(stack)
    events.tell(events.Deployment(service=service, version=version, link=link), settings, settings.datadog.api)
    print(f"{stack}: told Datadog of {service} {version}")


if __name__ == "__main__":
    run_command(
        main,
        EngineMissingError,
        GitHubError,
        ProblemsError,
        PulumiError,
        VendorError,
        comments.MarkerError,
        plans.PlanError,
    )
