"""What the alerts of an environment are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from contract.telemetry import Source
from infra.naming import Environment
from stacks.catalog.limits import Limits
from stacks.catalog.services import Service

GENONAUT = "genonaut"
"""The value of the `service` tag of what belongs to no single service."""
LATE = 60
"""Seconds to wait for data that is under way: https://docs.datadoghq.com/monitors/configuration/ advises a minute for
ratios, whose two counts arrive in different flushes."""
USAGE_LATE = 900
"""The same for Datadog's own usage, which it estimates every few minutes."""

AFTERMATH = 16
"""Minutes after which no symptom sees its cause any more: the longest window has 15, and waits one for late data."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Watched:
    """One environment: its services and the limits that hold there."""

    environment: Environment
    cluster: str
    """Its Kubernetes cluster, as Datadog shows it: what belongs to no workload carries no other tag of ours."""
    services: tuple[Service, ...]
    limits: Limits
    silent: frozenset[Source]
    """Senders that are not at work here, such as the checks of endpoints where there are none."""
    planned: Mapping[str, Decimal] | None = None
    """What all environments together use in a month, by key of the price; None where another stack owns what they
    share."""

    @property
    def everything(self) -> str:
        """The scope of the environment."""
        return f"env:{self.environment}"

    def scope(self, service: Service) -> str:
        """The scope of one of its services."""
        return f"{self.everything},service:{service.name}"
