"""Teams and their on-call rotation, in our words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique

from infra.naming import Team


@dataclass(frozen=True, kw_only=True, slots=True)
class TeamSpec:
    """One team; its handle is the value of the `team` tag."""

    team: Team
    title: str
    description: str


@unique
class Target(StrEnum):
    """Who is paged in a step of the escalation."""

    ON_CALL = "on call"
    NEXT = "next in the rotation"
    TEAM = "the whole team"


@dataclass(frozen=True, kw_only=True, slots=True)
class EscalationStep:
    """One step: who is paged, and how long is waited before the next step."""

    target: Target
    minutes: int
    """1 to 600, Datadog's own limits."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Escalation:
    """What happens to a page that nobody acknowledges."""

    steps: tuple[EscalationStep, ...]
    repeats: int
    """How many times it starts over after the last step; 0 to 10."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OnCallSpec:
    """The rotation of one team: turns of a week."""

    team: Team
    users: tuple[str, ...]
    """Ids of Datadog users, in the order of their turns."""
    time_zone: str
    rotation_start: str
    """ISO 8601, in UTC."""
    escalation: Escalation


@dataclass(frozen=True, kw_only=True, slots=True)
class TeamsSpec:
    """All teams that the owner stack makes."""

    stack: str
    teams: tuple[TeamSpec, ...]
    runbooks: str
    """Where the runbooks are read; every team links to it."""
    on_call: OnCallSpec | None = None
    """None: on-call is done elsewhere."""
