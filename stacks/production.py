"""Production: the strategy's own limits and targets."""

from components.agent.spec import Resources
from stacks.catalog.limits import Limits
from stacks.catalog.probes import Cadence
from stacks.catalog.targets import Targets
from stacks.environment import EnvironmentPlan

PLAN = EnvironmentPlan(
    limits=Limits(),
    targets=Targets(),
    cadence=Cadence(),
    agent=Resources(cpu_request=200, cpu_limit=500, memory=512),
    trace_agent=Resources(cpu_request=100, cpu_limit=300, memory=256),
)
