"""What tracers are told, in our words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from infra.naming import Environment


@dataclass(frozen=True, slots=True)
class SamplingRule:
    """How many of some traces a service sends. The first rule that matches a trace's root decides."""

    rate: float
    """From 0, none, to 1, all."""
    resource: str | None = None
    """The root's resource, such as `GET /api/v1/tags`: `*` stands for any text, `?` for one character, upper and lower
    case are the same. None: whatever no rule before it matched."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TracedService:
    """One service that makes traces."""

    key: str
    service: str
    """The value of its `service` tag."""
    answers_requests: bool
    """Whether its resources are a method and a route; else they are names of tasks."""
    rules: tuple[SamplingRule, ...]
    """The last one has no resource: what nothing matches the agent would sample as it sees fit."""
    most_per_second: int
    """Traces that one process sends at most in a second."""
    profiled: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class TracingSpec:
    """All services of one stack that make traces."""

    environment: Environment
    namespace: str
    """Where the services run."""
    services: tuple[TracedService, ...]
    agent: Mapping[str, str]
    """Variables that say where the node's agent is; empty where the admission controller tells every pod."""
