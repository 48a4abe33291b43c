"""Specs, then components, then outputs."""

from __future__ import annotations

import pulumi

from components.agent.component import NodeAgent
from components.dashboards.component import Dashboards
from components.monitors.component import MonitorTier
from components.routing.component import Routing
from components.rum.component import RealUserMonitoring
from components.sentry.component import ErrorAlerts, ErrorTracking
from components.slos.component import Objectives
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
    transforms.register(settings.environment, stack, protect=settings.protect)
    providers = Providers(settings)
    in_datadog = pulumi.ResourceOptions(providers=[providers.datadog])

    NodeAgent("node-agent", specs.agent, pulumi.ResourceOptions(providers=[providers.kubernetes]))
    for tier in specs.monitors:
        MonitorTier(f"monitors-{tier.tier}", tier, in_datadog)
    Routing("routing", specs.routing, in_datadog)
    objectives = Objectives("objectives", specs.slos, in_datadog)
    dashboards = Dashboards("dashboards", specs.dashboards, objectives.slo_ids, in_datadog)
    browsers = RealUserMonitoring("rum", specs.rum, in_datadog)
    in_sentry = pulumi.ResourceOptions(providers=[providers.sentry, providers.sentry_alerts])
    errors = ErrorTracking("sentry", specs.sentry, in_sentry)
    ErrorAlerts("sentry-alerts", specs.sentry, errors, in_sentry)

    pulumi.export("environment", settings.environment.value)
    pulumi.export("dashboards", dashboards.urls)
    pulumi.export("rumApplications", browsers.applications)
    pulumi.export("rumClientTokens", browsers.client_tokens)
    pulumi.export("sentryDsns", errors.dsns)
