"""What is wrong with a dashboard is said with its place in the catalog, all at once."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from components.dashboards.spec import (
    AlertGraph,
    Events,
    Group,
    Link,
    MonitorStatus,
    Objective,
    Reduce,
    Series,
    Table,
    Timeseries,
    Value,
    Variable,
    Widget,
)
from components.dashboards.units import Unit
from contract.proof import EventQuery
from tests.unit.components.dashboards.examples import BOARD, DURATION, GROUPED, LINES, SERIES, board, problems_of


def over_time(series: Series = SERIES, **changes: Any) -> Timeseries:
    return dataclasses.replace(Timeseries(title="Graph", series=(series,)), **changes)


def events(**changes: Any) -> Series:
    query = dataclasses.replace(EventQuery(source="logs", search="$env"), **changes)
    return dataclasses.replace(LINES, queries=(("value", query),), unit=None)


def test_one_of_each_kind_is_proved() -> None:
    assert problems_of(BOARD) == []


@pytest.mark.parametrize(
    ("widget", "problem"),
    [
        (
            over_time(dataclasses.replace(SERIES, queries=(("value", DURATION.replace("duration", "duratoin")),))),
            "dashboards.example.All.Graph.p95: value: nobody emits the metric pagination.query.duratoin"
            ": did you mean pagination.query.duration?",
        ),
        (
            over_time(dataclasses.replace(SERIES, unit=Unit.MILLISECOND)),
            "dashboards.example.All.Graph.p95: it is seconds, but shown as millisecond",
        ),
        (
            over_time(dataclasses.replace(SERIES, unit=Unit.REQUEST)),
            "dashboards.example.All.Graph.p95: it is seconds, but shown as request",
        ),
        (
            over_time(dataclasses.replace(SERIES, per="second")),
            "dashboards.example.All.Graph.p95: it is seconds, but shown as second per second",
        ),
        (over_time(width=13), "dashboards.example.All.Graph: is 13 columns wide (a dashboard has 12)"),
        (over_time(width=0), "dashboards.example.All.Graph: is 0 columns wide"),
        (over_time(height=0), "dashboards.example.All.Graph: is 0 rows high"),
        (Timeseries(title="Graph", series=()), "dashboards.example.All.Graph: has no series"),
        (over_time(alert="nobody"), "dashboards.example.All.Graph: there is no alert 'nobody'"),
        (over_time(alert="total"), "All.Graph: the limits of total cannot be drawn here: it adds up its window"),
        (over_time(alert="drop"), "All.Graph: the limits of drop cannot be drawn here: it compares with other times"),
        (over_time(alert="log"), "All.Graph: the limits of log cannot be drawn here: its limits are none of a metric"),
        (
            Value(
                title="Share",
                series=Series(
                    label="failed",
                    formula="part / whole",
                    queries=(
                        ("part", "sum:pagination.query.errors{$env}.as_count()"),
                        ("whole", "sum:pagination.query.count{$env}.as_count()"),
                    ),
                    unit=Unit.PERCENT,
                ),
                reduce=Reduce.TOTAL,
            ),
            "dashboards.example.All.Share.failed: it is fraction, but shown as percent",
        ),
        (
            over_time(events(search="$env servce:genonaut-api")),
            "dashboards.example.All.Graph.lines: value: logs have no servce: did you mean service?",
        ),
        (over_time(events(by=("@htp.route",))), "logs have no @htp.route: did you mean @http.route?"),
        (over_time(events(source="profiles")), "value: nothing here sends profiles events"),
        (over_time(events(method="avg")), "value: avg needs an attribute to measure"),
        (over_time(events(method="avg", measure="@usr.id")), "logs: @usr.id is no number: avg needs one"),
        (over_time(events(search="$env (")), "Graph.lines: value: "),
        (
            over_time(dataclasses.replace(events(method="pc95", measure="@duration"), unit=Unit.SECOND)),
            "dashboards.example.All.Graph.lines: it is nanoseconds, but shown as second",
        ),
        (
            Events(title="Newest", source="logs", search="env:staging"),
            "dashboards.example.All.Newest: logs: env:staging is not sent from here",
        ),
        (Events(title="Newest", source="rum", search="$env"), "All.Newest: rum cannot be listed (one of logs"),
        (
            Table(title="Table", columns=((SERIES, Reduce.AVERAGE), (GROUPED, Reduce.AVERAGE))),
            "dashboards.example.All.Table: its columns are grouped differently",
        ),
        (Objective(title="Goal", slo="api-avail"), "All.Goal: there is no objective 'api-avail' (one of api-availab"),
        (
            MonitorStatus(title="Alerts", tags=("service:genonaut-web",)),
            "dashboards.example.All.Alerts: no alert has all of service:genonaut-web",
        ),
        (AlertGraph(title="Band", alert="band"), "dashboards.example.All.Band: there is no alert 'band'"),
        (AlertGraph(title="Band", alert="symptom"), "All.Band: the alert symptom is a composite and has no graph"),
    ],
)
def test_a_wrong_widget_is_named(widget: Widget, problem: str) -> None:
    found = problems_of(board(widget))
    assert any(problem in one for one in found), found


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"key": "No Key"}, "dashboards.No Key: is not a usable key"),
        ({"groups": ()}, "dashboards.example: has no groups"),
        ({"groups": (Group(title="Empty", widgets=()),)}, "dashboards.example.Empty: has no widgets"),
        ({"groups": (*BOARD.groups, *BOARD.groups)}, "dashboards.example.All: 2 groups have this title"),
        (
            {"groups": (Group(title="All", widgets=(over_time(), over_time())),)},
            "dashboards.example.All.Graph: 2 widgets have this title",
        ),
        ({"variables": (Variable(name="env", tag="env", default="prod"),)}, "$env: env:prod is not sent from here"),
        (
            {"variables": (*BOARD.variables, Variable(name="service", tag="service", choices=("genonaut-app",)))},
            "dashboards.example.$service: service:genonaut-app does not occur",
        ),
        ({"variables": (*BOARD.variables, Variable(name="x", tag="flavour"))}, "dashboards.example.$x: telemetry"),
        ({"deployments": "event_type:deploy"}, "dashboards.example.deployments: events: event_type:deploy does not"),
        ({"deployments": "event_type:deployment $service"}, "example.deployments: there is no variable $service"),
        (
            {"links": (Link(label="Logs", path="/logs?query={{$service.value}}"),)},
            "Logs: there is no variable $service",
        ),
    ],
)
def test_a_wrong_dashboard_is_named(changes: dict[str, Any], problem: str) -> None:
    found = problems_of(board(**changes))
    assert any(problem in one for one in found), found


def test_all_problems_are_told_at_once() -> None:
    wrong = board(over_time(width=20, alert="nobody"), Objective(title="Goal", slo="none"))
    assert len(problems_of(wrong, dataclasses.replace(wrong, key="other"))) == 6
