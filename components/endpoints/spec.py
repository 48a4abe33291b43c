"""Which endpoints are looked at from inside of the cluster, in our words."""

from __future__ import annotations

from dataclasses import dataclass

from infra.naming import Environment


@dataclass(frozen=True, kw_only=True, slots=True)
class EndpointSpec:
    """One endpoint."""

    service: str
    """The value of the `service` tag of who answers there."""
    url: str
    """What is asked for."""
    never: str | None = None
    """A regular expression that the answer must not match: an API may say with status 200 that it is unwell."""


@dataclass(frozen=True, kw_only=True, slots=True)
class EndpointsSpec:
    """All of them, in one environment."""

    environment: Environment
    endpoints: tuple[EndpointSpec, ...]
    certificate_days: int
    """Days before the end of a certificate at which the check is critical."""
    certificate_days_warning: int
