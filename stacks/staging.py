"""Staging: as production, with limits that fit test traffic, fewer probes and smaller nodes."""

from decimal import Decimal

from components.agent.features import Feature
from components.rum.spec import Privacy, Sampling
from stacks import production
from stacks.catalog.errors import ErrorLimits
from stacks.catalog.limits import Limits
from stacks.catalog.load import LoadPlan
from stacks.catalog.probes import Cadence
from stacks.catalog.targets import Target, Targets
from stacks.catalog.traces import TraceRates
from stacks.catalog.usage import Traffic, Usage
from stacks.environment import AgentPlan, EnvironmentPlan

PLAN = EnvironmentPlan(
    limits=Limits(
        error_rate=10.0,
        error_rate_warning=5.0,
        minimum_requests=20,
        latency_p95=4.0,
        latency_p95_warning=2.0,
        error_logs=500,
        pagination_p95=1.0,
        database_failures=10,
        cache_hit_rate=50.0,
        queue_default=1_000,
        queue_generation=200,
        restarts=10,
        # Half of two pods is one, which a test may well kill.
        unavailable=100.0,
        registrations_drop=90.0,
        content_drop=90.0,
        search_failures=25.0,
    ),
    targets=Targets(
        availability=Target(99.0, 99.5),
        latency=Target(95.0, 97.0),
        pagination_seconds=1.0,
        search=Target(95.0, 97.0),
        tasks=Target(95.0, 97.0),
        database=Target(99.0, 99.5),
    ),
    cadence=Cadence(
        health_seconds=1_800,
        journey_seconds=7_200,
        visit_seconds=86_400,
        locations=("aws:eu-central-1",),
        failing_locations=1,
    ),
    # Few sessions, mostly of our own people: all are kept, and none is recorded.
    browsers=Sampling(sessions=100.0, replays=0.0, traces=100.0, kept=100.0, privacy=Privacy.MASK),
    # Little traffic, and what is being tried is looked at; it is searched for less.
    traces=TraceRates(polled=1.0, reads=1.0, kept_lists=0.1, kept_rest=0.02),
    # Our own people, and the load test of every night.
    usage=Usage(
        hosts=2,
        containers=30,
        traffic=Traffic(polled=150_000, lists=100_000, reads=100_000, writes=20_000, tasks=20_000),
        log_lines=7_000_000,
        quiet_lines={"Health checks": 1_500_000, "Static files": 200_000, "The agents at work": 1_000_000},
        sessions=500,
        errors=5_000,
        series_seen=Decimal("0.05"),
    ),
    budget=Decimal(350),
    agents=AgentPlan(
        # What only a busy system shows.
        features=production.PLAN.agents.features - {Feature.NETWORK, Feature.SERVICE_MONITORING, Feature.RUNNERS},
        cluster_agent_replicas=1,
    ),
    load=LoadPlan(),
    errors=ErrorLimits(
        spike=500, failure_rate=20.0, failure_rate_warning=10.0, slow=4.0, crash_free=95.0, crash_free_warning=98.0
    ),
)
