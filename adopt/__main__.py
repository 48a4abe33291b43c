"""`python -m adopt --stack production --cloud real URL monitor:1234567 ...`: what `make import` calls."""

from __future__ import annotations

import os

import click

from adopt.adopt import Adoption, AdoptionError
from infra.problems import ProblemsError
from stacks.specs import compose
from tools.command import run as run_command
from tools.engine import EngineMissingError
from tools.engine.engine import ROOT
from tools.pulumi import PulumiError
from tools.stack.__main__ import deployed
from tools.stack.workspace import StackFileError


@click.command()
@click.argument("references", nargs=-1)
@click.option("--stack", required=True)
@click.option("--cloud", type=click.Choice(["sandbox", "real"]), required=True)
@click.option("--blind-because", default="", help="Why a query stays that selects nothing we know of.")
def main(references: tuple[str, ...], stack: str, cloud: str, blind_because: str) -> None:
    """Bring console-made monitors and dashboards into the catalog and the state."""
    if not references:
        raise click.UsageError('name what to import: make import FROM="https://app.datadoghq.com/monitors/1234567"')
    pulumi, endpoints = deployed(stack, cloud)
    os.environ["PATH"] = pulumi.environment["PATH"]
    settings = pulumi.settings(stack)
    adoption = Adoption(
        stack=stack,
        pulumi=pulumi,
        settings=settings,
        url=endpoints.datadog or settings.datadog.api,
        world=compose(settings, stack).world,
    )
    for file in adoption.run(references, blind_because):
        print(f"== Brought in, and the next preview changes nothing of it: {file.relative_to(ROOT)}. Commit it.")


if __name__ == "__main__":
    run_command(main, EngineMissingError, StackFileError, PulumiError, ProblemsError, AdoptionError)
