"""`python -m tests.bench`: prints one table of ratios, measured now. Progress goes to stderr."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from sandbox import process
from sandbox.home import Home
from tests.bench import programs
from tests.bench.measure import Cost, PreviewError, preview
from tests.bench.ratios import growth, ratio
from tests.bench.table import Row, table, verdict
from tools.engine import EngineMissingError, find_or_build
from tools.stack.workspace import Workspace, prepare

STACK = "production"
SIZES = (1, 10, 50)
ROUNDS = 5
OURS, FLAT, EMPTY = "ours", "flat", "empty"
AT_MOST = 1.1
"""How many times the flat program's cost ours may be."""
NO_STEEPER = 1.0
UNITS = ("wall", "cpu", "memory")

Costs = dict[tuple[str, int], list[Cost]]
"""Per program and number of services, a cost per round."""


def main() -> None:
    """Measure on a sandbox of its own, then print."""
    engine = find_or_build(log=_say)
    with tempfile.TemporaryDirectory(prefix="genonaut-bench-") as folder:
        home = Home(Path(folder))
        try:
            workspace = prepare(STACK, home, engine)
            costs = _measure(workspace)
        finally:
            process.stop(home)
    print(f"Preview of {STACK}, {ROUNDS} rounds: median ratio (least..greatest)\n")
    rows = list(_rows(costs))
    print(table(rows))
    print(f"\nAim, {verdict(rows)}: at most {AT_MOST} against flat at every size, growth no steeper than flat's.\n")
    print("\n".join(_notes(costs)))


def _measure(workspace: Workspace) -> Costs:
    _say("writing the programs")
    empty = programs.empty(workspace)
    folders = {
        size: {EMPTY: empty, FLAT: programs.flattened(workspace, size), OURS: programs.ours(workspace, size)}
        for size in SIZES
    }
    _say("warming up")
    for folder in folders[SIZES[0]].values():
        preview(folder, workspace)
    costs: Costs = {(program, size): [] for size in SIZES for program in (EMPTY, FLAT, OURS)}
    for turn in range(ROUNDS):
        for size in SIZES:
            # The order is turned round every time, so that a machine that gets slower favours nobody.
            order = (EMPTY, FLAT, OURS) if turn % 2 == 0 else (OURS, FLAT, EMPTY)
            for program in order:
                cost = preview(folders[size][program], workspace)
                costs[program, size].append(cost)
                _say(f"round {turn + 1}/{ROUNDS}, {size} services, {program}: {cost.wall:.1f} s")
    return costs


def _rows(costs: Costs) -> Iterator[Row]:
    for size in SIZES:
        for other, aim in ((EMPTY, None), (FLAT, AT_MOST)):
            yield Row(
                services=str(size),
                against=other,
                aim=aim,
                **{unit: ratio(_of(costs, OURS, size, unit), _of(costs, other, size, unit)) for unit in UNITS},
            )
    yield Row(
        services=f"{SIZES[0]} to {SIZES[-1]}",
        against=f"{FLAT}, growth",
        aim=NO_STEEPER,
        **{unit: ratio(_growth(costs, OURS, unit), _growth(costs, FLAT, unit)) for unit in UNITS},
    )


def _of(costs: Costs, program: str, size: int, unit: str) -> list[float]:
    return [getattr(cost, unit) for cost in costs[program, size]]


def _growth(costs: Costs, program: str, unit: str) -> list[float]:
    small, large = SIZES[0], SIZES[-1]
    return growth(_of(costs, program, small, unit), _of(costs, program, large, unit), large - small)


def _notes(costs: Costs) -> Iterator[str]:
    yield "Medians, which unlike the ratios depend on the machine and on what else it does:"
    for size in SIZES:
        for program in (EMPTY, FLAT, OURS):
            wall, cpu, memory = (median(_of(costs, program, size, unit)) for unit in UNITS)
            yield f"  {size:>2} services, {program:<5}  {wall:5.1f} s wall  {cpu:5.1f} s CPU  {memory:4.0f} MiB"


def _say(line: str) -> None:
    print(f"bench: {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        main()
    except (EngineMissingError, PreviewError, process.ProcessError) as error:
        sys.exit(str(error))
