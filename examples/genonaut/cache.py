"""The cache: JSON in Redis. While Redis is away everything is a miss."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import redis
from genonaut_telemetry import metrics
from genonaut_telemetry.metrics.vocabulary import Cache

from examples.genonaut.settings import settings

SECONDS = 60
"""How long a value is kept."""


@cache
def client() -> redis.Redis:
    """The connection pool of this process."""
    return redis.Redis.from_url(settings().redis_url, socket_timeout=2, socket_connect_timeout=2)


def cached(name: Cache, key: object, make: Callable[[], Any]) -> Any:
    """A JSON value from the cache called `name`, made and kept where it is not there."""
    place = f"cache:{name}:{key}"
    try:
        found = client().get(place)
    except redis.RedisError:
        metrics.cache_misses(cache=name)
        return make()
    if found is not None:
        metrics.cache_hits(cache=name)
        return json.loads(found)
    metrics.cache_misses(cache=name)
    value = make()
    client().set(place, json.dumps(value), ex=SECONDS)
    return value
