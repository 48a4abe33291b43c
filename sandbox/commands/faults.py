"""Make the cloud fail on purpose."""

from __future__ import annotations

import click

from sandbox.cloud import Fault
from sandbox.cloud.records import OperationName, When
from sandbox.commands.find import cloud_of
from sandbox.home import Home

OPERATIONS = click.Choice(["create", "update", "delete"])
WHEN = click.Choice(["before", "after"])
NTH = click.IntRange(min=1)


@click.group()
def fail() -> None:
    """Fail on purpose: the n-th operation from now, the next few, or slowly.

    \b
    Examples:
      python -m sandbox fail nth create 5
      python -m sandbox fail rate-limit 3
      python -m sandbox fail slow 5 --seconds 2 --when after
    """


@fail.command("nth")
@click.argument("operation", type=OPERATIONS)
@click.argument("n", type=NTH)
@click.option("--message", default="", help="The error's text instead of the vendor's.")
@click.option("--when", type=WHEN, default="before", show_default=True, help="Before or after the cloud has done it.")
@click.pass_obj
def nth(home: Home, operation: OperationName, n: int, message: str, when: When) -> None:
    """Let the N-th create, update or delete from now fail. With --when after the work is done but its answer lost.

    \b
    Example:
      python -m sandbox fail nth create 5 --when after
    """
    cloud_of(home).faults.add("fail", operation, n, when=when, message=message)
    click.echo(f"{operation} number {n} from now will fail, {when} the cloud has done it.")


@fail.command("rate-limit")
@click.argument("k", type=NTH)
@click.pass_obj
def rate_limit(home: Home, k: int) -> None:
    """Answer the next K operations with "429 Too Many Requests".

    \b
    Example:
      python -m sandbox fail rate-limit 3
    """
    cloud_of(home).faults.add("rate-limit", None, k)
    click.echo(f"The next {k} operations will be told that there are too many.")


@fail.command("slow")
@click.argument("n", type=NTH)
@click.option("--seconds", type=click.FloatRange(min=0, min_open=True), default=2.0, show_default=True)
@click.option("--when", type=WHEN, default="before", show_default=True, help="Before or after the cloud has done it.")
@click.option("--operation", type=OPERATIONS, default="create", show_default=True)
@click.pass_obj
def slow(home: Home, n: int, seconds: float, when: When, operation: OperationName) -> None:
    """Delay the N-th create from now.

    \b
    Example:
      python -m sandbox fail slow 5 --seconds 2 --when after
    """
    cloud_of(home).faults.add("slow", operation, n, delay=seconds, when=when)
    click.echo(f"{operation} number {n} from now will wait {seconds:g} s, {when} the cloud has done it.")


@click.command()
@click.option("--clear", is_flag=True, help="Forget them all.")
@click.pass_obj
def faults(home: Home, clear: bool) -> None:
    """List the faults that have not happened yet.

    \b
    Examples:
      python -m sandbox faults
      python -m sandbox faults --clear
    """
    waiting = cloud_of(home).faults
    if clear:
        click.echo(f"{waiting.clear()} faults forgotten.")
        return
    for fault in waiting.list():
        click.echo(_said(fault))
    if not waiting.list():
        click.echo("No faults are waiting.")


def _said(fault: Fault) -> str:
    if fault.kind == "rate-limit":
        return f"rate limit for the next {fault.remaining} operations"
    what = "fails" if fault.kind == "fail" else f"waits {fault.delay:g} s"
    return f"{fault.operation} number {fault.remaining} from now {what}, {fault.when} the cloud has done it"
