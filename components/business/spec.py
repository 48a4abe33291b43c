"""What Prometheus watches and Grafana shows, in our words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique
from typing import TypeAlias

from contract.promql import Query
from infra.naming import Environment, Team, Tier


@dataclass(frozen=True, kw_only=True, slots=True)
class Recording:
    """A series that Prometheus computes again and again, so that alerts and dashboards share one number."""

    name: str
    """Such as `genonaut:search:failures_percent`: subject, what, unit."""
    query: Query
    labels: tuple[str, ...] = ()
    """Those that the result has."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Alert:
    """A condition on a number, or on its absence, that is shown until it ends."""

    key: str
    """From the catalog: that of the alert in Datadog where there is one."""
    begins: Query
    stays: Query | None
    """Where it is given, the alert, once on, lasts while this holds: on the good side of where it began."""
    hold_seconds: int
    """How long it must hold before it is an alert."""
    owner: Team
    tier: Tier
    service: str
    title: str
    meaning: str
    unit: str
    runbook: str
    """File name in docs/runbooks, without `.md`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleGroup:
    """Rules that are evaluated one after the other, the recordings first."""

    key: str
    recordings: tuple[Recording, ...] = ()
    alerts: tuple[Alert, ...] = ()


@unique
class Unit(StrEnum):
    """The units of panels, by Grafana's names
    (https://github.com/grafana/grafana/blob/main/packages/grafana-data/src/valueFormats/categories.ts)."""

    NUMBER = "short"
    PERCENT = "percent"
    SECONDS = "s"
    BYTES = "bytes"
    PER_SECOND = "cps"


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One query of a panel."""

    query: Query
    legend: str
    """May name labels: `{{feature}}`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Limit:
    """A threshold that a panel shows."""

    value: float
    bad_above: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Number:
    """A panel with the latest value, large."""

    title: str
    about: str
    line: Line
    unit: Unit
    limit: Limit | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Course:
    """A panel with values over time."""

    title: str
    about: str
    lines: tuple[Line, ...]
    unit: Unit
    limit: Limit | None = None
    stacked: bool = False


Panel: TypeAlias = Number | Course


@dataclass(frozen=True, kw_only=True, slots=True)
class Board:
    """A dashboard of Grafana's."""

    key: str
    """Its identifier there, too, which links hold on to; never changes."""
    title: str
    about: str
    panels: tuple[Panel, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class RemoteWrite:
    """A store that keeps the metrics for longer."""

    url: str
    secret: str | None
    """A Secret of the namespace with the key `password` where there is a user, else `token`; None for no login."""
    username: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Storage:
    """Where and for how long Prometheus keeps what it read."""

    size: str
    storage_class: str | None
    time: str
    """Prometheus' notation, such as 90d."""
    blocks: int
    """MiB that the blocks may take."""


@dataclass(frozen=True, kw_only=True, slots=True)
class BusinessSpec:
    """All of it, in one environment."""

    environment: Environment
    cluster: str
    namespace: str
    watched_namespace: str
    """Where Genonaut runs."""
    services: tuple[str, ...]
    """The values of the `service` label of the pods that are read."""
    prometheus_image: str
    grafana_image: str
    pull_secrets: tuple[str, ...]
    storage: Storage
    remote_write: RemoteWrite | None
    alertmanager: str | None
    """The URL of one; None where alerts are only shown."""
    runbook_base_url: str
    groups: tuple[RuleGroup, ...]
    boards: tuple[Board, ...]
