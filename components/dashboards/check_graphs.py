"""Everything that is wrong with what a graph asks, and with the alert whose limits it shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from components.dashboards.limits import limits, undrawable
from components.dashboards.spec import Graph, Heatmap, Series, Table, Timeseries, Toplist, Value
from components.monitors.spec import MonitorSpec
from contract.proof import prove_formula
from contract.query import QueryError, parse_metric, selections
from contract.world import World

Wrong: TypeAlias = Iterator[tuple[str, str, str]]
"""Where within what is looked at, what is wrong, and what would be right."""
CONTRACT = "see contract/"


def check_graph(widget: Graph, alerts: Mapping[str, MonitorSpec], world: World, variables: Mapping[str, str]) -> Wrong:
    """Whether its series are proved, and its alert is one whose limits can stand beside them."""
    series, alert = _shown(widget)
    if not series:
        yield "", "has no series", "at least one"
    if alert is not None:
        yield from _drawn(alert, alerts)
    if isinstance(widget, Table) and len({frozenset(_keys(one)) for one in series}) > 1:
        yield "", "its columns are grouped differently", "one row is one group in all of them"
    compared = limits(alerts[alert]) if alert in alerts and alert else []
    for one in series:
        found = prove_formula(
            one.formula, dict(one.queries), world, variables=variables, unit=one.unit, per=one.per, limits=compared
        )
        for finding in found:
            yield f".{one.label}", finding, CONTRACT


def known_alert(alert: str, alerts: Mapping[str, MonitorSpec]) -> Wrong:
    """Whether there is such an alert."""
    if alert not in alerts:
        yield "", f"there is no alert {alert!r}", "a key of stacks/catalog/alerts"


def _shown(widget: Graph) -> tuple[list[Series], str | None]:
    match widget:
        case Timeseries(series=several, alert=alert):
            return [*several], alert
        case Value(series=series, alert=alert) | Toplist(series=series, alert=alert):
            return [series], alert
        case Heatmap(series=series):
            return [series], None
        case Table(columns=columns):
            return [series for series, _ in columns], None


def _drawn(alert: str, alerts: Mapping[str, MonitorSpec]) -> Wrong:
    yield from known_alert(alert, alerts)
    if alert in alerts and (why := undrawable(alerts[alert])):
        yield "", f"the limits of {alert} cannot be drawn here: {why}", "leave `alert` out"


def _keys(series: Series) -> Iterable[str]:
    for _, query in series.queries:
        if not isinstance(query, str):
            yield from query.by
            continue
        try:
            yield from (key for one in selections(parse_metric(query)) for key in one.group_by)
        except QueryError:
            continue
