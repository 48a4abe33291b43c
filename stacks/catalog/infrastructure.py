"""What Genonaut stands on and does not write itself: the values of `service` besides those of our services."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from contract.telemetry import celery, load_test, postgres, redis

POSTGRES = "genonaut-postgres"
REDIS = "genonaut-redis"
FLOWER = "genonaut-flower"
LOAD_TEST = "genonaut-load-test"
AGENT = "datadog-agent"

INFRASTRUCTURE: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        POSTGRES: frozenset({postgres.ACTIVITY}),
        REDIS: frozenset({redis.ACTIVITY}),
        FLOWER: frozenset({celery.ACTIVITY}),
        LOAD_TEST: frozenset({load_test.ACTIVITY}),
        AGENT: frozenset[str](),
    }
)
"""By name, what each of them does (see `doing` in contract/telemetry)."""
