"""Sentry's team, projects, keys, alerts and monitors as resources."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
import pulumiverse_sentry as sentry

import sentry_alerts.sdk as alerting
from components.sentry.alerts import compile_alert, compile_monitors_alert
from components.sentry.compile import compile_key, compile_project, compile_team
from components.sentry.monitors import compile_monitor
from components.sentry.rules import compile_filters, compile_ownership, compile_settings
from components.sentry.spec import CronMonitorSpec, MetricMonitorSpec, MonitorSpec, SentrySpec, UptimeMonitorSpec
from infra.naming import Tier

MONITORS: Mapping[type[MonitorSpec], type[alerting.MetricMonitor | alerting.CronMonitor | alerting.UptimeMonitor]] = {
    MetricMonitorSpec: alerting.MetricMonitor,
    CronMonitorSpec: alerting.CronMonitor,
    UptimeMonitorSpec: alerting.UptimeMonitor,
}


class ErrorTracking(pulumi.ComponentResource):
    """One team, and for each service a project with a key and its settings."""

    dsns: pulumi.Output[dict[str, str]]
    """Public DSNs by logical name of the project: where a service sends its errors."""
    team: pulumi.Output[str]
    """Sentry's number of the team."""
    projects: dict[str, pulumi.Output[str]]
    """Sentry's numbers of the projects, by logical name."""

    def __init__(self, name: str, spec: SentrySpec, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("monitoring:sentry:ErrorTracking", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        team = sentry.SentryTeam("sentry-team", opts=child, **compile_team(spec))
        self.team, self.projects = team.internal_id, {}
        dsns = {}
        for item in spec.projects:
            project = sentry.SentryProject(item.key, opts=child, teams=[team.slug], **compile_project(item, spec))
            self.projects[item.key] = project.internal_id
            key = sentry.SentryKey(f"{item.key}-key", opts=child, project=project.slug, **compile_key(item, spec))
            dsns[item.key] = key.dsn_public
            slug = project.slug
            alerting.ProjectSettings(f"{item.key}-settings", opts=child, project=slug, **compile_settings(item, spec))
            alerting.ProjectOwnership(f"{item.key}-owners", opts=child, project=slug, **compile_ownership(item, spec))
            alerting.InboundFilters(f"{item.key}-filters", opts=child, project=slug, **compile_filters(item, spec))
            alerting.SpikeProtection(f"{item.key}-spikes", opts=child, organization=spec.organization, project=slug)
        self.dsns = pulumi.Output.all(**dsns)
        self.register_outputs({"dsns": self.dsns})


class ErrorAlerts(pulumi.ComponentResource):
    """Alerts about issues; monitors, and for each tier one alert about its monitors' issues."""

    def __init__(
        self, name: str, spec: SentrySpec, tracking: ErrorTracking, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("monitoring:sentry:ErrorAlerts", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        for alert in spec.alerts:
            alerting.Alert(alert.key, opts=child, **compile_alert(alert, spec, tracking.projects, tracking.team))
        owner = tracking.team.apply(lambda number: f"team:{number}")
        numbers: dict[Tier, list[pulumi.Output[str]]] = {}
        for monitor in spec.monitors:
            arguments = compile_monitor(monitor, spec, tracking.projects[monitor.project], owner)
            made = MONITORS[type(monitor)](monitor.key, opts=child, **arguments)
            numbers.setdefault(monitor.tier, []).append(made.internal_id)
        for tier, monitors in numbers.items():
            arguments = compile_monitors_alert(tier, spec, monitors, tracking.team)
            alerting.Alert(f"sentry-monitors-{tier}", opts=child, **arguments)
        self.register_outputs({})
