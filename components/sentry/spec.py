"""What Sentry holds for one stack, in our words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, unique
from typing import Any

from infra.naming import Environment, Tier


@dataclass(frozen=True, kw_only=True, slots=True)
class ProjectRules:
    """What a project makes of the events it is sent."""

    fingerprints: tuple[str, ...] = ()
    """Which errors are one issue: `matcher:pattern -> fingerprint`."""
    grouping: tuple[str, ...] = ()
    """Which frames count when grouping: `matcher:pattern action`."""
    owned: tuple[str, ...] = ()
    """Patterns (`path:...`, `url:...`) of what the stack's team owns."""
    sensitive_fields: tuple[str, ...] = ()
    """Names whose values are scrubbed, beyond Sentry's own list."""
    dropped_errors: tuple[str, ...] = ()
    """Patterns with `*` of error messages that nobody can act on."""
    resolve_after_hours: int
    """Silence after which an issue is resolved by itself."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SentryProjectSpec:
    """One service's project and the key it reports with."""

    key: str
    service: str
    events_per_minute: int
    """Events above this rate are dropped by Sentry before they count against the quota."""
    in_browsers: bool
    """Whether browsers send its events: then what browsers alone bring along is dropped."""
    rules: ProjectRules


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """A channel or service outside Sentry; `kind` is slack, pagerduty or opsgenie."""

    kind: str
    integration: str
    id: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AlertSpec:
    """Who is told about which issues."""

    key: str
    title: str
    tier: Tier
    runbook: str
    """A page of docs/runbooks, without `.md`."""
    projects: tuple[str, ...]
    """Keys of projects."""
    triggers: tuple[Mapping[str, Any], ...]
    alternatives: tuple[tuple[Mapping[str, Any], ...], ...] = ((),)
    """Conditions: all of one alternative must hold."""
    silence_minutes: int = 30
    """How long nothing more is said about the same issue."""


@unique
class Measure(StrEnum):
    """What a metric monitor measures, and in which unit its limits are."""

    FAILURE_RATE = "failure rate (%)"
    P95_DURATION = "95th percentile of durations (s)"
    CRASH_FREE_SESSIONS = "crash-free sessions (%)"


@dataclass(frozen=True, kw_only=True, slots=True)
class MetricMonitorSpec:
    """An issue when a measure passes a limit; crash-free sessions pass it downwards."""

    key: str
    title: str
    tier: Tier
    runbook: str
    project: str
    measure: Measure
    query: str = ""
    critical: float
    warning: float | None = None
    window_minutes: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CronMonitorSpec:
    """An issue when a scheduled job fails, hangs or does not come."""

    key: str
    title: str
    tier: Tier
    runbook: str
    project: str
    job: str
    """What its check-ins call it: for Celery beat, the name of the schedule's entry."""
    crontab: str
    margin_minutes: int
    longest_minutes: int
    failures: int


@dataclass(frozen=True, kw_only=True, slots=True)
class UptimeMonitorSpec:
    """An issue when a URL does not answer 2xx with this value at this place of its body."""

    key: str
    title: str
    tier: Tier
    runbook: str
    project: str
    url: str
    json_path: str
    value: str
    every_seconds: int
    timeout_seconds: int
    failures: int


MonitorSpec = MetricMonitorSpec | CronMonitorSpec | UptimeMonitorSpec


@dataclass(frozen=True, kw_only=True, slots=True)
class SentrySpec:
    """The team, the projects and the alerts of one stack."""

    organization: str
    stack: str
    environment: Environment
    runbook_base_url: str
    projects: tuple[SentryProjectSpec, ...]
    alerts: tuple[AlertSpec, ...] = ()
    monitors: tuple[MonitorSpec, ...] = ()
    targets: Mapping[Tier, tuple[Target, ...]]
    """Who is told outside Sentry; where a tier has nobody, the stack's team is told by Sentry."""
