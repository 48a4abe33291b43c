"""A few entries of the catalog, of every area and every kind of resource."""

from __future__ import annotations

from dataclasses import replace

from components.agent.features import Feature
from components.dashboards.spec import DashboardSpec, Group, Objective
from infra.naming import Team
from stacks.specs import StackSpecs

ALERTS = {"postgres-unreachable", "redis-unreachable", "api-error-rate", "disk-usage", "registrations-drop"}
"""An alert of each tier, and one with its causes."""
FEATURES = frozenset({Feature.APM, Feature.DOGSTATSD, Feature.LOGS})
SHOWN_OBJECTIVES = {"api-availability"}
PROJECT = "api-sentry"
DASHBOARD = DashboardSpec(
    key="executive-overview",
    title="Small",
    description="Is it available?",
    owner=Team.PLATFORM,
    variables=(),
    groups=(Group(title="Availability", widgets=(Objective(title="Availability", slo="api-availability"),)),),
)


def small(specs: StackSpecs) -> StackSpecs:
    """The specs without the rest."""
    sentry = specs.sentry
    return replace(
        specs,
        agent=replace(specs.agent, features=FEATURES, checks=()),
        monitors=tuple(
            replace(tier, monitors=tuple(one for one in tier.monitors if one.key in ALERTS)) for tier in specs.monitors
        ),
        objectives=replace(
            specs.objectives, slos=tuple(one for one in specs.objectives.slos if one.key in SHOWN_OBJECTIVES)
        ),
        probes=replace(specs.probes, probes=specs.probes.probes[:1]),
        dashboards=replace(specs.dashboards, dashboards=(DASHBOARD,)),
        rum=replace(specs.rum, filters=specs.rum.filters[:1], metrics=()),
        # These are checked against the whole catalog: a part of one is wrong.
        business=None,
        logs=None,
        spans=None,
        software=None,
        sentry=replace(
            sentry,
            projects=tuple(one for one in sentry.projects if one.key == PROJECT),
            alerts=tuple(replace(one, projects=(PROJECT,)) for one in sentry.alerts if PROJECT in one.projects)[:1],
            monitors=tuple(one for one in sentry.monitors if one.project == PROJECT)[:1],
        ),
    )
