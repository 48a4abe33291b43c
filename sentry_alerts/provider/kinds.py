"""Every resource type, and what the provider does with it."""

from __future__ import annotations

from collections.abc import Mapping

from sentry_alerts import model
from sentry_alerts.model.monitors import CronMonitorInputs, MetricMonitorInputs, UptimeMonitorInputs
from sentry_alerts.provider.kind import Kind
from sentry_alerts.provider.objects import Alerts, Monitors
from sentry_alerts.provider.settings import InboundFilters, ProjectOwnership, ProjectSettings, SpikeProtection

KINDS: Mapping[str, Kind] = {
    model.ALERT: Alerts(),
    model.METRIC_MONITOR: Monitors(MetricMonitorInputs),
    model.CRON_MONITOR: Monitors(CronMonitorInputs),
    model.UPTIME_MONITOR: Monitors(UptimeMonitorInputs),
    model.PROJECT_SETTINGS: ProjectSettings(),
    model.PROJECT_OWNERSHIP: ProjectOwnership(),
    model.INBOUND_FILTERS: InboundFilters(),
    model.SPIKE_PROTECTION: SpikeProtection(),
}
