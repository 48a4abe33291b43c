"""Specs, then components, then outputs."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi

from components.agent.component import Agents
from components.apm.software.component import ServiceCatalog
from components.apm.spans.component import Spans
from components.apm.tracing.component import Tracing
from components.business.component import BusinessMetrics
from components.cost.compile import compile_bill
from components.dashboards.component import Dashboards
from components.databases.component import DatabaseMonitoring
from components.downtimes.component import MaintenanceWindows
from components.imported.component import Imported
from components.load_test.component import LoadTest
from components.logs.component import Logs
from components.metrics.component import Distributions
from components.monitors.component import MonitorTier
from components.routing.channels.component import Channels
from components.routing.component import Routing
from components.routing.teams.component import Teams
from components.rum.component import RealUserMonitoring
from components.sentry.component import ErrorAlerts, ErrorTracking
from components.slos.component import Objectives
from components.synthetics.component import Probes
from infra import transforms
from infra.problems import ProblemsError
from infra.providers import Providers
from infra.settings import Settings
from stacks.check import check
from stacks.specs import compose


def build(settings: Settings) -> None:
    """Declare everything of this stack. Raises ProblemsError, before the first resource, when the catalog is wrong."""
    stack = pulumi.get_stack()
    specs = compose(settings, stack)
    if problems := check(specs):
        raise ProblemsError(f"The catalog of {settings.environment}", problems)
    transforms.register(settings.environment, stack, protect=settings.protect, untouched=specs.imported.keys)
    providers = Providers(settings)
    in_datadog = pulumi.ResourceOptions(providers=[providers.datadog])
    in_kubernetes = pulumi.ResourceOptions(providers=[providers.kubernetes])
    agents = Agents("agents", specs.agent, in_kubernetes)
    # After the agents, because their namespace may be the databases', too.
    after_agents = pulumi.ResourceOptions.merge(in_kubernetes, pulumi.ResourceOptions(depends_on=[agents]))
    DatabaseMonitoring("databases", specs.databases, after_agents)
    if specs.business:
        BusinessMetrics("business", specs.business, in_kubernetes)
    Tracing("tracing", specs.tracing, after_agents)
    if specs.distributions:
        Distributions("distributions", specs.distributions, in_datadog)
    if specs.spans:
        Spans("spans", specs.spans, in_datadog)
    if specs.logs:
        Logs("logs", specs.logs, in_datadog)
    causes: Mapping[str, pulumi.Output[str]] = {}
    alert_ids: dict[str, pulumi.Output[str]] = {}
    for tier in specs.monitors:
        alerts = MonitorTier(f"monitors-{tier.tier}", tier, causes, in_datadog)
        causes = alerts.cause_ids
        alert_ids |= alerts.monitor_ids
    if specs.imported.entries:
        Imported("imported", specs.imported, in_datadog)
    MaintenanceWindows("downtimes", specs.downtimes, in_datadog)
    if specs.channels:
        Channels("channels", specs.channels, in_datadog)
    if specs.teams:
        Teams("teams", specs.teams, in_datadog)
    Routing("routing", specs.routing, in_datadog)
    objectives = Objectives("objectives", specs.objectives, in_datadog)
    Probes("probes", specs.probes, in_datadog)
    dashboards = Dashboards("dashboards", specs.dashboards, objectives.slo_ids, alert_ids, in_datadog)
    if specs.software:
        ServiceCatalog("software", specs.software, dashboards.urls, in_datadog)
    # After the agents, for the same reason.
    in_both = pulumi.ResourceOptions.merge(after_agents, in_datadog)
    browsers = RealUserMonitoring("rum", specs.rum, in_both)
    in_sentry = pulumi.ResourceOptions(providers=[providers.sentry, providers.sentry_alerts])
    errors = ErrorTracking("sentry", specs.sentry, in_sentry)
    ErrorAlerts("sentry-alerts", specs.sentry, errors, in_sentry)

    if specs.load_test:
        # Its namespace may be the agents', too.
        with_image = pulumi.ResourceOptions(providers=[providers.docker, providers.kubernetes], depends_on=[agents])
        LoadTest("load-test", specs.load_test, with_image)

    _export(
        {
            "environment": settings.environment.value,
            # For `make ownership`, which reads nothing but states.
            "ownership": {"owner": settings.datadog.owner_stack, "cluster": settings.kubernetes.cluster_name},
            "dashboards": dashboards.urls,
            "rumApplications": browsers.applications,
            "rumClientTokens": browsers.client_tokens,
            "sentryDsns": errors.dsns,
            "bill": compile_bill(specs.cost).mapping(),
        }
    )


def _export(outputs: Mapping[str, object]) -> None:
    for name, value in outputs.items():
        pulumi.export(name, value)
