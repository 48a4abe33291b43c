"""How much there is of what: plausible sizes of Genonaut's telemetry, by name.

A name here is that of a metric or of a family (`trace.fastapi.request` of `trace.fastapi.request.errors`); the longest
one that fits counts. Of a family, a count has the share that its last words say: a request that failed was a request.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from contract.telemetry import METRICS, Metric

MIB, GIB = 2.0**20, 2.0**30

LEVELS: Mapping[str, float] = MappingProxyType(
    {
        # Per second: requests, jobs, what people do.
        "trace.fastapi.request": 42.0, "trace.celery.run": 1.8, "trace.celery.apply": 1.8,
        "trace.postgres.query": 210.0,
        "trace.redis.command": 380.0, "pagination.query": 14.0, "genonaut.database.connection": 0.5,
        "genonaut.cache": 60.0,
        "genonaut.users": 0.005, "genonaut.content": 0.03, "genonaut.recommendations": 3.0, "genonaut.search": 2.5,
        "genonaut.features": 6.0, "genonaut.tasks": 1.8, "genonaut.beat": 0.2, "genonaut.generation.jobs": 0.05,
        "genonaut.load_test": 30.0, "celery.flower.events": 6.0, "celery.flower.task.runtime.seconds.sum": 5.4,
        "celery.flower.task.runtime.seconds.count": 1.8, "postgresql.commits": 160.0, "postgresql.rollbacks": 0.4,
        "postgresql.rows_fetched": 9_000.0, "postgresql.rows_returned": 24_000.0, "postgresql.rows_inserted": 35.0,
        "postgresql.rows_updated": 60.0, "postgresql.rows_deleted": 4.0, "postgresql.temp_bytes": 0.3 * MIB,
        "postgresql.temp_files": 0.02, "postgresql.buffer_hit": 7_800.0, "postgresql.disk_read": 60.0,
        "postgresql.queries.count": 210.0, "postgresql.queries.time": 0.9e9, "redis.slowlog.micros.count": 0.01,
        "rum.measure.session": 0.12, "rum.measure.view": 0.7, "rum.measure.error": 0.01,
        "rum.measure.session.frustration": 0.012, "synthetics": 0.05, "datadog.trace_agent.receiver": 300.0,
        "datadog.estimated_usage.logs.ingested_events": 14.0, "datadog.estimated_usage.logs.ingested_bytes": 9_000.0,
        "datadog.estimated_usage.apm.ingested_bytes": 40_000.0, "datadog.estimated_usage.apm.indexed_spans": 8.0,
        "datadog.estimated_usage.rum.sessions": 0.05, "datadog.estimated_usage.synthetics": 0.02,
        "postgresql.deadlocks": 2e-5, "postgresql.bgwriter.checkpoints_timed": 0.0033,
        "postgresql.bgwriter.checkpoints_requested": 4e-4, "postgresql.archiver": 1e-5,
        "kubernetes.kubelet.evictions": 5e-6,
        "datadog.trace_agent.trace_writer": 0.02, "datadog.trace_agent.stats_writer": 0.02,
        "logs": 14.0, "rum": 6.0, "trace-analytics": 60.0, "spans": 60.0, "events": 0.004,
        # The middle of how long something takes, or of another measure.
        "trace.fastapi.request.duration": 0.11, "pagination.query.duration": 0.055, "pagination.query.rows": 22.0,
        "genonaut.database.pool.wait": 0.002, "genonaut.search.duration": 0.14, "genonaut.tasks.wait": 0.6,
        "genonaut.generation.jobs.duration": 95.0, "genonaut.health.duration": 0.012,
        "genonaut.load_test.response.duration": 0.16, "trace.celery.run.duration": 2.6,
        "trace.celery.apply.duration": 0.004,
        "trace.postgres.query.duration": 0.0032, "trace.redis.command.duration": 0.0006,
        "rum.measure.view.loading_time": 1.1e9, "rum.measure.view.largest_contentful_paint": 1.3e9,
        "rum.measure.view.interaction_to_next_paint": 0.09e9, "rum.measure.view.cumulative_layout_shift": 0.04,
        # Gauges, of one series.
        "genonaut.database.pool.in_use": 11.0, "genonaut.database.pool.size": 30.0, "genonaut.load_test.users": 50.0,
        "genonaut.load_test.regression": 4.0, "postgresql.connections": 38.0, "postgresql.max_connections": 100.0,
        "postgresql.percent_usage_connections": 0.38, "postgresql.locks": 3.0, "postgresql.active_queries": 4.0,
        "postgresql.waiting_queries": 0.2, "postgresql.transactions.open": 5.0,
        "postgresql.transactions.idle_in_transaction": 0.6, "postgresql.activity.xact_start_age": 1.4,
        "postgresql.before_xid_wraparound": 1.9e9, "postgresql.replication_delay": 0.8,
        "postgresql.replication_delay_bytes": 0.4 * MIB, "postgresql.replication.wal_replay_lag": 0.6,
        "postgresql.database_size": 46 * GIB, "postgresql.table_size": 4 * GIB, "postgresql.index_size": 1.5 * GIB,
        "postgresql.total_size": 5.5 * GIB, "postgresql.live_rows": 2.4e6, "postgresql.dead_rows": 6.0e4,
        "postgresql.seq_scans": 3.0, "postgresql.index_scans": 190.0, "postgresql.last_autovacuum_age": 5_400.0,
        "genonaut.postgres.table": 0.04, "redis.mem.used": 430 * MIB, "redis.mem.rss": 490 * MIB,
        "redis.mem.peak": 610 * MIB,
        "redis.mem.maxmemory": 1 * GIB, "redis.mem.fragmentation_ratio": 1.13, "redis.keys": 84_000.0,
        "redis.keys.expired": 30.0, "redis.expires.percent": 62.0, "redis.stats": 400.0, "redis.net.commands": 380.0,
        "redis.net.clients": 46.0, "redis.net.maxclients": 10_000.0, "redis.net.slaves": 1.0,
        "redis.info.latency_ms": 0.4,
        "redis.slowlog.micros.95percentile": 11_000.0, "redis.key.length": 9.0, "redis.replication": 1.0,
        "celery.flower.worker.executing_tasks": 3.0, "celery.flower.worker.prefetched_tasks": 4.0,
        "celery.flower.task.prefetch_time.seconds": 0.4, "network.http.response_time": 0.08, "http.ssl.days_left": 54.0,
        "tls.days_left": 54.0, "tls.seconds_left": 54 * 86_400.0, "synthetics.http.response.time": 310.0,
        "synthetics.http.dns.time": 12.0, "synthetics.http.connect.time": 24.0, "synthetics.http.ssl.time": 48.0,
        "synthetics.http.firstbyte.time": 190.0, "synthetics.ssl.days_before_expiration": 54.0,
        "kubernetes_state.node.count": 4.0, "kubernetes_state.container.cpu_requested": 0.5,
        "kubernetes_state.container.cpu_limit": 1.0, "kubernetes_state.container.memory_requested": 512 * MIB,
        "kubernetes_state.container.memory_limit": 1 * GIB, "kubernetes_state.node.cpu_allocatable": 3.9,
        "kubernetes_state.node.memory_allocatable": 15 * GIB, "kubernetes_state.node.pods_allocatable": 110.0,
        "kubernetes_state.hpa.max_replicas": 6.0, "kubernetes_state.pod.age": 140_000.0,
        "kubernetes_state.cronjob.duration_since_last_successful": 1_800.0,
        "kubernetes_state.deployment.rollout_duration": 40.0, "kubernetes.cpu.usage.total": 0.28e9,
        "kubernetes.cpu.requests": 0.5, "kubernetes.cpu.limits": 1.0, "kubernetes.cpu.capacity": 4.0,
        "kubernetes.memory.usage": 560 * MIB, "kubernetes.memory.working_set": 520 * MIB,
        "kubernetes.memory.requests": 512 * MIB, "kubernetes.memory.limits": 1 * GIB,
        "kubernetes.memory.usage_pct": 0.55,
        "kubernetes.memory.capacity": 16 * GIB, "kubernetes.filesystem.usage_pct": 0.46,
        "kubernetes.network": 0.8 * MIB,
        "kubernetes.pods.running": 11.0, "kubernetes.containers.running": 17.0,
        "kubernetes.kubelet.volume.stats.capacity_bytes": 100 * GIB,
        "kubernetes.kubelet.volume.stats.used_bytes": 48 * GIB,
        "kubernetes.kubelet.volume.stats.available_bytes": 52 * GIB, "kubernetes.kubelet.volume.stats.inodes": 6.5e6,
        "kubernetes.kubelet.volume.stats.inodes_used": 0.4e6, "container.cpu.usage": 0.28e9,
        "container.cpu.limit": 1.0e9,
        "container.cpu.throttled": 0.01e9, "container.memory.usage": 560 * MIB,
        "container.memory.working_set": 520 * MIB,
        "container.memory.limit": 1 * GIB, "container.uptime": 140_000.0, "container.net": 0.8 * MIB,
        "container.io": 0.3 * MIB,
        "system.cpu.user": 31.0, "system.cpu.system": 7.0, "system.cpu.iowait": 1.2, "system.cpu.idle": 60.0,
        "system.cpu.stolen": 0.3, "system.core.count": 4.0, "system.load.1": 1.7, "system.load.norm.5": 0.42,
        "system.mem.total": 16 * GIB, "system.mem.usable": 6.6 * GIB, "system.mem.pct_usable": 0.41,
        "system.swap.used": 0.0,
        "system.uptime": 2.2e6, "system.disk.total": 100 * GIB, "system.disk.used": 52 * GIB,
        "system.disk.free": 48 * GIB,
        "system.disk.in_use": 0.52, "system.disk.utilized": 52.0, "system.fs.inodes.in_use": 0.07,
        "system.fs.inodes.utilized": 7.0, "system.io.util": 14.0, "system.net.bytes": 2.2 * MIB,
        "trace.fastapi.request.apdex": 0.94, "datadog.cluster_agent.cluster_checks.nodes_reporting": 4.0,
        "datadog.cluster_agent.cluster_checks.configs_dispatched": 7.0,
        "datadog.cluster_agent.admission_webhooks.certificate_expiry": 7_900.0, "datadog.estimated_usage.hosts": 5.0,
        "datadog.estimated_usage.apm_hosts": 5.0, "datadog.estimated_usage.dbm.hosts": 1.0,
        "datadog.estimated_usage.containers": 62.0, "datadog.estimated_usage.metrics.custom": 1_240.0,
    }
)  # fmt: skip

STEADY = frozenset({"synthetics", "genonaut.beat", "postgresql.bgwriter.checkpoints_timed"})
"""Families that go by the clock, whatever people do."""

_BY_UNIT = MappingProxyType(
    {
        "percent": 38.0, "fraction": 0.38, "byte": 400 * MIB, "second": 0.2, "millisecond": 200.0, "microsecond": 2e5,
        "nanosecond": 2e8, "day": 54.0, "hour": 1_300.0, "core": 2.0, "cpu": 2.0, "nanocore": 0.4e9,
    }
)  # fmt: skip

_PARTS = MappingProxyType(
    {
        "errors": 0.004, "error": 0.004, "failures": 0.006, "failed": 0.006, "rejected": 0.0005, "dropped": 0.0002,
        "retried": 0.015, "misses": 0.12, "empty": 0.06, "accepted": 0.18, "completed": 0.95, "started": 0.99,
        "traces_received": 0.2,
    }
)  # fmt: skip
"""What share of its family a count is, by its last words."""
_BAD = frozenset({"errors", "error", "failures", "failed", "rejected", "dropped", "retried"})
_RARE = re.compile(
    r"unavailable|unschedulable|waiting|terminated|failed|failure|restarts|errors?$|deadlocks|evict|rejected|blocked"
    r"|oom|panic|dangling|unscheduled|dropped|cant_connect|retry_queue|\.started$|down_since|slave_delay|checkpoints"
)
_FIXED = re.compile(
    r"(\.|_)(total|limits?|capacity|capacity_bytes|requests|requested|desired|allocatable|size|count|max_connections"
    r"|maxmemory|maxclients|max_replicas|inodes)$|_(allocatable|desired|ready|updated|limit|requested)$|days|expir"
    r"|wraparound|uptime|_left$|replicas|\.(desired|ready)$|hosts$"
)
_FAST = re.compile(r"duration|wait|time|lag|delay|latency")


@dataclass(frozen=True, slots=True)
class Part:
    """A count as a share of all events of its family, which happen so often a second."""

    family: str
    volume: float
    share: float
    bad: bool
    """Whether it counts what went wrong: more of it while the system is unwell."""


def part_of(name: str) -> Part:
    """What a count or a rate is a part of."""
    family = _longest(name) or name
    rest = name.removeprefix(family).strip("._").removesuffix(".by_http_status")
    word = rest.rsplit(".", 1)[-1]
    word = word if word in _PARTS else word.rsplit("_", 1)[-1]
    share = _PARTS.get(word, 1.0)
    if word == "hits" and f"{name.removesuffix('hits')}misses" in METRICS:
        share = 1 - _PARTS["misses"]
    return Part(family=family, volume=LEVELS.get(family, 0.05), share=share, bad=word in _BAD)


def middle_of(metric: Metric) -> float:
    """The middle of a distribution's values, in its unit."""
    found = LEVELS.get(f"{metric.name}.duration", LEVELS.get(metric.name))
    return found if found is not None else _BY_UNIT.get(metric.unit or "", 12.0)


