"""`python -m reports --help`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TextIO

import click

from components.rum.snippet import snippet
from infra.problems import ProblemsError
from reports import catalogue as alerts_page
from reports import telemetry as application
from reports.comment.command import comment, pr_comment
from reports.cost import FORMATS as BILLS
from reports.cost import bill_of
from reports.load import load
from reports.logs import followed
from reports.routing.matrix import matrix
from reports.routing.text import FORMATS, maintenance
from reports.runbooks.pages import write_all
from reports.stacks import specs_of, stack_names
from stacks.catalog.browsers import JOURNEYS
from tools.stack.workspace import StackFileError


@click.group()
def main() -> None:
    """What people read about a stack without running it."""


@main.command()
@click.option("--stack", type=click.Choice(stack_names()), default="production", show_default=True)
@click.option("--format", "format_", type=click.Choice(list(FORMATS)), default="text", show_default=True)
def routing(stack: str, format_: str) -> None:
    """Who is told of every change of every alert, in working hours and outside of them."""
    try:
        print(FORMATS[format_](matrix(stack)))
        if format_ == "text":
            print(*maintenance(specs_of(stack).downtimes), sep="\n")
    except ProblemsError as problems:
        sys.exit(str(problems))


@main.command()
@click.option("--stack", type=click.Choice(stack_names()), default="production", show_default=True)
@click.option("--format", "format_", type=click.Choice(list(BILLS)), default="text", show_default=True)
def cost(stack: str, format_: str) -> None:
    """What a stack costs a month, by line, with its assumptions."""
    try:
        print(BILLS[format_](bill_of(stack)))
    except (ProblemsError, StackFileError) as problems:
        sys.exit(str(problems))


@main.command()
def runbooks() -> None:
    """Bring the generated parts of docs/runbooks up to date; a new alert gets a page."""
    for page in write_all():
        print(page)


@main.command()
def catalogue() -> None:
    """Bring the table of alerts in docs/alerts.md up to date."""
    if alerts_page.write():
        print(alerts_page.PAGE)


@main.command()
def telemetry() -> None:
    """Bring the application's package, telemetry/, up to the contract."""
    for module in application.write():
        print(module)


@main.command()
@click.argument("file", type=click.File(encoding="utf-8"), default="-")
@click.option("--service", required=True, help="who writes them, such as genonaut-api")
@click.option("--environment", default="production", show_default=True)
def logs(file: TextIO, service: str, environment: str) -> None:
    """What becomes of the lines of a file, or of standard input."""
    spec = specs_of("production").logs
    if spec:
        print(*followed(spec, file, service, environment), sep="\n\n")


@main.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def browser_snippet(folder: Path) -> None:
    """Write the TypeScript that the web application takes in (docs/rum.md)."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in snippet(JOURNEYS).items():
        (folder / name).write_text(text, encoding="utf-8")
        print(folder / name)


@main.command()
@click.argument("stack", type=click.Choice(stack_names()))
@click.option("--out", type=click.Path(path_type=Path), help="A folder [default: build/pictures/STACK]")
def pictures(stack: str, out: Path | None) -> None:
    """Every dashboard as a PNG, and all of them on one page, drawn from synthetic data."""
    # Drawing needs a library that takes half a second to import.
    from reports.pictures import write as write_pictures  # noqa: PLC0415

    try:
        for path in write_pictures(stack, out or Path("build/pictures") / stack):
            print(path)
    except (ProblemsError, OSError) as error:
        sys.exit(str(error))


main.add_command(load)
main.add_command(comment)
main.add_command(pr_comment)


if __name__ == "__main__":
    main()
