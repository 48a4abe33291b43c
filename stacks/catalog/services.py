"""The services. A new one is one entry here: its alerts, objective, dashboards, browser and Sentry project follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from infra.naming import UNIFIED_LABELS, Environment, Team
from stacks.catalog import infrastructure

ANSWERS_REQUESTS = "fastapi.request"
"""The root operation of services that answer requests."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Dependency:
    """What services cannot do without."""

    service: str
    """The value of its `service` tag."""
    cause: str
    """The key of the alert that tells that it is down."""


POSTGRES = Dependency(service=infrastructure.POSTGRES, cause="postgres-unreachable")
REDIS = Dependency(service=infrastructure.REDIS, cause="redis-unreachable")

LABELS_AS_TAGS: Mapping[str, str] = {
    **{label: tag for tag, label in UNIFIED_LABELS.items()},
    "genonaut.io/team": "team",
}
"""Labels of workloads and their pods, and the tags that the agents make of them: the tags that monitors select by."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ScheduledJob:
    """A job on Celery beat's schedule that somebody is told about when it does not come."""

    key: str
    """The name of its entry in beat's schedule."""
    crontab: str
    margin_minutes: int
    longest_minutes: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Service:
    """One thing Genonaut runs and somebody owns."""

    key: str
    """Short name, part of the logical names of all that is made for it; never changes."""
    name: str
    """The value of its `service` tag."""
    owner: Team
    operation: str | None = None
    """The root operation of its traces; None where it makes none."""
    paginates: bool = False
    """Whether it emits pagination metrics."""
    in_browsers: bool = False
    """Whether it is a front end."""
    endpoint: Literal["api", "web"] | None = None
    """The public address it stands behind (settings, `endpoints`); None where people do not reach it."""
    sentry_events_per_minute: int = 300
    description: str = "A service of Genonaut's."
    languages: tuple[str, ...] = ()
    """What it is written in, by Datadog's names."""
    calls: tuple[str, ...] = ()
    """Keys of the services it asks, or gives work to."""
    depends_on: tuple[Dependency, ...] = ()
    """While one of these is down, its own alerts are symptoms, and stay quiet."""
    scheduled: tuple[ScheduledJob, ...] = ()

    @property
    def causes(self) -> tuple[str, ...]:
        """The keys of the alerts that tell why it fails."""
        return tuple(dependency.cause for dependency in self.depends_on)

    def labels(self, environment: Environment, version: str) -> dict[str, str]:
        """What its workloads and their pods must carry for its monitors to see them."""
        values = {"env": environment.value, "service": self.name, "version": version, "team": self.owner.value}
        return {label: values[tag] for label, tag in LABELS_AS_TAGS.items()}


_BOTH = (POSTGRES, REDIS)

SERVICES: tuple[Service, ...] = (
    Service(
        key="api",
        name="genonaut-api",
        owner=Team.BACKEND,
        operation=ANSWERS_REQUESTS,
        paginates=True,
        endpoint="api",
        description="The API that browsers and scripts use.",
        languages=("python",),
        calls=("worker",),
        depends_on=_BOTH,
    ),
    Service(
        key="worker",
        name="genonaut-worker",
        owner=Team.BACKEND,
        operation="celery.run",
        description="Runs tasks: image generation above all.",
        languages=("python",),
        depends_on=_BOTH,
        # The one entry that says whether beat runs at all: each monitored job costs.
        scheduled=(ScheduledJob(key="beat-heartbeat", crontab="*/5 * * * *", margin_minutes=3, longest_minutes=5),),
    ),
    Service(
        key="web",
        name="genonaut-web",
        owner=Team.FRONTEND,
        in_browsers=True,
        endpoint="web",
        description="The web application.",
        languages=("js",),
        calls=("api",),
    ),
)
