"""Staging: as production, with limits that fit test traffic and smaller nodes."""

from components.agent.features import Feature
from stacks import production
from stacks.catalog.limits import Limits
from stacks.environment import AgentPlan, EnvironmentPlan

PLAN = EnvironmentPlan(
    limits=Limits(
        error_rate=10.0,
        error_rate_warning=5.0,
        minimum_requests=20,
        pagination_p95=1.0,
        registrations_drop=90.0,
        availability=99.0,
        availability_warning=99.5,
    ),
    agents=AgentPlan(
        # What only a busy system shows.
        features=production.PLAN.agents.features - {Feature.NETWORK, Feature.SERVICE_MONITORING, Feature.RUNNERS},
        cluster_agent_replicas=1,
    ),
)
