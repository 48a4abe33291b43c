"""What an alert is, in our words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique

from components.monitors.condition import Condition
from infra.naming import Team, Tier


@unique
class MissingData(StrEnum):
    """What an evaluation without data means (https://docs.datadoghq.com/monitors/guide/on_missing_data/)."""

    DEFAULT = "default"
    """A count is evaluated as zero; anything else keeps its last state."""
    SHOW = "show_no_data"
    """The alert shows "no data" and tells nobody."""
    NOTIFY = "show_and_notify_no_data"
    """Silence is as bad as the alert itself: somebody is told."""
    RESOLVE = "resolve"
    """Nothing left to watch, such as a deleted pod: the alert ends."""


@unique
class Stage(StrEnum):
    """Whether an alert may disturb people yet."""

    BURN_IN = "burn-in"
    """It is evaluated and its changes of state are recorded, but nobody is told."""
    LIVE = "live"


@dataclass(frozen=True, kw_only=True, slots=True)
class Urgency:
    """What a tier means for each of its alerts."""

    priority: int
    """1 (highest) to 5."""
    renotify_minutes: int | None
    """How long after the last notification an unresolved alert is sent again; None: once."""
    missing_data: MissingData
    """What missing data means for an alert that does not say otherwise."""
    resolve_after_hours: int | None
    """Hours without any data after which an alert ends by itself, so that what was taken away does not alert for ever;
    None: never."""
    working_hours_only: bool
    """Whether it waits for the morning: outside working hours its notifications are held back."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MonitorSpec:
    """One alert."""

    key: str
    """Logical name, from the catalog; never changes with the title."""
    title: str
    tier: Tier
    owner: Team
    service: str
    """The value of the `service` tag."""
    runbook: str
    """File name in docs/runbooks, without `.md`."""
    condition: Condition
    meaning: str
    """What is going on when it fires, in a sentence a person woken at night understands. Without numbers: they differ
    between warning and alert. May name the group: `{{host.name}}`."""
    unit: str
    """The unit of the measured value, as it stands behind a number in a message."""
    silence: str
    """What missing data says and what to do about it, in a sentence."""
    on_missing_data: MissingData | None = None
    """None: as its tier has it."""
    new_group_delay: int = 60
    """Seconds before a group seen for the first time is evaluated."""
    unless: tuple[str, ...] = ()
    """Keys of alerts that tell of the cause. While one of them is on, this alert, their symptom, stays quiet."""
    stage: Stage = Stage.LIVE
    rollout: bool = False
    """Whether a rollout that goes well sets it off; `make mute` mutes it around one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TierSpec:
    """All alerts of one tier."""

    tier: Tier
    urgency: Urgency
    runbook_base_url: str
    monitors: tuple[MonitorSpec, ...]
