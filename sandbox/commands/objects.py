"""Look at the objects of the cloud, and change them from outside of the program."""

from __future__ import annotations

import json
from typing import Any

import click

from sandbox.cloud import CloudObject
from sandbox.commands.find import cloud_of, kind, one_object
from sandbox.drift import edited
from sandbox.home import Home
from sandbox.paths import PathError
from sandbox.vault import masked

COLUMNS = ("provider", "type", "name", "id", "changed")


@click.command("list")
@click.argument("word", required=False, default="")
@click.pass_obj
def list_objects(home: Home, word: str) -> None:
    """List all objects, or those in which WORD occurs.

    \b
    Example:
      python -m sandbox list monitor
    """
    objects = [each for each in cloud_of(home).objects() if word.lower() in " ".join(_row(each)).lower()]
    if not objects:
        click.echo("Nothing there." if not word else f"Nothing with {word!r} in it.")
        return
    rows = [COLUMNS, *sorted(_row(each) for each in objects)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    for row in rows:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _row(each: CloudObject) -> tuple[str, ...]:
    return each.provider, kind(each), each.name, each.id, each.updated


@click.command()
@click.argument("name")
@click.pass_obj
def show(home: Home, name: str) -> None:
    """Show one object: NAME is its logical name, its id, or Type/name.

    \b
    Example:
      python -m sandbox show Monitor/api-error-rate
    """
    found = one_object(cloud_of(home), name)
    click.echo(json.dumps(masked(found.as_json()), indent=2))


@click.command()
@click.argument("name")
@click.argument("path")
@click.argument("value", required=False)
@click.option("--unset", is_flag=True, help="Take the property away.")
@click.pass_obj
def edit(home: Home, name: str, path: str, value: str | None, unset: bool) -> None:
    """Change a property of an object from outside, as somebody in the vendor's web page would (drift).

    VALUE is JSON, or a plain text.

    \b
    Examples:
      python -m sandbox edit Monitor/api-error-rate monitorThresholds.critical 7
      python -m sandbox edit Monitor/api-error-rate 'tags[0]' env:test
      python -m sandbox edit Namespace/agents 'metadata.labels["team"]' --unset
    """
    if (value is None) != unset:
        raise click.UsageError("give either VALUE or --unset")
    cloud = cloud_of(home)
    found = one_object(cloud, name)
    try:
        cloud.edit_outside(found.type, found.id, lambda each: edited(each, path, _parsed(value), cloud.key))
    except PathError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{path} of {name} is changed; `pulumi refresh` will see it.")


def _parsed(value: str | None) -> Any:
    try:
        return None if value is None else json.loads(value)
    except json.JSONDecodeError:
        return value


@click.command("rm")
@click.argument("name")
@click.pass_obj
def remove(home: Home, name: str) -> None:
    """Remove an object from outside, as somebody in the vendor's web page would.

    \b
    Example:
      python -m sandbox rm Monitor/api-error-rate
    """
    cloud = cloud_of(home)
    found = one_object(cloud, name)
    cloud.remove_outside(found.type, found.id)
    click.echo(f"{name} ({found.id}) is gone; `pulumi refresh` will see it.")
