"""`python -m reports --help`."""

from __future__ import annotations

import sys

import click

from infra.problems import ProblemsError
from reports import catalogue as alerts_page
from reports import telemetry as application
from reports.routing.matrix import matrix
from reports.routing.text import FORMATS, maintenance
from reports.runbooks.pages import write_all
from reports.stacks import specs_of, stack_names


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


if __name__ == "__main__":
    main()
