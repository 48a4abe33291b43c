"""What a dashboard is, in our words: groups of widgets over queries."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique
from typing import Literal

from infra.naming import Team


@unique
class Unit(StrEnum):
    """Units that Datadog knows by these names (https://docs.datadoghq.com/metrics/units/)."""

    PERCENT = "percent"
    SECOND = "second"
    REQUEST = "request"
    USER = "user"


@dataclass(frozen=True, kw_only=True, slots=True)
class Series:
    """One line: a formula over named metric queries."""

    label: str
    formula: str
    queries: tuple[tuple[str, str], ...]
    """Pairs of a name used in the formula and a metric query."""
    unit: Unit


@dataclass(frozen=True, kw_only=True, slots=True)
class Limit:
    """A horizontal line drawn at an alert's threshold."""

    value: float
    label: str
    severity: Literal["error", "warning"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Timeseries:
    """Lines over time."""

    title: str
    series: tuple[Series, ...]
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Objective:
    """The state of an SLO, by its logical name."""

    title: str
    slo: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """Text in Markdown."""

    text: str


Widget = Timeseries | Objective | Note


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Widgets under one heading."""

    title: str
    widgets: tuple[Widget, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Variable:
    """A choice at the top of a dashboard, used in queries as `$name`."""

    name: str
    tag: str
    default: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DashboardSpec:
    """One dashboard."""

    key: str
    title: str
    description: str
    owner: Team
    variables: tuple[Variable, ...]
    groups: tuple[Group, ...]
