"""The Redis check (agent integration `redisdb`).

`redis.key.length` of the configured keys is how the depth of Celery's queues is known: Flower exports none. Redis
drops an empty list, and the check then reports 0.
"""

from __future__ import annotations

from functools import partial

from contract.telemetry import model
from contract.telemetry.model import ServiceCheck, Source, Status, Tag
from contract.telemetry.tags import QUEUES, fixed, free

ACTIVITY = "redis"
"""What the `service` of the cache and broker does."""

UNACKNOWLEDGED = "unacked"
"""Kombu's hash of the tasks that a worker has taken and not finished."""

_SERVER = (
    Tag("env"),
    Tag("service", doing=ACTIVITY),
    *free("host", "redis_host", "redis_port", "kube_cluster_name", "cluster_name"),
    fixed("redis_role", "master", "slave"),
)
_DB = (*_SERVER, Tag("redis_db"))

_gauge = partial(model.gauge, source=Source.REDIS)
_rate = partial(model.rate, source=Source.REDIS)

METRICS = (
    # Memory.
    _gauge("redis.mem.used", "byte", _SERVER, "Memory in use."),
    _gauge("redis.mem.maxmemory", "byte", _SERVER, "Memory it may use; 0 is no limit."),
    _gauge("redis.mem.rss", "byte", _SERVER, "Memory as the operating system sees it."),
    _gauge("redis.mem.peak", "byte", _SERVER, "Most memory ever in use."),
    # Resident memory over used memory: 1.5 is half as much again, and more occurs.
    _gauge("redis.mem.fragmentation_ratio", "fraction", _SERVER, "Resident over used memory.", highest=float("inf")),
    _gauge("redis.keys.evicted", "key", _SERVER, "Keys thrown out for want of memory, per second."),
    _gauge("redis.keys.expired", "key", _SERVER, "Keys whose time was over, per second."),
    _gauge("redis.keys", "key", _DB, "Keys there are."),
    _gauge("redis.expires.percent", "percent", _DB, "Share of keys with an end."),
    # Hits.
    _gauge("redis.stats.keyspace_hits", "key", _SERVER, "Look-ups that found something.", per="second"),
    _gauge("redis.stats.keyspace_misses", "key", _SERVER, "Look-ups that found nothing.", per="second"),
    # Work and connections.
    _gauge("redis.net.commands", "command", _SERVER, "Commands processed, per second."),
    _gauge("redis.net.clients", "connection", _SERVER, "Clients connected."),
    _gauge("redis.net.maxclients", "connection", _SERVER, "Clients it allows."),
    _gauge("redis.net.rejected", "connection", _SERVER, "Connections refused."),
    _gauge("redis.clients.blocked", "connection", _SERVER, "Clients that wait in a blocking call."),
    _gauge("redis.info.latency_ms", "millisecond", _SERVER, "Time it took to answer INFO."),
    _gauge(
        "redis.slowlog.micros.95percentile", "microsecond", (*_SERVER, Tag("command")), "Duration of slow commands."
    ),
    _rate("redis.slowlog.micros.count", "query", (*_SERVER, Tag("command")), "Slow commands."),
    # Persistence and replication.
    _gauge("redis.rdb.changes_since_last", None, _SERVER, "Changes that are on no disk yet."),
    _gauge("redis.rdb.last_bgsave_time", "second", _SERVER, "Duration of the last snapshot."),
    _gauge("redis.net.slaves", "connection", _SERVER, "Replicas connected."),
    _gauge(
        "redis.replication.delay", "offset", (*_SERVER, *free("slave_ip", "slave_port")), "How far a replica is behind."
    ),
    _gauge("redis.replication.last_io_seconds_ago", "second", _SERVER, "Time since the master was last heard."),
    _gauge("redis.replication.master_link_down_since_seconds", "second", _SERVER, "Time since the master was lost."),
    # Queues.
    _gauge("redis.key.length", None, (*_DB, fixed("key", *QUEUES, UNACKNOWLEDGED)), "Tasks in a queue."),
)

_UP_OR_DOWN = frozenset({Status.OK, Status.CRITICAL})

CHECKS = (
    ServiceCheck(
        name="redis.can_connect",
        tags=_SERVER,
        statuses=_UP_OR_DOWN,
        source=Source.REDIS,
        description="Whether the check reaches Redis and may log in.",
    ),
    ServiceCheck(
        name="redis.replication.master_link_status",
        tags=_SERVER,
        statuses=_UP_OR_DOWN,
        source=Source.REDIS,
        description="Whether a replica is connected to its master.",
    ),
)
