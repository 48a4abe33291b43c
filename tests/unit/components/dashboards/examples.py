"""A dashboard to change one thing of."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from components.dashboards.check import check
from components.dashboards.compile import compile_dashboard
from components.dashboards.definitions import Ids
from components.dashboards.spec import (
    AlertGraph,
    DashboardSpec,
    DashboardsSpec,
    Events,
    Group,
    Heatmap,
    Link,
    MonitorStatus,
    Note,
    Objective,
    Reduce,
    Series,
    Table,
    Timeseries,
    Toplist,
    Value,
    Variable,
    Widget,
)
from components.dashboards.units import Unit
from components.monitors.condition import Comparator
from components.monitors.spec import MonitorSpec
from contract.proof import EventQuery
from infra.naming import Team
from tests.examples import WORLD
from tests.unit.components.monitors import examples as monitors

DURATION = "p95:pagination.query.duration{$env,service:genonaut-api}"
SERIES = Series(label="p95", formula="value", queries=(("value", DURATION),), unit=Unit.SECOND)
GROUPED = dataclasses.replace(SERIES, queries=(("value", f"{DURATION} by {{collection}}"),))
LINES = Series(
    label="lines",
    formula="value",
    queries=(("value", EventQuery(source="logs", search="$env status:error", by=("service",))),),
    unit=Unit.EVENT,
)
ALERTS: Mapping[str, MonitorSpec] = {
    "lists": monitors.spec(
        key="lists",
        condition=monitors.metric(warning=0.25),
    ),
    "log": monitors.spec(key="log", condition=monitors.LOG),
    "symptom": monitors.SYMPTOM,
    "total": monitors.spec(
        key="total",
        condition=monitors.metric(expression="sum(last_15m):sum:genonaut.beat.ticks{env:production}.as_count()"),
    ),
    "drop": monitors.spec(
        key="drop",
        condition=monitors.metric(
            expression="pct_change(sum(last_1d),last_1d):sum:genonaut.users.registered{env:production}.as_count()",
            comparator=Comparator.BELOW,
        ),
    ),
}
OF_EACH_KIND: tuple[Widget, ...] = (
    Timeseries(title="Over time", series=(SERIES,), alert="lists"),
    Value(title="Number", series=SERIES, reduce=Reduce.PERCENTILE, alert="lists"),
    Toplist(title="Slowest", series=GROUPED, reduce=Reduce.PERCENTILE, alert="lists"),
    Table(title="Side by side", columns=((GROUPED, Reduce.PERCENTILE), (GROUPED, Reduce.PERCENTILE))),
    Heatmap(title="Spread", series=GROUPED),
    Events(title="Errors", source="logs", search="$env status:error"),
    Timeseries(title="Lines", series=(LINES,)),
    Objective(title="Goal", slo="api-availability"),
    MonitorStatus(title="Alerts", tags=("service:genonaut-api", "tier:warning")),
    AlertGraph(title="Band", alert="lists"),
    Note(text="What this is."),
)
BOARD = DashboardSpec(
    key="example",
    title="Example",
    description="Is it?",
    owner=Team.BACKEND,
    variables=(Variable(name="env", tag="env", default="production", choices=("production",)),),
    groups=(Group(title="All", widgets=OF_EACH_KIND),),
    deployments="event_type:deployment $env",
    links=(Link(label="Logs", path="/logs?query=env%3A{{$env.value}}"),),
)


def board(*widgets: Widget, **changes: Any) -> DashboardSpec:
    """The example with these widgets in its only group."""
    groups = (Group(title="All", widgets=widgets),) if widgets else BOARD.groups
    return dataclasses.replace(BOARD, **{"groups": groups, **changes})


def whole(*boards: DashboardSpec, alerts: Mapping[str, MonitorSpec] = ALERTS) -> DashboardsSpec:
    """These dashboards, with what they refer to."""
    return DashboardsSpec(
        environment="production",
        dashboards=boards,
        alerts=alerts,
        runbook_base_url="https://example.com/runbooks",
        page_url="https://app.datadoghq.com",
    )


def problems_of(*boards: DashboardSpec) -> list[str]:
    """Each problem of these dashboards, as people read it."""
    return [str(problem) for problem in check(whole(*boards), {"api-availability"}, WORLD)]


def compiled(spec: DashboardSpec, alerts: Mapping[str, MonitorSpec] = ALERTS) -> dict[str, Any]:
    """The body of this dashboard."""
    ids = Ids(slos={"api-availability": "f" * 32}, alerts={key: str(number) for number, key in enumerate(alerts, 100)})
    return compile_dashboard(spec, whole(spec, alerts=alerts), "Managed by Pulumi: x", ids)


def widget_of(*widgets: Widget, **changes: Any) -> dict[str, Any]:
    """The definition of the first of these widgets."""
    found: dict[str, Any] = compiled(board(*widgets, **changes))["widgets"][0]["definition"]["widgets"][0]["definition"]
    return found
