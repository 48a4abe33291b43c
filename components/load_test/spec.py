"""What puts load on an environment, in our words."""

from __future__ import annotations

from dataclasses import dataclass

from infra.naming import Environment


@dataclass(frozen=True, kw_only=True, slots=True)
class LoadTestSpec:
    """One image with the journeys, and the job that runs it."""

    environment: Environment
    namespace: str
    service: str
    """The value of its `service` tag."""
    repository: str
    """Where the image is pushed, without a tag."""
    target: str
    """The URL of the system under load."""
    statsd_host: str
    """Where the metrics go."""
    scenario: str
    users: int
    minutes: int
    schedule: str
    """Crontab, in UTC."""
    baseline: str | None
    """What to compare with, as the text of the file; None for no verdict."""
