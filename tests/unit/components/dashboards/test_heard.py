"""What stays of a dashboard where senders are silent."""

from __future__ import annotations

import dataclasses

from components.dashboards.heard import heard
from components.dashboards.spec import DashboardSpec, Timeseries
from contract.telemetry import Source
from tests.unit.components.dashboards.examples import BOARD, LINES, SERIES, board


def titles(spec: DashboardSpec) -> list[str]:
    return [getattr(widget, "title", "note") for group in spec.groups for widget in group.widgets]


def test_nothing_is_lost_while_all_are_at_work() -> None:
    assert heard(BOARD, frozenset()) == BOARD


def test_what_a_silent_sender_would_fill_is_left_out() -> None:
    left = heard(BOARD, {Source.LOGS, Source.EVENTS})
    assert {*titles(BOARD)} - {*titles(left)} == {"Errors", "Lines"}
    assert left.deployments is None
    assert titles(heard(BOARD, {Source.APPLICATION})) == ["Errors", "Lines", "Goal", "Alerts", "Band", "note"]


def test_a_graph_keeps_the_series_that_are_heard() -> None:
    both = board(Timeseries(title="Both", series=(SERIES, LINES)))
    (group,) = heard(both, {Source.LOGS}).groups
    assert group.widgets == (Timeseries(title="Both", series=(SERIES,)),)
    assert heard(both, {Source.LOGS, Source.APPLICATION}).groups == ()


def test_what_nobody_emits_stays_for_the_proof() -> None:
    unknown = dataclasses.replace(SERIES, queries=(("value", "avg:no.such.metric{$env}"),))
    unreadable = dataclasses.replace(SERIES, queries=(("value", "avg:no"),))
    wrong = board(Timeseries(title="Wrong", series=(unknown, unreadable)))
    assert heard(wrong, frozenset(Source)).groups == wrong.groups
