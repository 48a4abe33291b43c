"""Everything that is wrong with the dashboards of a stack."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from components.dashboards.check_graphs import CONTRACT, Wrong, check_graph, known_alert
from components.dashboards.definitions import STREAMS
from components.dashboards.layout import COLUMNS
from components.dashboards.spec import (
    AlertGraph,
    DashboardSpec,
    DashboardsSpec,
    Events,
    Group,
    MonitorStatus,
    Note,
    Objective,
    Widget,
)
from components.monitors.spec import MonitorSpec
from contract.proof import prove_search, prove_variable
from contract.world import World
from infra.naming import is_logical_name
from infra.problems import Problem

_CHOSEN = re.compile(r"\{\{\$(\w+)")


def check(spec: DashboardsSpec, slos: Collection[str], world: World) -> list[Problem]:
    """All problems of all dashboards at once; `slos` are the logical names of the objectives there are."""
    return [
        Problem(f"dashboards.{board.key}{place}", what, hint)
        for board in spec.dashboards
        for place, what, hint in _board(board, spec, slos, world)
    ]


def _board(board: DashboardSpec, whole: DashboardsSpec, slos: Collection[str], world: World) -> Wrong:
    if not is_logical_name(board.key):
        yield "", "is not a usable key", "lower case letters, digits and hyphens, at most 63"
    if not board.groups:
        yield "", "has no groups", "a dashboard shows something"
    variables = {variable.name: variable.tag for variable in board.variables}
    for variable in board.variables:
        for value in dict.fromkeys((variable.default, *variable.choices)):
            for finding in prove_variable(variable.tag, value, world):
                yield f".${variable.name}", finding, CONTRACT
    if board.deployments:
        for finding in prove_search("events", board.deployments, world, variables=variables):
            yield ".deployments", finding, CONTRACT
    for link in board.links:
        for name in sorted({*_CHOSEN.findall(link.path)} - variables.keys()):
            yield f".{link.label}", f"there is no variable ${name}", f"one of {', '.join(variables) or 'none'}"
    yield from _twice("", (group.title for group in board.groups), "groups")
    for group in board.groups:
        yield from _group(group, whole, slos, world, variables)


def _group(
    group: Group, whole: DashboardsSpec, slos: Collection[str], world: World, variables: Mapping[str, str]
) -> Wrong:
    where = f".{group.title}"
    if not group.widgets:
        yield where, "has no widgets", "leave the group out"
    yield from _twice(where, (widget.title for widget in group.widgets if not isinstance(widget, Note)), "widgets")
    for widget in group.widgets:
        place = f"{where}.{'note' if isinstance(widget, Note) else widget.title}"
        if not 1 <= widget.width <= COLUMNS:
            yield place, f"is {widget.width} columns wide", f"a dashboard has {COLUMNS}"
        if widget.height < 1:
            yield place, f"is {widget.height} rows high", "at least 1"
        for tail, what, hint in _widget(widget, whole, slos, world, variables):
            yield f"{place}{tail}", what, hint


def _twice(where: str, titles: Iterable[str], what: str) -> Wrong:
    for title, count in Counter(titles).items():
        if count > 1:
            yield f"{where}.{title}", f"{count} {what} have this title", "titles tell apart"


def _widget(
    widget: Widget, whole: DashboardsSpec, slos: Collection[str], world: World, variables: Mapping[str, str]
) -> Wrong:
    match widget:
        case Events(source=source, search=search):
            if source not in STREAMS:
                yield "", f"{source} cannot be listed", f"one of {', '.join(STREAMS)}"
            for finding in prove_search(source, search, world, variables=variables):
                yield "", finding, CONTRACT
        case Objective(slo=slo):
            if slo not in slos:
                yield "", f"there is no objective {slo!r}", f"one of {', '.join(sorted(slos))}"
        case MonitorStatus(tags=tags):
            if not any(_tags(alert) >= {*tags} for alert in whole.alerts.values()):
                yield "", f"no alert has all of {', '.join(tags)}", "tags of alerts: service, team, tier, stage"
        case AlertGraph(alert=alert):
            yield from known_alert(alert, whole.alerts)
            if alert in whole.alerts and whole.alerts[alert].unless:
                yield "", f"the alert {alert} is a composite and has no graph", "an alert that nothing quietens"
        case Note():
            pass
        case _:
            yield from check_graph(widget, whole.alerts, world, variables)


def _tags(alert: MonitorSpec) -> set[str]:
    return {f"service:{alert.service}", f"team:{alert.owner}", f"tier:{alert.tier}", f"stage:{alert.stage}"}
