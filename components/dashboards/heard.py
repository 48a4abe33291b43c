"""What is left of a dashboard in an environment where some senders are not at work."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from components.dashboards.spec import DashboardSpec, Events, Heatmap, Series, Table, Timeseries, Toplist, Value, Widget
from contract.proof import EventQuery, stream_name
from contract.query import QueryError, parse_metric, selections
from contract.telemetry import EVENT_SOURCES, METRICS, Source


def heard(spec: DashboardSpec, silent: Collection[Source]) -> DashboardSpec:
    """The dashboard without what would stay empty: series, then widgets, then groups.

    What nobody emits anywhere stays, for the proof to complain of.
    """
    groups = (
        replace(group, widgets=tuple(left for widget in group.widgets if (left := _heard(widget, silent))))
        for group in spec.groups
    )
    deployments = None if Source.EVENTS in silent else spec.deployments
    return replace(spec, groups=tuple(group for group in groups if group.widgets), deployments=deployments)


def _heard(widget: Widget, silent: Collection[Source]) -> Widget | None:
    def speaks(series: Series) -> bool:
        return not any(source in silent for _, query in series.queries for source in _sources(query))

    match widget:
        case Timeseries(series=several):
            left = tuple(series for series in several if speaks(series))
            return replace(widget, series=left) if left else None
        case Table(columns=columns):
            kept = tuple(column for column in columns if speaks(column[0]))
            return replace(widget, columns=kept) if kept else None
        case Value(series=series) | Toplist(series=series) | Heatmap(series=series):
            return widget if speaks(series) else None
        case Events(source=source):
            return None if set(_senders(source)) & {*silent} else widget
        case _:
            return widget


def _sources(query: str | EventQuery) -> Iterator[Source]:
    if isinstance(query, EventQuery):
        yield from _senders(query.source)
        return
    try:
        tree = parse_metric(query)
    except QueryError:
        return
    for one in selections(tree):
        if one.metric in METRICS:
            yield METRICS[one.metric].source


def _senders(stream: str) -> Iterator[Source]:
    if found := EVENT_SOURCES.get(stream_name(stream)):
        yield found.source
