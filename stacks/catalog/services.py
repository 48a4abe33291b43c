"""The services. A new one is one entry here: its alerts, objective, dashboards, browser and Sentry project follow."""

from __future__ import annotations

from dataclasses import dataclass

from infra.naming import Team


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
    sentry_events_per_minute: int = 300
    scheduled: tuple[ScheduledJob, ...] = ()


SERVICES: tuple[Service, ...] = (
    Service(key="api", name="genonaut-api", owner=Team.BACKEND, operation="fastapi.request", paginates=True),
    Service(
        key="worker",
        name="genonaut-worker",
        owner=Team.BACKEND,
        operation="celery.run",
        # The one entry that says whether beat runs at all: each monitored job costs.
        scheduled=(ScheduledJob(key="beat-heartbeat", crontab="*/5 * * * *", margin_minutes=3, longest_minutes=5),),
    ),
    Service(key="web", name="genonaut-web", owner=Team.FRONTEND, in_browsers=True),
)
