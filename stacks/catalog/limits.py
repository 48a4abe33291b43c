"""The numbers that alerts stand on. The defaults are production's.

Where nothing else is said, a number is the monitoring strategy's; the others say why they are what they are.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """The limits of one environment."""

    # Requests and jobs
    error_rate: float = 5.0
    """Percent of requests that may fail, over 5 minutes."""
    error_rate_warning: float = 2.0
    """Our own: twenty times what the availability objective allows on average."""
    minimum_requests: int = 100
    """Requests in those 5 minutes below which an error rate says nothing: at 100, one failure moves it by one point."""
    latency_p95: float = 2.0
    """Seconds, over 10 minutes."""
    latency_p95_warning: float = 1.0
    """Our own: half of the limit."""
    traffic_deviations: int = 3
    """Widths of the expected band. Datadog's default is 2; at 3, a day with a campaign is no anomaly."""
    error_logs: int = 200
    """Our own: log lines with an error in 10 minutes, one every 3 seconds."""
    log_quota: float = 95.0
    """Our own: percent of the day's quota of the environment's index. Datadog itself writes an event at 80."""

    # Lists
    pagination_p95: float = 0.5
    """Seconds, over 15 minutes."""

    # PostgreSQL
    database_failures: int = 3
    """Our own: connections the application could not get in 5 minutes. The strategy says "at once"; a single one is a
    pool that renewed a stale connection."""
    connections: float = 90.0
    """Our own: percent of PostgreSQL's `max_connections`. At 100 nobody gets in, administrators excepted."""
    connections_warning: float = 75.0
    replication_lag: float = 60.0
    """Our own: seconds a replica may be behind; the loss when the primary dies at that moment."""
    replication_lag_warning: float = 30.0
    deadlocks: int = 5
    """Our own: in 15 minutes. The application retries single ones."""

    # Redis
    cache_hit_rate: float = 70.0
    """Percent of look-ups that must hit, over 30 minutes."""
    cache_lookups: int = 1
    """Our own: look-ups per second below which a hit rate says nothing."""
    redis_memory: float = 90.0
    """Our own: percent of `maxmemory`. Redis is the broker, too: when it is full, jobs cannot be queued."""
    redis_memory_warning: float = 75.0

    # Celery
    queue_default: int = 500
    """Our own: jobs waiting for 10 minutes. They take seconds: the rest of an hour for a few workers."""
    queue_generation: int = 50
    """Our own: image jobs take up to half an hour, and people wait for them."""

    # Kubernetes and nodes
    memory: float = 90.0
    """Percent of what a container or a node has, over 5 minutes."""
    restarts: int = 3
    """Our own: restarts of one workload in 15 minutes; a rolling update restarts nothing, it replaces."""
    unavailable: float = 50.0
    """Our own: percent of a deployment's pods that may be missing for 10 minutes; beyond, the rest is overloaded."""
    unavailable_warning: float = 1.0
    """Any pod."""
    disk: float = 80.0
    """Percent of a disk or volume in use."""
    disk_full: float = 95.0
    """Our own: percent that a forecast must not reach within a week; kubelet evicts pods at 85 to 90 by default."""
    inodes: float = 90.0
    """Our own: percent of a file system's inodes; full at 100 with space left."""

    # The agents
    dropped_spans: int = 1000
    """Our own: spans in 15 minutes; beyond, figures computed from traces are visibly wrong."""
    lost_payloads: int = 10
    """Our own: payloads in 15 minutes. A single one is an upload that timed out again and again."""
    retry_queue: int = 20
    """Our own: payloads. It is empty while all is well; one that never falls below this in 15 minutes only grows."""

    # Certificates
    certificate_days: int = 7
    """Our own: the last week."""
    certificate_days_warning: int = 14
    """Our own: certificates of 90 days are renewed 30 days before they end; at 14 that has failed for weeks."""

    # Business
    registrations_drop: float = 50.0
    """Percent below the day before."""
    content_drop: float = 30.0
    """Percent below the day before."""
    search_failures: float = 10.0
    """Percent of the searches of a day."""
    minimum_searches: int = 100
    """Our own: searches in a day below which a share says nothing."""

    # Logs of the whole organisation
    usage_logs: int = 1_500_000
    """Our own: lines a day that the quotas of all indexes together may allow."""
