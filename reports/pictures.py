"""`python -m reports pictures STACK`: every dashboard of a stack as a PNG, and one page of all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path
from typing import Any

from components.dashboards.compile import compile_dashboard
from components.dashboards.definitions import Ids
from infra.problems import Problem, ProblemsError
from pictures.draw import draw, undrawable
from pictures.page import Picture, page
from pictures.surroundings import Monitor, Objective, Surroundings
from pictures.theme import DARK, LIGHT
from reports.alerts import alerts_of
from reports.stacks import specs_of

PAGE = "index.html"


def bodies(stack: str) -> dict[str, dict[str, Any]]:
    """What Datadog is sent for each dashboard, by key; objectives and alerts go by their keys instead of ids."""
    specs = specs_of(stack)
    ids = Ids(
        slos={slo.key: slo.key for slo in specs.objectives.slos},
        alerts={alert.key: alert.key for alert in alerts_of(stack)},
    )
    boards = specs.dashboards
    return {spec.key: compile_dashboard(spec, boards, "", ids) for spec in boards.dashboards}


def surroundings(stack: str) -> Surroundings:
    """The objectives and alerts of a stack, by key."""
    return Surroundings(
        objectives={
            slo.key: Objective(name=slo.title, targets={slo.timeframe: slo.target})
            for slo in specs_of(stack).objectives.slos
        },
        monitors={
            alert.key: Monitor(name=alert.title, type=alert.type, query=alert.query, tags=alert.tags)
            for alert in alerts_of(stack)
        },
    )


def pictures(stack: str) -> list[Picture]:
    """Every dashboard, drawn light and dark. Raises ProblemsError with everything that cannot be drawn."""
    found = bodies(stack)
    problems = [
        Problem(f"dashboards.{key}.{each.path}", each.reason)
        for key, body in found.items()
        for each in undrawable(body)
    ]
    if problems:
        raise ProblemsError(f"The dashboards of {stack} cannot all be drawn", problems)
    with ProcessPoolExecutor() as workers:
        around = repeat(surroundings(stack))
        light = workers.map(draw, found.values(), around, repeat(LIGHT))
        dark = workers.map(draw, found.values(), around, repeat(DARK))
        return [
            Picture(key=key, body=body, light=bright, dark=dim)
            for (key, body), bright, dim in zip(found.items(), light, dark, strict=True)
        ]


def write(stack: str, folder: Path) -> list[Path]:
    """Write the pictures and their page; pictures of dashboards that are no more are removed. Raises as `pictures`."""
    drawn = pictures(stack)
    files: Mapping[str, bytes] = {
        **{f"{each.key}.png": each.light for each in drawn},
        PAGE: page(f"Dashboards of {stack}", drawn).encode(),
    }
    folder.mkdir(parents=True, exist_ok=True)
    _tidy(folder, files)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in files]


def _tidy(folder: Path, keep: Iterable[str]) -> None:
    """Only where an earlier run has left its page."""
    if (folder / PAGE).exists():
        for old in folder.glob("*.png"):
            if old.name not in keep:
                old.unlink()
