"""The services. A new one is one entry here: its alerts, objective, dashboards, browser and Sentry project follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from infra.naming import UNIFIED_LABELS, Environment, Team

LABELS_AS_TAGS: Mapping[str, str] = {
    **{label: tag for tag, label in UNIFIED_LABELS.items()},
    "genonaut.io/team": "team",
}
"""Labels of workloads and their pods, and the tags that the agents make of them: the tags that monitors select by."""


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

    def labels(self, environment: Environment, version: str) -> dict[str, str]:
        """What its workloads and their pods must carry for its monitors to see them."""
        values = {"env": environment.value, "service": self.name, "version": version, "team": self.owner.value}
        return {label: values[tag] for label, tag in LABELS_AS_TAGS.items()}


SERVICES: tuple[Service, ...] = (
    Service(key="api", name="genonaut-api", owner=Team.BACKEND, operation="fastapi.request", paginates=True),
    Service(key="worker", name="genonaut-worker", owner=Team.BACKEND, operation="celery.run"),
    Service(key="web", name="genonaut-web", owner=Team.FRONTEND, in_browsers=True),
)
