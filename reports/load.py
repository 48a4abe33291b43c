"""Load: run it, keep a baseline, compare with it, and say how much the system carries."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from contract.telemetry.application import COLLECTIONS
from contract.telemetry.load_test import SCENARIOS
from load_test.compare import compare as compared
from load_test.compare import regressed
from load_test.drive import Load, drive
from load_test.reference import Baseline
from load_test.results import ResultsError, Run, read, write
from load_test.shapes import Objective
from load_test.text import comparison, report
from reports.stacks import settings_of, stack_names
from stacks.specs import PLANS

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class _Explained(click.Group):
    """Problems of results are shown, not traced; the exit status is 2, as it is for a wrong option."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ResultsError as error:
            print(error, file=sys.stderr)
            sys.exit(2)


@click.group(cls=_Explained)
def load() -> None:
    """Put load on a system, and judge what came of it."""


@load.command()
@click.option("--host", required=True, help="The system's URL. Never production's: nothing here knows which is which.")
@click.option("--users", default="8", show_default=True, help="How many people, or several numbers: 1,2,4,8,16")
@click.option("--seconds", default=60.0, show_default=True, help="How long each run counts.")
@click.option("--repeat", default=1, show_default=True, help="How many runs with each number of people.")
@click.option("--scenario", default="mixed", show_default=True, type=click.Choice(SCENARIOS))
@click.option("--pace", default=1.0, show_default=True, help="How many times faster than people they are.")
@click.option("--build", required=True, help="What is under load: a version or a commit.")
@click.option("--out", default=Path("build/load"), show_default=True, type=click.Path(file_okay=False, path_type=Path))
def run(users: str, repeat: int, out: Path, **load: Any) -> None:
    """Run the journeys with locust, and keep what each run found."""
    out.mkdir(parents=True, exist_ok=True)
    for people in _numbers(users):
        for number in range(1, repeat + 1):
            file = out / f"{load['build']}-{load['scenario']}-{people}-{number}.json"
            found = drive(Load(users=people, **load), file)
            print(f"{file}: {found.throughput:.1f} requests/s")


def _numbers(text: str) -> list[int]:
    try:
        return [int(number) for number in text.split(",")]
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is neither a number nor several: 8 or 1,2,4,8") from error


@load.command()
@click.argument("runs", nargs=-1, required=True, type=_FILE)
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
def baseline(runs: Sequence[Path], out: Path) -> None:
    """From several runs of one build: what is normal, and how far chance goes."""
    # Imports scipy, which takes a second and which only this needs.
    from load_test.noise import baseline as made_of  # noqa: PLC0415

    write(made_of([read(Run, file) for file in runs]), out)


@load.command()
@click.option("--baseline", "file", required=True, type=_FILE)
@click.argument("new", type=_FILE)
def compare(file: Path, new: Path) -> None:
    """Is this run's build slower than the baseline's? Ends with 1 when it is."""
    findings = compared(read(Baseline, file), read(Run, new))
    print(comparison(findings))
    sys.exit(regressed(findings))


@load.command()
@click.option("--stack", type=click.Choice(stack_names()), default="staging", show_default=True, help="Whose limits.")
@click.option("--plot", type=click.Path(dir_okay=False, path_type=Path), help="Draw it, too.")
@click.argument("runs", nargs=-1, required=True, type=_FILE)
def capacity(stack: str, plot: Path | None, runs: Sequence[Path]) -> None:
    """From runs with growing numbers of people: how much the system carries, and where the objectives break."""
    from load_test.capacity import capacity as found_in  # noqa: PLC0415

    goals = objectives(stack)
    found = found_in([read(Run, file) for file in runs], goals)
    print(report(found))
    if plot:
        from load_test.plot import draw  # noqa: PLC0415

        draw(found, goals, plot)


def objectives(stack: str) -> list[Objective]:
    """What must hold under load: the limits of this stack's own alerts."""
    limits = PLANS[settings_of(stack).environment].limits
    return [
        Objective(name="95th percentile, slowest endpoint", measure=_slowest, limit=limits.latency_p95),
        Objective(name="95th percentile, pages", measure=_pages, limit=limits.pagination_p95),
        Objective(name="failures", measure=_failures, limit=limits.error_rate / 100),
    ]


def _slowest(run: Run) -> float:
    return max(one.latency.p95 for one in run.endpoints.values())


def _pages(run: Run) -> float:
    return max((one.latency.p95 for name, one in run.endpoints.items() if name in COLLECTIONS), default=0.0)


def _failures(run: Run) -> float:
    return sum(one.failures for one in run.endpoints.values()) / sum(one.requests for one in run.endpoints.values())