def level_of(metric: Metric) -> float:
    """What one series of a gauge is about, in its unit."""
    if is_rare(metric):
        return 0.0
    named = LEVELS.get(metric.name)
    if named is None and (family := _longest(metric.name)):
        named = LEVELS[family] * _PARTS.get(re.split(r"[._]", metric.name)[-1], 1.0)
    if named is not None:
        return named
    if metric.highest == 1 and metric.unit is None:
        return 1.0
    return _BY_UNIT.get(metric.unit or "", 3.0 if "replicas" in metric.name else 1.0)


def is_rare(metric: Metric) -> bool:
    """Whether a gauge is zero while all is well, and a small whole number otherwise."""
    return (
        metric.name not in LEVELS
        and metric.unit in (None, "connection", "key", "lock")
        and bool(_RARE.search(metric.name))
    )


def is_fixed(metric: Metric) -> bool:
    """Whether a gauge stays as it is: what there is, not what is used of it."""
    flag = metric.highest == 1 and metric.unit is None and not metric.name.endswith("apdex")
    return flag or (level_of(metric) == 1 and metric.unit is None) or bool(_FIXED.search(metric.name))


def suffers(metric: Metric) -> bool:
    """Whether a gauge is a delay, which grows while the system is unwell."""
    return bool(_FAST.search(metric.name))


def _longest(name: str) -> str | None:
    return max(
        (each for each in LEVELS if name == each or name.startswith((f"{each}.", f"{each}_"))), key=len, default=None
    )
