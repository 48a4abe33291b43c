"""What an environment is made of, beyond the settings of its stack file."""

from __future__ import annotations

from dataclasses import dataclass

from components.agent.spec import Resources
from stacks.catalog.errors import ErrorLimits
from stacks.catalog.limits import Limits
from stacks.catalog.services import SERVICES, Service


@dataclass(frozen=True, kw_only=True, slots=True)
class EnvironmentPlan:
    """The catalog as it applies to one environment."""

    limits: Limits
    agent: Resources
    trace_agent: Resources
    errors: ErrorLimits
    services: tuple[Service, ...] = SERVICES
