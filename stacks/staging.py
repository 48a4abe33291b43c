"""Staging: as production, with limits that fit test traffic and smaller nodes."""

from components.agent.spec import Resources
from stacks.catalog.errors import ErrorLimits
from stacks.catalog.limits import Limits
from stacks.environment import EnvironmentPlan

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
    errors=ErrorLimits(
        spike=500, failure_rate=20.0, failure_rate_warning=10.0, slow=4.0, crash_free=95.0, crash_free_warning=98.0
    ),
    agent=Resources(cpu_request=100, cpu_limit=300, memory=384),
    trace_agent=Resources(cpu_request=50, cpu_limit=200, memory=192),
)
