"""What is made of spans once they are taken in, in our words."""

from __future__ import annotations

from dataclasses import dataclass

from contract.telemetry.spans import SpanMetric
from infra.naming import Environment


@dataclass(frozen=True, kw_only=True, slots=True)
class RetentionSpec:
    """One retention filter: which spans of an environment can be searched for, for 15 days."""

    key: str
    title: str
    environment: Environment
    search: str
    """Names `env`: the filters of all environments stand in one list."""
    rate: float
    """How many of these spans are kept, from 0 to 1."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SpansSpec:
    """All that the owner of an organisation makes of spans."""

    stack: str
    metrics: tuple[SpanMetric, ...]
    retention: tuple[RetentionSpec, ...]
    """In order: the first filter that matches a span decides, and no later one sees it."""
    sampled: frozenset[str]
    """Services some of whose traces are not taken in although somebody wants them: what is counted of them is wrong."""
