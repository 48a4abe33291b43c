"""The indexes: one for each environment, so that a loud test cannot use up production's quota.

Where the volumes come from: the plan of costs allows for `limits.usage_logs` lines a day, at the price of
docs/cost.md. Production gets four fifths of it, staging most of the rest. Measured volumes replace them
once there are some: `sum:datadog.estimated_usage.logs.ingested_events{datadog_is_excluded:false} by {datadog_index}`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from components.logs.spec import Exclusion, IndexSpec, Quota
from infra.naming import Environment
from stacks.catalog.infrastructure import AGENT

HEALTH_PATHS = ("/health", "/api/v1/health")
ASSETS = ("*.css", "*.ico", "*.js", "*.map", "*.png", "*.svg", "*.woff2")

_WELL = "status:(info OR ok)"
_HEALTH = " OR ".join(f'"{path}"' for path in HEALTH_PATHS)

NOISE = (
    # A probe that fails is an error, and stays.
    Exclusion(name="Health checks", query=f"@http.url_details.path:({_HEALTH}) {_WELL}"),
    Exclusion(name="Static files", query=f"@http.url_details.path:({' OR '.join(ASSETS)}) {_WELL}"),
    Exclusion(name="The agents at work", query=f"service:{AGENT} status:(info OR debug)"),
)
"""What nobody reads in any environment."""
QUIETER = (
    *NOISE,
    Exclusion(name="Debugging", query="status:debug"),
    # Traces and metrics count every request; one in ten is enough to read.
    Exclusion(name="Nine of ten requests that went well", query=f"@http.status_code:[200 TO 399] {_WELL}", share=0.9),
)

_KEPT: Mapping[Environment, tuple[int, int, tuple[Exclusion, ...]]] = {
    Environment.PRODUCTION: (15, 1_200_000, QUIETER),
    Environment.STAGING: (3, 250_000, NOISE),
    Environment.SANDBOX: (3, 100_000, QUIETER),
}
"""By environment: days, lines a day, what is left out."""


def indexes(environments: Iterable[Environment]) -> tuple[IndexSpec, ...]:
    """The indexes of these environments."""
    return tuple(_index(environment) for environment in environments)


def _index(environment: Environment) -> IndexSpec:
    days, events, exclusions = _KEPT[environment]
    return IndexSpec(
        name=f"genonaut-{environment}",
        environment=environment,
        query=f"env:{environment}",
        retention_days=days,
        quota=Quota(events=events),
        exclusions=exclusions,
    )
