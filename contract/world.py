"""What is so in one environment, as far as a query can be wrong about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from contract.telemetry.model import Source

CHECK_OF: Mapping[Source, str] = MappingProxyType(
    {
        Source.POSTGRES: "postgres",
        Source.REDIS: "redisdb",
        Source.CELERY: "celery",
        Source.HTTP: "http_check",
        Source.TLS: "tls",
    }
)
"""The agent's name of the checks that somebody has to configure."""
CLUSTER_KEYS = frozenset({"kube_cluster_name", "cluster_name"})


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """One environment: the values that the tags of its telemetry have."""

    environment: str
    """The value of `env`."""
    cluster: str
    """The cluster's name as the agents send it."""
    services: Mapping[str, frozenset[str]]
    """Every value of `service`, and what each of them does: the operations of its traces, `pagination`, `browser`,
    `postgres` ... (see `doing` in contract/telemetry)."""
    checks: frozenset[str] | None = None
    """The agent checks that are configured, by name; None where all that the contract knows are."""
    values: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    """By tag key: all values there are, where they are known, such as those of `db`."""

    def runs(self, source: Source) -> bool:
        """Whether a sender is at work here: checks are only where they are configured."""
        check = CHECK_OF.get(source)
        return check is None or self.checks is None or check in self.checks

    def possible(self, key: str, doing: str | None = None) -> frozenset[str] | None:
        """The values a tag can have here; None where it can have any. `doing` narrows down `service`."""
        if key == "env":
            return frozenset({self.environment})
        if key in CLUSTER_KEYS:
            return frozenset({self.cluster})
        if key == "service":
            return frozenset(name for name, done in self.services.items() if doing is None or doing in done)
        return self.values.get(key)
