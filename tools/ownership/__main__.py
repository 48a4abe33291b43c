"""`python -m tools.ownership STATE STATE...`, or `--cloud sandbox|real` for all stacks that there are."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from tools.command import run as run_command
from tools.engine import EngineMissingError, find_or_build
from tools.ownership.backend import Reading, read_all
from tools.ownership.collisions import collisions
from tools.ownership.state import StateError, read_file
from tools.pulumi import PulumiError


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--cloud", type=click.Choice(["sandbox", "real"]), help="Read all stacks there, in place of files.")
def main(files: tuple[Path, ...], cloud: str | None) -> None:
    """Name what two stacks both own; ends with 1 when there is something, or a state cannot be read."""
    if bool(files) == bool(cloud):
        raise click.UsageError("give exported states (`pulumi stack export --file ...`), or --cloud sandbox|real")
    readings = list(_read(files) if files else read_all(find_or_build(log=print), str(cloud)))
    for one in readings:
        if one.problem:
            print(f"could not read {one.stack}: {one.problem}", file=sys.stderr)
    states = [one.state for one in readings if one.state]
    found = collisions(states)
    for collision in found:
        print(collision)
    for state in states:
        if state.cluster is None:
            print(f"{state} does not say which cluster it runs in (deployed before it did): its objects in Kubernetes "
                  "were compared with nobody's")  # fmt: skip
    counted = ", ".join(f"{state} ({len(state.resources)} objects)" for state in states) or "no deployed stack"
    unread = sum(bool(one.problem) for one in readings)
    print(f"== Ownership: {counted}: {_many(len(found), 'collision')}" + (f"; {unread} not read" if unread else ""))
    sys.exit(1 if found or unread else 0)


def _read(files: tuple[Path, ...]) -> Iterator[Reading]:
    for file in files:
        try:
            yield Reading(stack=str(file), state=read_file(file))
        except StateError as error:
            yield Reading(stack=str(file), problem=str(error))


def _many(count: int, noun: str) -> str:
    return f"{count or 'no'} {noun}{'' if count == 1 else 's'}"


if __name__ == "__main__":
    run_command(main, EngineMissingError, PulumiError)
