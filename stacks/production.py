"""Production: the strategy's own limits."""

from components.agent.spec import Resources
from stacks.catalog.errors import ErrorLimits
from stacks.catalog.limits import Limits
from stacks.environment import EnvironmentPlan

PLAN = EnvironmentPlan(
    limits=Limits(),
    errors=ErrorLimits(),
    agent=Resources(cpu_request=200, cpu_limit=500, memory=512),
    trace_agent=Resources(cpu_request=100, cpu_limit=300, memory=256),
)
