"""What a dashboard is, in our words: groups of widgets over queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum, unique

from components.dashboards.palette import Tone
from components.dashboards.units import Unit
from components.monitors.spec import MonitorSpec
from contract.proof import EventQuery
from infra.naming import Team


@dataclass(frozen=True, kw_only=True, slots=True)
class Series:
    """A formula over named queries: one line, or one for each group."""

    label: str
    formula: str
    queries: tuple[tuple[str, str | EventQuery], ...]
    """Pairs of a name used in the formula, and a metric query or a search for events."""
    unit: Unit | None
    """None for bare numbers."""
    per: str | None = None
    """The second half of the unit, such as the second of bytes per second."""
    tone: Tone = Tone.NEUTRAL


@unique
class Display(StrEnum):
    """How a time series is drawn: lines for levels, bars for counts, areas for parts of a whole."""

    LINE = "line"
    BARS = "bars"
    AREA = "area"


@unique
class Reduce(StrEnum):
    """How the points of the time shown become one number."""

    AVERAGE = "avg"
    HIGHEST = "max"
    LOWEST = "min"
    TOTAL = "sum"
    LAST = "last"
    PERCENTILE = "percentile"
    """For percentiles of distributions, which then are those of the whole time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Timeseries:
    """Values over time."""

    title: str
    series: tuple[Series, ...]
    display: Display = Display.LINE
    alert: str | None = None
    """The key of an alert on the same value: its limits are drawn, its runbook is linked."""
    width: int = 4
    height: int = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Value:
    """One number."""

    title: str
    series: Series
    reduce: Reduce
    alert: str | None = None
    """The key of an alert on the same value: its limits give the colours, its runbook is linked."""
    width: int = 2
    height: int = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Toplist:
    """The groups with the highest values."""

    title: str
    series: Series
    reduce: Reduce
    alert: str | None = None
    """As for `Value`."""
    width: int = 4
    height: int = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """One row for each group, one column for each series; all are grouped by the same."""

    title: str
    columns: tuple[tuple[Series, Reduce], ...]
    width: int = 12
    height: int = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Heatmap:
    """How the values of many groups are spread over time."""

    title: str
    series: Series
    width: int = 4
    height: int = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Events:
    """The newest events of a search, one in a row."""

    title: str
    source: str
    """The stream: `logs`, `spans`, `events`."""
    search: str
    width: int = 8
    height: int = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Objective:
    """The state of an SLO, by its logical name."""

    title: str
    slo: str
    width: int = 3
    height: int = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class MonitorStatus:
    """The states of this environment's alerts that have all these tags."""

    title: str
    tags: tuple[str, ...]
    width: int = 4
    height: int = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class AlertGraph:
    """What an alert evaluates, as it sees it: for expected bands and forecasts, which a plain graph does not show."""

    title: str
    alert: str
    width: int = 4
    height: int = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """Text in Markdown."""

    text: str
    width: int = 4
    height: int = 2


Graph = Timeseries | Value | Toplist | Table | Heatmap
"""What is made of series."""
Widget = Graph | Events | Objective | MonitorStatus | AlertGraph | Note


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Widgets under one heading, in the order in which they are read."""

    title: str
    widgets: tuple[Widget, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Variable:
    """A choice at the top of a dashboard, used in queries as `$name`."""

    name: str
    tag: str
    default: str = "*"
    choices: tuple[str, ...] = ()
    """All values there are to choose from; empty: whatever the telemetry has."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """From a graph to another page of Datadog, with what is chosen at the top of the dashboard."""

    label: str
    path: str
    """Such as `/logs?query=env:{{$env.value}}`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DashboardSpec:
    """One dashboard."""

    key: str
    title: str
    description: str
    owner: Team
    variables: tuple[Variable, ...]
    groups: tuple[Group, ...]
    deployments: str | None = None
    """A search for events, drawn as vertical lines over every time series."""
    links: tuple[Link, ...] = ()
    """In the menu of every graph."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DashboardsSpec:
    """All dashboards of a stack and what they refer to."""

    environment: str
    """The value of the `env` tag of this stack's alerts."""
    dashboards: tuple[DashboardSpec, ...]
    alerts: Mapping[str, MonitorSpec] = field(default_factory=dict[str, MonitorSpec])
    """Every alert of the stack by key."""
    runbook_base_url: str
    page_url: str
    """Where Datadog's pages are, without a slash at its end."""
