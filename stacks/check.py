"""Everything that is wrong in the catalog, found before anything is declared. Pure."""

from __future__ import annotations

from components.agent import check as agent
from components.dashboards import compile as dashboards
from components.monitors import compile as monitors
from components.routing import compile as routing
from components.rum import compile as rum
from components.sentry import compile as sentry
from components.slos import compile as slos
from infra.problems import Problem
from stacks.specs import StackSpecs


def check(specs: StackSpecs) -> list[Problem]:
    """The problems of all areas at once."""
    return [
        *agent.check(specs.agent),
        *(problem for tier in specs.monitors for problem in monitors.check(tier)),
        *routing.check(specs.routing),
        *slos.check(specs.slos),
        *dashboards.check(specs.dashboards, {slo.key for slo in specs.slos}),
        *rum.check(specs.rum),
        *sentry.check(specs.sentry),
    ]
