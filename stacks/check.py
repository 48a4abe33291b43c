"""Everything that is wrong in the catalog, found before anything is declared. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from components.agent import check as agent
from components.apm.software import check as software
from components.apm.spans import compile as spans
from components.apm.tracing import compile as tracing
from components.business import check as business
from components.cost import compile as cost
from components.dashboards import check as dashboards
from components.databases import compile as databases
from components.downtimes import compile as downtimes
from components.load_test import compile as load_test
from components.logs import check as logs
from components.monitors import check as monitors
from components.routing import compile as routing
from components.routing.channels import compile as channels
from components.routing.teams import compile as teams
from components.rum import check as rum
from components.sentry import compile as sentry
from components.slos import compile as slos
from components.synthetics import check as probes
from contract.telemetry import METRICS
from contract.telemetry.cardinality import over_limit
from infra.naming import Tier
from infra.problems import Problem
from stacks.specs import StackSpecs


def _business_tier(specs: StackSpecs) -> list[str]:
    return [one.key for tier in specs.monitors if tier.tier is Tier.BUSINESS for one in tier.monitors]


def _series() -> Iterator[Problem]:
    for name, what, limit in over_limit(METRICS.values()):
        yield Problem(f"contract.{name}", what, f"at most {limit:,}: fewer tags, or tags with fewer values")


def check(specs: StackSpecs) -> list[Problem]:
    """The problems of all areas at once."""
    return [
        *agent.check(specs.agent),
        *databases.check(specs.databases),
        *(business.check(specs.business, specs.world, _business_tier(specs)) if specs.business else ()),
        *(logs.check(specs.logs) if specs.logs else ()),
        *monitors.check(specs.monitors, specs.world),
        *downtimes.check(specs.downtimes, {one.service for tier in specs.monitors for one in tier.monitors}),
        *routing.check(specs.routing),
        *(channels.check(specs.channels) if specs.channels else ()),
        *(teams.check(specs.teams) if specs.teams else ()),
        *slos.check(specs.objectives, specs.world),
        *probes.check(specs.probes),
        *dashboards.check(specs.dashboards, {slo.key for slo in specs.objectives.slos}, specs.world),
        *rum.check(specs.rum, specs.world),
        *sentry.check(specs.sentry),
        *tracing.check(specs.tracing),
        *(spans.check(specs.spans, specs.world) if specs.spans else ()),
        *(software.check(specs.software) if specs.software else ()),
        *(load_test.check(specs.load_test) if specs.load_test else ()),
        *cost.check(specs.cost),
        *_series(),
    ]
