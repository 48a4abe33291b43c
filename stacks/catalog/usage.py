"""What an environment uses that no setting tells. The defaults are production's.

All of them are our own assumptions until there are measured ones: docs/cost.md says where Datadog shows each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

DAYS = 30
"""Of a month."""
HEADROOM = Decimal("1.2")
"""How far Datadog's own count may be above the plan before somebody is told: it is an estimate, 10 to 20 % off
(https://docs.datadoghq.com/account_management/billing/usage_metrics/)."""
BUSY_DAY = Decimal("1.5")
"""What a busy day has of an average one, for what people cause."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Traffic:
    """Requests and tasks of a month, by the kinds that are sampled apart (`TraceRates`)."""

    polled: int = 3_000_000
    lists: int = 2_000_000
    reads: int = 2_000_000
    writes: int = 300_000
    tasks: int = 300_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Usage:
    """One environment in a month."""

    hosts: int = 3
    """Nodes with an agent; all of them run services that trace."""
    containers: int = 45
    """On all nodes, without the agents' own."""

    traffic: Traffic = field(default_factory=Traffic)
    spans_per_trace: int = 12
    top_level_per_trace: int = 2
    """Spans at which a service begins."""
    span_bytes: int = 700
    failing: Decimal = Decimal("0.005")
    """The share of spans with an error."""
    slow: Decimal = Decimal("0.005")
    """The share of requests that the alert on latency finds slow."""

    log_lines: int = 60_000_000
    line_bytes: int = 1_000
    quiet_lines: Mapping[str, int] = field(
        default_factory=lambda: MappingProxyType(
            {
                "Health checks": 8_000_000,
                "Static files": 4_000_000,
                "The agents at work": 3_000_000,
                "Debugging": 1_000_000,
                "Nine of ten requests that went well": 20_000_000,
            }
        )
    )
    """Lines among them that fit an exclusion, by its name; each in one of them, the first that fits."""

    sessions: int = 100_000
    """Of people's browsers; the strategy's."""
    eventful_sessions: Decimal = Decimal("0.03")
    """The share of them that is kept whatever the sampling: an error, a failed journey, a slow view."""
    errors: int = 20_000
    """Events that Sentry counts."""

    series_seen: Decimal = Decimal("0.2")
    """How many of the combinations of tags that a metric can have occur in an average hour."""
