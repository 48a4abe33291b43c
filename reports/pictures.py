"""`python -m reports pictures STACK`: every dashboard of a stack as a PNG, and one page of all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from components.dashboards.compile import compile_dashboard
from components.dashboards.definitions import Ids
from infra.problems import Problem, ProblemsError
from pictures.draw import draw
from pictures.page import Picture, page
from pictures.problems import DashboardError
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
    around, found, problems = surroundings(stack), list[Picture](), list[Problem]()
    for key, body in bodies(stack).items():
        try:
            found.append(Picture(key=key, body=body, light=draw(body, around, LIGHT), dark=draw(body, around, DARK)))
        except DashboardError as error:
            problems += [Problem(f"dashboards.{key}.{each.path}", each.reason) for each in error.findings]
    if problems:
        raise ProblemsError(f"The dashboards of {stack} cannot all be drawn", problems)
    return found


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
