"""Production: the strategy's own limits and targets."""

from components.agent.features import Feature
from stacks.catalog.errors import ErrorLimits
from stacks.catalog.limits import Limits
from stacks.catalog.probes import Cadence
from stacks.catalog.targets import Targets
from stacks.catalog.traces import TraceRates
from stacks.environment import AgentPlan, EnvironmentPlan

PLAN = EnvironmentPlan(
    limits=Limits(),
    errors=ErrorLimits(),
    targets=Targets(),
    cadence=Cadence(),
    traces=TraceRates(),
    agents=AgentPlan(
        # Not OTLP (our services trace with ddtrace), external metrics (nothing scales by Datadog's), or changes of
        # settings from outside this program.
        features=frozenset(Feature) - {Feature.OTLP, Feature.EXTERNAL_METRICS, Feature.REMOTE_CONFIGURATION},
    ),
)
