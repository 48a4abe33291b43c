"""What an alert is, in our words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique

from infra.naming import Team, Tier


@unique
class MissingData(StrEnum):
    """What an evaluation without data means (https://docs.datadoghq.com/monitors/guide/on_missing_data/)."""

    DEFAULT = "default"
    """A count is evaluated as zero; anything else keeps its last state."""
    SHOW = "show_no_data"
    NOTIFY = "show_and_notify_no_data"
    RESOLVE = "resolve"


@unique
class Comparator(StrEnum):
    """How the value is compared with the threshold."""

    ABOVE = ">"
    AT_LEAST = ">="
    BELOW = "<"
    AT_MOST = "<="


@dataclass(frozen=True, kw_only=True, slots=True)
class Thresholds:
    """The values at which an alert changes state, in the unit of its expression."""

    critical: float
    critical_recovery: float | None = None
    warning: float | None = None
    warning_recovery: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Urgency:
    """What a tier means for each of its alerts."""

    priority: int
    """1 (highest) to 5."""
    renotify_minutes: int | None
    """How long after the last notification an unresolved alert is sent again; None: once."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MonitorSpec:
    """One alert. The threshold is put into the query by the compiler, so the two cannot differ."""

    key: str
    """Logical name, from the catalog; never changes with the title."""
    title: str
    tier: Tier
    owner: Team
    service: str
    """The value of the `service` tag."""
    runbook: str
    """File name in docs/runbooks, without `.md`."""
    expression: str
    """A Datadog monitor query up to the comparator."""
    comparator: Comparator
    thresholds: Thresholds
    meaning: str
    """What is going on when it fires, in a sentence a person woken at night understands. Without numbers: they differ
    between warning and alert."""
    unit: str
    """The unit of the expression, as it stands behind a number in a message."""
    on_missing_data: MissingData
    require_full_window: bool
    """Whether to evaluate only windows filled with data; the provider's own default is true."""
    evaluation_delay: int
    """Seconds to wait for late data."""
    new_group_delay: int
    """Seconds before a group seen for the first time is evaluated."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TierSpec:
    """All alerts of one tier."""

    tier: Tier
    urgency: Urgency
    runbook_base_url: str
    monitors: tuple[MonitorSpec, ...]
