"""Run the reference app under load and show where to look: python -m tools.demo --minutes 10."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from sandbox.home import DEFAULT_HOME, Home
from tools.demo import backends
from tools.demo.application import ROOT
from tools.demo.summary import summary
from tools.demo.system import System, system
from tools.servers import process

PEOPLE = 10
"""Simulated people."""
REPORT_EVERY = 20.0
"""Seconds between two looks at what has arrived."""


@click.command()
@click.option("--minutes", type=click.FloatRange(min=0.1), default=10, show_default=True, help="How long it runs.")
@click.option("--scenario", default="mixed", show_default=True, help="What people do: browse, search, generate, mixed.")
@click.option("--browser/--no-browser", default=True, help="Open Prometheus and the API's page.")
def main(minutes: float, scenario: str, browser: bool) -> None:
    """The reference app under load, with everything that listens to it. Ctrl-C ends it."""
    if absent := backends.missing():
        raise click.ClickException(f"not installed: {', '.join(absent)} (on Debian: tools/install-debian.sh)")
    # Whoever ends us otherwise than by Ctrl-C wants the same.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="genonaut-demo-") as temporary:
        folder = Path(temporary)
        # PostgreSQL runs as somebody else.
        folder.chmod(0o755)
        with suppress(KeyboardInterrupt):
            try:
                _run(folder, minutes * 60, scenario, browser)
            except process.ServerError as error:
                raise click.ClickException(str(error)) from error
    click.echo("Everything has ended.")


def _run(folder: Path, seconds: float, scenario: str, browser: bool) -> None:
    with system(folder, say=lambda text: click.echo(f"== {text}")) as running, _load(running, scenario):
        for line in _addresses(running):
            click.echo(line)
        click.echo(f"{PEOPLE} people are at work for {seconds / 60:g} minutes; Ctrl-C ends it sooner.")
        if browser:
            for page in (f"{running.api}/docs", f"{running.prometheus}/graph"):
                webbrowser.open(page)
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            time.sleep(min(REPORT_EVERY, left))
            click.echo(f"\nReceived by {time.strftime('%X')}\n{summary(running)}")


def _addresses(running: System) -> Iterator[str]:
    sandbox = Home(ROOT / DEFAULT_HOME).running()
    yield f"The API          {running.api}/docs"
    yield f"Prometheus       {running.prometheus}/graph"
    yield f"Received traces  {running.receivers.traces.url}/test/traces"
    yield f"The sandbox      {sandbox['http'] if sandbox else 'is not running: `make up` shows the whole stack'}"
    yield f"Logs             {running.folder}, until it ends"


@contextmanager
def _load(running: System, scenario: str) -> Iterator[None]:
    command = [
        sys.executable, "-m", "locust", "--locustfile", "load_test/locustfile.py", "--headless", "--host", running.api,
        "--users", str(PEOPLE), "--spawn-rate", "2", "--only-summary",
    ]  # fmt: skip
    env = {**os.environ, "LOAD_SCENARIO": scenario, "PYTHONPATH": str(ROOT)}
    with process.started(command, running.folder / "locust.log", env=env, cwd=ROOT):
        yield


if __name__ == "__main__":
    main()
