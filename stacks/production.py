"""Production: the strategy's own limits and targets."""

from decimal import Decimal

from components.agent.features import Feature
from components.rum.spec import Privacy, Sampling
from stacks.catalog.errors import ErrorLimits
from stacks.catalog.limits import Limits
from stacks.catalog.load import LoadPlan
from stacks.catalog.probes import Cadence
from stacks.catalog.targets import Targets
from stacks.catalog.traces import TraceRates
from stacks.catalog.usage import Usage
from stacks.environment import AgentPlan, EnvironmentPlan

PLAN = EnvironmentPlan(
    limits=Limits(),
    errors=ErrorLimits(),
    load=LoadPlan(),
    targets=Targets(),
    cadence=Cadence(),
    # All sessions count for metrics, and few are kept, which is what costs (docs/rum.md).
    browsers=Sampling(sessions=100.0, replays=5.0, traces=20.0, kept=10.0, privacy=Privacy.MASK_USER_INPUT),
    traces=TraceRates(),
    usage=Usage(),
    budget=Decimal(800),
    agents=AgentPlan(
        # Not OTLP (our services trace with ddtrace), external metrics (nothing scales by Datadog's), or changes of
        # settings from outside this program.
        features=frozenset(Feature) - {Feature.OTLP, Feature.EXTERNAL_METRICS, Feature.REMOTE_CONFIGURATION},
    ),
)
