"""Start, stop and look at the server."""

from __future__ import annotations

import click

from sandbox import process
from sandbox.cloud import Cloud
from sandbox.home import Home

DEFAULT_HTTP_PORT = 8377
DEFAULT_KUBERNETES = "1.34"


@click.command()
@click.option("--foreground", is_flag=True, help="Stay in this terminal; Ctrl-C stops it.")
@click.option("--kubernetes-version", default=DEFAULT_KUBERNETES, show_default=True, help="Version of the cluster.")
@click.option("--http-port", default=DEFAULT_HTTP_PORT, show_default=True, help="Port of the page, or a free one.")
@click.pass_obj
def start(home: Home, foreground: bool, kubernetes_version: str, http_port: int) -> None:
    """Start the sandbox in the background, unless it runs.

    \b
    Example:
      python -m sandbox start --kubernetes-version 1.34 --http-port 0
    """
    if foreground:
        from sandbox.server import Settings, StartError, serve  # noqa: PLC0415 -- the other verbs do without gRPC

        try:
            serve(home, Settings(kubernetes_version, http_port))
        except StartError as error:
            raise click.ClickException(str(error)) from None
        return
    try:
        info = process.start(home, kubernetes_version=kubernetes_version, http_port=http_port)
    except process.ProcessError as error:
        raise click.ClickException(str(error).removeprefix("Error: ")) from None
    click.echo(f"The sandbox runs: {info['http']} (Kubernetes {info['kubernetes_version']}, process {info['pid']})")


@click.command()
@click.pass_obj
def stop(home: Home) -> None:
    """Stop the sandbox; its cloud stays on disk.

    \b
    Example:
      python -m sandbox stop
    """
    try:
        stopped = process.stop(home)
    except process.ProcessError as error:
        raise click.ClickException(str(error)) from None
    click.echo("The sandbox is stopped." if stopped else "The sandbox was not running.")


@click.command()
@click.pass_obj
def status(home: Home) -> None:
    """Say whether the sandbox runs, and what it holds. Exit code 1 when it does not run.

    \b
    Example:
      python -m sandbox status
    """
    info = home.running()
    if home.database.exists():
        cloud = Cloud(home.database)
        click.echo(f"{len(cloud.objects())} objects, {len(cloud.faults.list())} faults waiting, in {home.path}")
    if info is None:
        click.echo("The sandbox does not run. Start it: python -m sandbox start")
        raise SystemExit(1)
    click.echo(f"It runs: {info['http']} (Kubernetes {info['kubernetes_version']}, process {info['pid']})")


@click.command()
@click.pass_obj
def env(home: Home) -> None:
    """Print the line that makes a shell's `pulumi` use the sandbox.

    \b
    Example:
      eval "$(python -m sandbox env)"
    """
    info = home.running()
    if info is None:
        raise click.ClickException("the sandbox does not run; start it: python -m sandbox start")
    ports = ",".join(f"{name}:{port}" for name, port in info["grpc"].items())
    click.echo(f"export PULUMI_DEBUG_PROVIDERS={ports}")


@click.command()
@click.pass_obj
def reset(home: Home) -> None:
    """Empty the cloud: objects, log and faults; ids count from the beginning again.

    \b
    Example:
      python -m sandbox reset
    """
    if home.database.exists():
        Cloud(home.database).reset()
    click.echo("The cloud is empty.")
