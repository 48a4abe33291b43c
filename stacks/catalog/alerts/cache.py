"""Redis: the cache, and the broker of the queues."""

from __future__ import annotations

from collections.abc import Iterator

from components.monitors.condition import CheckCondition, Comparator, MetricCondition
from components.monitors.spec import MissingData, MonitorSpec
from infra.naming import Team, Tier
from stacks.catalog import queries
from stacks.catalog.alerts.watched import AFTERMATH, GENONAUT, LATE, Watched
from stacks.catalog.services import REDIS
from stacks.catalog.thresholds import above


def alerts(watched: Watched) -> Iterator[MonitorSpec]:
    """The alerts on Redis and on what the application finds in it."""
    yield _unreachable(watched)
    yield _hit_rate(watched)
    yield _memory(watched)


def _unreachable(watched: Watched) -> MonitorSpec:
    return MonitorSpec(
        key=REDIS.cause,
        title="[Redis] Nobody can connect",
        tier=Tier.CRITICAL,
        owner=Team.PLATFORM,
        service=REDIS.service,
        runbook="redis-unreachable",
        condition=CheckCondition(
            check="redis.can_connect",
            over=(watched.everything,),
            by=("*",),
            failures=2,
            successes=3,
            aftermath=AFTERMATH,
        ),
        meaning="The agent cannot log in to Redis. Nothing is cached and no job can be queued.",
        unit="",
        # A cause must never be "no data": what it quietens would stay in its last state.
        on_missing_data=MissingData.DEFAULT,
        silence="Its state then stays as it was; the alert on Redis' memory tells that nobody watches Redis.",
    )


def _hit_rate(watched: Watched) -> MonitorSpec:
    hits, misses = (f"sum:genonaut.cache.{name}{{{watched.everything}}}.as_count()" for name in ("hits", "misses"))
    window_seconds = 30 * 60
    enough = queries.enough(f"({hits} + {misses})", watched.limits.cache_lookups * window_seconds)
    return MonitorSpec(
        key="cache-hit-rate",
        title="[Genonaut] Cache hit rate is low",
        tier=Tier.WARNING,
        owner=Team.BACKEND,
        service=GENONAUT,
        runbook="cache-hit-rate",
        condition=MetricCondition(
            # Misses rather than hits: the guard makes it zero when there is little traffic, and that must be good.
            expression=f"sum(last_30m):{misses} / ({hits} + {misses}) * 100 * {enough}",
            comparator=Comparator.ABOVE,
            thresholds=above(100 - watched.limits.cache_hit_rate),
            full_window=False,
            evaluation_delay=LATE,
        ),
        meaning="For half an hour, the cache has had too little of what it was asked for: the database does the work.",
        unit="% misses",
        on_missing_data=MissingData.DEFAULT,
        silence="No look-ups are no misses.",
    )


def _memory(watched: Watched) -> MonitorSpec:
    limits = watched.limits
    used, most = (f"max:redis.mem.{name}{{{watched.everything}}}" for name in ("used", "maxmemory"))
    return MonitorSpec(
        key="redis-memory",
        title="[Redis] Memory is running out",
        tier=Tier.WARNING,
        owner=Team.PLATFORM,
        service=REDIS.service,
        runbook="redis-memory",
        condition=MetricCondition(
            # Without a limit `maxmemory` is 0, and what is divided by it is dropped.
            expression=f"min(last_10m):{used} / {most} * 100",
            comparator=Comparator.ABOVE,
            thresholds=above(limits.redis_memory, limits.redis_memory_warning),
            full_window=False,
            evaluation_delay=LATE,
        ),
        meaning="Redis is nearly full. It will throw out cached values, or refuse jobs, as its policy says.",
        unit="% of its limit",
        on_missing_data=MissingData.NOTIFY,
        silence="Nobody watches Redis any more: see the agent that runs the Redis check, then Redis.",
    )
