"""What is so in one environment, as far as a query can be wrong about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from contract.telemetry.model import Source

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
    silent: frozenset[Source] = frozenset()
    """Senders that are not at work here: features of the agents that are off, checks that nobody configured."""
    values: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    """By tag key: all values there are, where they are known, such as those of `db`."""

    def possible(self, key: str, doing: str | None = None) -> frozenset[str] | None:
        """The values a tag can have here; None where it can have any. `doing` narrows down `service`."""
        if key == "env":
            return frozenset({self.environment})
        if key in CLUSTER_KEYS:
            return frozenset({self.cluster})
        if key == "service":
            return frozenset(name for name, done in self.services.items() if doing is None or doing in done)
        return self.values.get(key)
