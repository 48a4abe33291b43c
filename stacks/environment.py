"""What an environment is made of, beyond the settings of its stack file."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from components.agent.features import Feature
from components.rum.spec import Sampling
from stacks.catalog.errors import ErrorLimits
from stacks.catalog.limits import Limits
from stacks.catalog.load import LoadPlan
from stacks.catalog.probes import Cadence
from stacks.catalog.services import SERVICES, Service
from stacks.catalog.targets import Targets
from stacks.catalog.traces import TraceRates
from stacks.catalog.usage import Usage


@dataclass(frozen=True, kw_only=True, slots=True)
class AgentPlan:
    """What the agents do in one environment, and how many of those that are not on every node."""

    features: frozenset[Feature]
    cluster_agent_replicas: int = 2
    runner_replicas: int = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class EnvironmentPlan:
    """The catalog as it applies to one environment."""

    limits: Limits
    agents: AgentPlan
    targets: Targets
    cadence: Cadence
    errors: ErrorLimits
    load: LoadPlan
    browsers: Sampling
    traces: TraceRates
    usage: Usage
    budget: Decimal
    """Dollars a month; a preview that would cost more is refused (docs/cost.md)."""
    business_metrics: bool = True
    """Whether Prometheus and Grafana run in the cluster."""
    services: tuple[Service, ...] = SERVICES
