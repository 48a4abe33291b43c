"""Traces: which ones services send, and which ones can be searched for afterwards. Numbers per environment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from components.apm.spans.spec import RetentionSpec
from components.apm.tracing.spec import SamplingRule
from contract.query.text import number_text
from infra.naming import Environment
from stacks.catalog.answers import HEALTH_ROUTE
from stacks.catalog.errors import PAGINATED_ROUTES
from stacks.catalog.services import ANSWERS_REQUESTS, Service
from stacks.catalog.targets import NANOSECONDS

SHARING: Mapping[Environment, tuple[Environment, ...]] = {
    Environment.PRODUCTION: (Environment.PRODUCTION, Environment.STAGING),
    Environment.STAGING: (Environment.STAGING,),
    Environment.SANDBOX: (Environment.SANDBOX,),
}
"""The environments whose traces are in the organisation that a stack of an environment owns."""
PROBED = ("GET /health", f"GET {HEALTH_ROUTE}")
"""Asked by Kubernetes and by probes all the time, and always the same; their metrics are complete without traces."""
POLLED = "GET /api/v1/generation-jobs/?*"
"""The state of one job, which browsers ask for every few seconds."""

READS = "GET *"


@dataclass(frozen=True, kw_only=True, slots=True)
class TraceRates:
    """The shares of one environment, from 0 to 1; the defaults are production's."""

    # Sent.
    polled: float = 0.1
    lists: float = 1.0
    """The hot path."""
    reads: float = 0.5
    """All other requests that only read."""
    writes: float = 1.0
    """They hand over tasks, and a task goes by the decision of the request that it came from."""
    tasks: float = 1.0
    """Few, long and expensive; and they are counted (contract/telemetry/spans.py)."""
    most_per_second: int = 100
    """Of one process. The tracer's own default, said out loud."""
    profiled: bool = False
    """Whether the profiler runs: it is in no price of Datadog's APM that we pay."""

    # Kept for search, of what is sent.
    kept_errors: float = 1.0
    kept_slow: float = 1.0
    kept_lists: float = 0.2
    kept_rest: float = 0.05


def sampling(service: Service, rates: TraceRates) -> tuple[SamplingRule, ...]:
    """The rules of a service that makes traces, in order."""
    if service.operation != ANSWERS_REQUESTS:
        return (SamplingRule(rates.tasks),)
    lists = PAGINATED_ROUTES if service.paginates else ()
    return (
        *(SamplingRule(0, resource) for resource in PROBED),
        SamplingRule(rates.polled, POLLED),
        *(SamplingRule(rates.lists, f"GET {route}*") for route in lists),
        SamplingRule(rates.reads, READS),
        SamplingRule(rates.writes),
    )


def retention(environment: Environment, rates: TraceRates, slow_seconds: float) -> Iterator[RetentionSpec]:
    """The filters of an environment, in order. A request is slow where the alert on latency thinks so."""
    slow = number_text(slow_seconds * NANOSECONDS)
    for key, title, search, rate in (
        ("errors", "errors", "status:error", rates.kept_errors),
        ("slow", "slow requests", f"operation_name:{ANSWERS_REQUESTS} @duration:>{slow}", rates.kept_slow),
        ("lists", "queries for a page", "operation_name:pagination.query", rates.kept_lists),
        ("rest", "a sample of the rest", "@_top_level:1", rates.kept_rest),
    ):
        yield RetentionSpec(
            key=f"retention-{environment}-{key}",
            title=title,
            environment=environment,
            search=f"env:{environment} {search}",
            rate=rate,
        )
