"""The inputs of each resource type: what is allowed, and how it is written in Sentry's API. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from sentry_alerts import PACKAGE
from sentry_alerts.model.alert import AlertInputs
from sentry_alerts.model.base import Inputs, problems
from sentry_alerts.model.monitors import CronMonitorInputs, MetricMonitorInputs, UptimeMonitorInputs
from sentry_alerts.model.projects import (
    InboundFiltersInputs,
    ProjectOwnershipInputs,
    ProjectSettingsInputs,
    SpikeProtectionInputs,
)

__all__ = [
    "ALERT",
    "CRON_MONITOR",
    "INBOUND_FILTERS",
    "METRIC_MONITOR",
    "MODELS",
    "PROJECT_OWNERSHIP",
    "PROJECT_SETTINGS",
    "SPIKE_PROTECTION",
    "UPTIME_MONITOR",
    "AlertInputs",
    "problems",
    "token",
]


def token(name: str) -> str:
    """The type token of a resource class."""
    return f"{PACKAGE}:index:{name}"


ALERT = token("Alert")
METRIC_MONITOR = token("MetricMonitor")
CRON_MONITOR = token("CronMonitor")
UPTIME_MONITOR = token("UptimeMonitor")
PROJECT_SETTINGS = token("ProjectSettings")
PROJECT_OWNERSHIP = token("ProjectOwnership")
INBOUND_FILTERS = token("InboundFilters")
SPIKE_PROTECTION = token("SpikeProtection")

MODELS: Mapping[str, type[Inputs]] = {
    ALERT: AlertInputs,
    METRIC_MONITOR: MetricMonitorInputs,
    CRON_MONITOR: CronMonitorInputs,
    UPTIME_MONITOR: UptimeMonitorInputs,
    PROJECT_SETTINGS: ProjectSettingsInputs,
    PROJECT_OWNERSHIP: ProjectOwnershipInputs,
    INBOUND_FILTERS: InboundFiltersInputs,
    SPIKE_PROTECTION: SpikeProtectionInputs,
}
"""Type token -> the model of its inputs."""
