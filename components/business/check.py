"""Everything that is wrong with the business metrics of a stack."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from components.business.rules import alert_name, condition
from components.business.spec import BusinessSpec, Line, Number
from contract.promql import Names, prove
from contract.world import World
from infra.naming import is_logical_name
from infra.problems import Problem

# https://prometheus.io/docs/practices/rules/: level, metric, operation; all rules have our own first word.
_RECORDED = re.compile(r"genonaut(:[a-z][a-z0-9_]*){2}")
_LONGEST_UID = 40
"""https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/"""


def check(spec: BusinessSpec, world: World, told: Collection[str]) -> list[Problem]:
    """All problems at once. `told` are the keys of the alerts of Datadog's business tier: each is here, too."""
    return [*_rules(spec, world), *_boards(spec, world), *_agreement(spec, told)]


def names(spec: BusinessSpec, world: World) -> Names:
    """Everything that can be asked for here."""
    recorded = ((one.name, ("env", *one.labels)) for group in spec.groups for one in group.recordings)
    return Names.of(world, recorded)


def _rules(spec: BusinessSpec, world: World) -> Iterator[Problem]:
    known = names(spec, world)
    recordings = [one for group in spec.groups for one in group.recordings]
    alerts = [one for group in spec.groups for one in group.alerts]
    yield from _twice("business.recordings", (one.name for one in recordings))
    yield from _twice("business.alerts", (alert_name(one.key) for one in alerts))
    for one in recordings:
        where = f"business.recordings.{one.name}"
        if not _RECORDED.fullmatch(one.name):
            yield Problem(where, "is not a usable name", "genonaut:subject:what_unit")
        yield from (Problem(where, finding, "see contract/") for finding in prove(one.query.text, known))
    for alert in alerts:
        where = f"business.alerts.{alert.key}"
        if not is_logical_name(alert.key):
            yield Problem(where, "is not a usable key", "lower case letters, digits and hyphens, at most 63")
        yield from (Problem(where, finding, "see contract/") for finding in prove(condition(alert).text, known))


def _boards(spec: BusinessSpec, world: World) -> Iterator[Problem]:
    known = names(spec, world)
    yield from _twice("business.boards", (board.key for board in spec.boards))
    for board in spec.boards:
        where = f"business.boards.{board.key}"
        if not is_logical_name(board.key) or len(board.key) > _LONGEST_UID:
            yield Problem(where, "is not a usable key", f"letters, digits and hyphens, at most {_LONGEST_UID}")
        yield from _twice(where, (panel.title for panel in board.panels))
        for panel in board.panels:
            lines: tuple[Line, ...] = (panel.line,) if isinstance(panel, Number) else panel.lines
            for line in lines:
                for finding in prove(line.query.text, known):
                    yield Problem(f"{where}.{panel.title}", finding, "see contract/")


def _agreement(spec: BusinessSpec, told: Collection[str]) -> Iterator[Problem]:
    here = {alert.key for group in spec.groups for alert in group.alerts}
    for key in sorted(set(told) - here):
        yield Problem(
            f"business.alerts.{key}",
            "is an alert of Datadog's business tier, and Prometheus has none of this key",
            "its value in stacks/catalog/business.py",
        )


def _twice(where: str, names: Iterable[str]) -> Iterator[Problem]:
    for name, count in Counter(names).items():
        if count > 1:
            yield Problem(where, f"{name} is there {count} times", "each once")
