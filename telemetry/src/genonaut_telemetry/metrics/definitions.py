# Written by `make telemetry` from contract/telemetry; not to be changed here.

"""Every metric of the contract."""

from __future__ import annotations

from genonaut_telemetry.metrics.model import Kind, Metric

PAGINATION_QUERY_DURATION = Metric(
    name="pagination.query.duration",
    kind=Kind.DISTRIBUTION,
    description="How long a query for one page took.",
    tags=(
        ("collection", frozenset({"bookmarks", "content", "generation_jobs", "tags", "unified"})),
        ("mode", frozenset({"cursor", "page"})),
        ("offset_range", frozenset({"0-99", "100-999", "1000-9999", "cursor", "over-9999"})),
        ("page_size", frozenset({"1-10", "11-25", "26-50", "51-100", "over-100"})),
    ),
    prometheus="pagination_query_duration_seconds",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0),
)
PAGINATION_QUERY_COUNT = Metric(
    name="pagination.query.count",
    kind=Kind.COUNT,
    description="Queries for a page.",
    tags=(
        ("collection", frozenset({"bookmarks", "content", "generation_jobs", "tags", "unified"})),
        ("mode", frozenset({"cursor", "page"})),
        ("offset_range", frozenset({"0-99", "100-999", "1000-9999", "cursor", "over-9999"})),
        ("page_size", frozenset({"1-10", "11-25", "26-50", "51-100", "over-100"})),
    ),
    prometheus="pagination_query_count_total",
)
PAGINATION_QUERY_ERRORS = Metric(
    name="pagination.query.errors",
    kind=Kind.COUNT,
    description="Queries for a page that failed.",
    tags=(
        ("collection", frozenset({"bookmarks", "content", "generation_jobs", "tags", "unified"})),
        ("mode", frozenset({"cursor", "page"})),
        ("offset_range", frozenset({"0-99", "100-999", "1000-9999", "cursor", "over-9999"})),
        ("page_size", frozenset({"1-10", "11-25", "26-50", "51-100", "over-100"})),
    ),
    prometheus="pagination_query_errors_total",
)
PAGINATION_QUERY_ROWS = Metric(
    name="pagination.query.rows",
    kind=Kind.DISTRIBUTION,
    description="Rows that a query for one page returned.",
    tags=(
        ("collection", frozenset({"bookmarks", "content", "generation_jobs", "tags", "unified"})),
        ("mode", frozenset({"cursor", "page"})),
        ("offset_range", frozenset({"0-99", "100-999", "1000-9999", "cursor", "over-9999"})),
        ("page_size", frozenset({"1-10", "11-25", "26-50", "51-100", "over-100"})),
    ),
    prometheus="pagination_query_rows",
    buckets=(0.0, 1.0, 10.0, 25.0, 50.0, 100.0, 250.0, 1000.0),
)
DATABASE_CONNECTION_ERRORS = Metric(
    name="genonaut.database.connection.errors",
    kind=Kind.COUNT,
    description="Attempts to get a database connection that failed.",
    tags=(("reason", frozenset({"authentication", "other", "pool_exhausted", "refused", "timeout"})),),
    prometheus="genonaut_database_connection_errors_total",
)
DATABASE_POOL_IN_USE = Metric(
    name="genonaut.database.pool.in_use",
    kind=Kind.GAUGE,
    description="Connections of the pool that are checked out.",
    prometheus="genonaut_database_pool_in_use",
    adds_up=True,
)
DATABASE_POOL_SIZE = Metric(
    name="genonaut.database.pool.size",
    kind=Kind.GAUGE,
    description="Connections the pool may hold, overflow included.",
    prometheus="genonaut_database_pool_size",
    adds_up=True,
)
DATABASE_POOL_WAIT = Metric(
    name="genonaut.database.pool.wait",
    kind=Kind.DISTRIBUTION,
    description="How long a request waited for a connection.",
    prometheus="genonaut_database_pool_wait_seconds",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0),
)
CACHE_HITS = Metric(
    name="genonaut.cache.hits",
    kind=Kind.COUNT,
    description="Look-ups that the cache answered.",
    tags=(("cache", frozenset({"content", "recommendations", "search", "tags"})),),
    prometheus="genonaut_cache_hits_total",
)
CACHE_MISSES = Metric(
    name="genonaut.cache.misses",
    kind=Kind.COUNT,
    description="Look-ups that the cache did not answer.",
    tags=(("cache", frozenset({"content", "recommendations", "search", "tags"})),),
    prometheus="genonaut_cache_misses_total",
)
USERS_REGISTERED = Metric(
    name="genonaut.users.registered",
    kind=Kind.COUNT,
    description="People who registered.",
    prometheus="genonaut_users_registered_total",
)
CONTENT_CREATED = Metric(
    name="genonaut.content.created",
    kind=Kind.COUNT,
    description="Items of content created.",
    tags=(
        ("content_type", frozenset({"image", "text"})),
        ("origin", frozenset({"generated", "user"})),
    ),
    prometheus="genonaut_content_created_total",
)
RECOMMENDATIONS_SERVED = Metric(
    name="genonaut.recommendations.served",
    kind=Kind.COUNT,
    description="Recommendations shown.",
    prometheus="genonaut_recommendations_served_total",
)
RECOMMENDATIONS_ACCEPTED = Metric(
    name="genonaut.recommendations.accepted",
    kind=Kind.COUNT,
    description="Recommendations that people followed.",
    prometheus="genonaut_recommendations_accepted_total",
)
SEARCH_REQUESTS = Metric(
    name="genonaut.search.requests",
    kind=Kind.COUNT,
    description="Searches asked for.",
    prometheus="genonaut_search_requests_total",
)
SEARCH_FAILURES = Metric(
    name="genonaut.search.failures",
    kind=Kind.COUNT,
    description="Searches that ended in an error.",
    tags=(("reason", frozenset({"database", "invalid_query", "other", "timeout"})),),
    prometheus="genonaut_search_failures_total",
)
SEARCH_EMPTY = Metric(
    name="genonaut.search.empty",
    kind=Kind.COUNT,
    description="Searches that found nothing.",
    prometheus="genonaut_search_empty_total",
)
SEARCH_DURATION = Metric(
    name="genonaut.search.duration",
    kind=Kind.DISTRIBUTION,
    description="How long a search took.",
    prometheus="genonaut_search_duration_seconds",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0),
)
FEATURES_USED = Metric(
    name="genonaut.features.used",
    kind=Kind.COUNT,
    description="Uses of a feature.",
    tags=(("feature", frozenset({"bookmarks", "generation", "recommendations", "search", "tags", "voting"})),),
    prometheus="genonaut_features_used_total",
)
TASKS_WAIT = Metric(
    name="genonaut.tasks.wait",
    kind=Kind.DISTRIBUTION,
    description="How long a task waited in its queue.",
    tags=(("queue", frozenset({"default", "generation"})),),
    prometheus="genonaut_tasks_wait_seconds",
    buckets=(1.0, 5.0, 15.0, 60.0, 300.0, 600.0, 1200.0, 1800.0, 2700.0, 3600.0),
)
TASKS_STARTED = Metric(
    name="genonaut.tasks.started",
    kind=Kind.COUNT,
    description="Tasks that a worker began.",
    tags=(("queue", frozenset({"default", "generation"})),),
    prometheus="genonaut_tasks_started_total",
)
TASKS_FAILED = Metric(
    name="genonaut.tasks.failed",
    kind=Kind.COUNT,
    description="Tasks that ended in an error, retries excluded.",
    tags=(("queue", frozenset({"default", "generation"})),),
    prometheus="genonaut_tasks_failed_total",
)
TASKS_RETRIED = Metric(
    name="genonaut.tasks.retried",
    kind=Kind.COUNT,
    description="Tasks that were put back to be tried again.",
    tags=(("queue", frozenset({"default", "generation"})),),
    prometheus="genonaut_tasks_retried_total",
)
BEAT_TICKS = Metric(
    name="genonaut.beat.ticks",
    kind=Kind.COUNT,
    description="Rounds of the scheduler, many when a task is due; none means that it stopped.",
    prometheus="genonaut_beat_ticks_total",
)
GENERATION_JOBS_SUBMITTED = Metric(
    name="genonaut.generation.jobs.submitted",
    kind=Kind.COUNT,
    description="Generation jobs people asked for.",
    tags=(("job_type", frozenset({"image", "text"})),),
    prometheus="genonaut_generation_jobs_submitted_total",
)
GENERATION_JOBS_COMPLETED = Metric(
    name="genonaut.generation.jobs.completed",
    kind=Kind.COUNT,
    description="Generation jobs that delivered.",
    tags=(("job_type", frozenset({"image", "text"})),),
    prometheus="genonaut_generation_jobs_completed_total",
)
GENERATION_JOBS_FAILED = Metric(
    name="genonaut.generation.jobs.failed",
    kind=Kind.COUNT,
    description="Generation jobs that did not deliver.",
    tags=(
        ("job_type", frozenset({"image", "text"})),
        ("reason", frozenset({"cancelled", "comfyui", "invalid_input", "other", "out_of_memory", "timeout"})),
    ),
    prometheus="genonaut_generation_jobs_failed_total",
)
GENERATION_JOBS_DURATION = Metric(
    name="genonaut.generation.jobs.duration",
    kind=Kind.DISTRIBUTION,
    description="From the start of a generation job to its end.",
    tags=(("job_type", frozenset({"image", "text"})),),
    prometheus="genonaut_generation_jobs_duration_seconds",
    buckets=(1.0, 5.0, 15.0, 60.0, 300.0, 600.0, 1200.0, 1800.0, 2700.0, 3600.0),
)
HEALTH_STATUS = Metric(
    name="genonaut.health.status",
    kind=Kind.GAUGE,
    description="1 where a dependency works, 0 where not.",
    tags=(("check", frozenset({"celery", "comfyui", "database", "pagination", "redis"})),),
    prometheus="genonaut_health_status",
)
HEALTH_DURATION = Metric(
    name="genonaut.health.duration",
    kind=Kind.DISTRIBUTION,
    description="How long a health check took.",
    tags=(("check", frozenset({"celery", "comfyui", "database", "pagination", "redis"})),),
    prometheus="genonaut_health_duration_seconds",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0),
)
METRICS = (
    PAGINATION_QUERY_DURATION,
    PAGINATION_QUERY_COUNT,
    PAGINATION_QUERY_ERRORS,
    PAGINATION_QUERY_ROWS,
    DATABASE_CONNECTION_ERRORS,
    DATABASE_POOL_IN_USE,
    DATABASE_POOL_SIZE,
    DATABASE_POOL_WAIT,
    CACHE_HITS,
    CACHE_MISSES,
    USERS_REGISTERED,
    CONTENT_CREATED,
    RECOMMENDATIONS_SERVED,
    RECOMMENDATIONS_ACCEPTED,
    SEARCH_REQUESTS,
    SEARCH_FAILURES,
    SEARCH_EMPTY,
    SEARCH_DURATION,
    FEATURES_USED,
    TASKS_WAIT,
    TASKS_STARTED,
    TASKS_FAILED,
    TASKS_RETRIED,
    BEAT_TICKS,
    GENERATION_JOBS_SUBMITTED,
    GENERATION_JOBS_COMPLETED,
    GENERATION_JOBS_FAILED,
    GENERATION_JOBS_DURATION,
    HEALTH_STATUS,
    HEALTH_DURATION,
)
