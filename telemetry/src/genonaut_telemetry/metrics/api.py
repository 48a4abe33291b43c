# Written by `make telemetry` from contract/telemetry; not to be changed here.

"""One function for each metric of the contract: what is not in it is an error of types."""

from __future__ import annotations

from genonaut_telemetry.metrics import definitions
from genonaut_telemetry.metrics.emit import emit
from genonaut_telemetry.metrics.vocabulary import (
    Cache,
    Check,
    Collection,
    DatabaseConnectionErrorsReason,
    Feature,
    GenerationJobsFailedReason,
    JobType,
    Mode,
    OffsetRange,
    Origin,
    PageSize,
    Queue,
    SearchFailuresReason,
)

__all__ = [
    "beat_ticks",
    "cache_hits",
    "cache_misses",
    "content_created",
    "database_connection_errors",
    "database_pool_in_use",
    "database_pool_size",
    "database_pool_wait",
    "features_used",
    "generation_jobs_completed",
    "generation_jobs_duration",
    "generation_jobs_failed",
    "generation_jobs_submitted",
    "health_duration",
    "health_status",
    "pagination_query_count",
    "pagination_query_duration",
    "pagination_query_errors",
    "pagination_query_rows",
    "recommendations_accepted",
    "recommendations_served",
    "search_duration",
    "search_empty",
    "search_failures",
    "search_requests",
    "tasks_failed",
    "tasks_retried",
    "tasks_started",
    "tasks_wait",
    "users_registered",
]


def pagination_query_duration(
    seconds: float, *, collection: Collection, mode: Mode, offset_range: OffsetRange, page_size: PageSize
) -> None:
    """How long a query for one page took. Sends pagination.query.duration."""
    emit(definitions.PAGINATION_QUERY_DURATION, seconds, collection, mode, offset_range, page_size)


def pagination_query_count(
    count: int = 1, *, collection: Collection, mode: Mode, offset_range: OffsetRange, page_size: PageSize
) -> None:
    """Queries for a page. Sends pagination.query.count."""
    emit(definitions.PAGINATION_QUERY_COUNT, count, collection, mode, offset_range, page_size)


def pagination_query_errors(
    count: int = 1, *, collection: Collection, mode: Mode, offset_range: OffsetRange, page_size: PageSize
) -> None:
    """Queries for a page that failed. Sends pagination.query.errors."""
    emit(definitions.PAGINATION_QUERY_ERRORS, count, collection, mode, offset_range, page_size)


def pagination_query_rows(
    rows: float, *, collection: Collection, mode: Mode, offset_range: OffsetRange, page_size: PageSize
) -> None:
    """Rows that a query for one page returned. Sends pagination.query.rows."""
    emit(definitions.PAGINATION_QUERY_ROWS, rows, collection, mode, offset_range, page_size)


def database_connection_errors(count: int = 1, *, reason: DatabaseConnectionErrorsReason) -> None:
    """Attempts to get a database connection that failed. Sends genonaut.database.connection.errors."""
    emit(definitions.DATABASE_CONNECTION_ERRORS, count, reason)


def database_pool_in_use(value: float) -> None:
    """Connections of the pool that are checked out. Sends genonaut.database.pool.in_use."""
    emit(definitions.DATABASE_POOL_IN_USE, value)


def database_pool_size(value: float) -> None:
    """Connections the pool may hold, overflow included. Sends genonaut.database.pool.size."""
    emit(definitions.DATABASE_POOL_SIZE, value)


def database_pool_wait(seconds: float) -> None:
    """How long a request waited for a connection. Sends genonaut.database.pool.wait."""
    emit(definitions.DATABASE_POOL_WAIT, seconds)


def cache_hits(count: int = 1, *, cache: Cache) -> None:
    """Look-ups that the cache answered. Sends genonaut.cache.hits."""
    emit(definitions.CACHE_HITS, count, cache)


def cache_misses(count: int = 1, *, cache: Cache) -> None:
    """Look-ups that the cache did not answer. Sends genonaut.cache.misses."""
    emit(definitions.CACHE_MISSES, count, cache)


def users_registered(count: int = 1) -> None:
    """People who registered. Sends genonaut.users.registered."""
    emit(definitions.USERS_REGISTERED, count)


def content_created(count: int = 1, *, content_type: JobType, origin: Origin) -> None:
    """Items of content created. Sends genonaut.content.created."""
    emit(definitions.CONTENT_CREATED, count, content_type, origin)


def recommendations_served(count: int = 1) -> None:
    """Recommendations shown. Sends genonaut.recommendations.served."""
    emit(definitions.RECOMMENDATIONS_SERVED, count)


def recommendations_accepted(count: int = 1) -> None:
    """Recommendations that people followed. Sends genonaut.recommendations.accepted."""
    emit(definitions.RECOMMENDATIONS_ACCEPTED, count)


def search_requests(count: int = 1) -> None:
    """Searches asked for. Sends genonaut.search.requests."""
    emit(definitions.SEARCH_REQUESTS, count)


def search_failures(count: int = 1, *, reason: SearchFailuresReason) -> None:
    """Searches that ended in an error. Sends genonaut.search.failures."""
    emit(definitions.SEARCH_FAILURES, count, reason)


def search_empty(count: int = 1) -> None:
    """Searches that found nothing. Sends genonaut.search.empty."""
    emit(definitions.SEARCH_EMPTY, count)


def search_duration(seconds: float) -> None:
    """How long a search took. Sends genonaut.search.duration."""
    emit(definitions.SEARCH_DURATION, seconds)


def features_used(count: int = 1, *, feature: Feature) -> None:
    """Uses of a feature. Sends genonaut.features.used."""
    emit(definitions.FEATURES_USED, count, feature)


def tasks_wait(seconds: float, *, queue: Queue) -> None:
    """How long a task waited in its queue. Sends genonaut.tasks.wait."""
    emit(definitions.TASKS_WAIT, seconds, queue)


def tasks_started(count: int = 1, *, queue: Queue) -> None:
    """Tasks that a worker began. Sends genonaut.tasks.started."""
    emit(definitions.TASKS_STARTED, count, queue)


def tasks_failed(count: int = 1, *, queue: Queue) -> None:
    """Tasks that ended in an error, retries excluded. Sends genonaut.tasks.failed."""
    emit(definitions.TASKS_FAILED, count, queue)


def tasks_retried(count: int = 1, *, queue: Queue) -> None:
    """Tasks that were put back to be tried again. Sends genonaut.tasks.retried."""
    emit(definitions.TASKS_RETRIED, count, queue)


def beat_ticks(count: int = 1) -> None:
    """Rounds of the scheduler, many when a task is due; none means that it stopped. Sends genonaut.beat.ticks."""
    emit(definitions.BEAT_TICKS, count)


def generation_jobs_submitted(count: int = 1, *, job_type: JobType) -> None:
    """Generation jobs people asked for. Sends genonaut.generation.jobs.submitted."""
    emit(definitions.GENERATION_JOBS_SUBMITTED, count, job_type)


def generation_jobs_completed(count: int = 1, *, job_type: JobType) -> None:
    """Generation jobs that delivered. Sends genonaut.generation.jobs.completed."""
    emit(definitions.GENERATION_JOBS_COMPLETED, count, job_type)


def generation_jobs_failed(count: int = 1, *, job_type: JobType, reason: GenerationJobsFailedReason) -> None:
    """Generation jobs that did not deliver. Sends genonaut.generation.jobs.failed."""
    emit(definitions.GENERATION_JOBS_FAILED, count, job_type, reason)


def generation_jobs_duration(seconds: float, *, job_type: JobType) -> None:
    """From the start of a generation job to its end. Sends genonaut.generation.jobs.duration."""
    emit(definitions.GENERATION_JOBS_DURATION, seconds, job_type)


def health_status(value: float, *, check: Check) -> None:
    """1 where a dependency works, 0 where not. Sends genonaut.health.status."""
    emit(definitions.HEALTH_STATUS, value, check)


def health_duration(seconds: float, *, check: Check) -> None:
    """How long a health check took. Sends genonaut.health.duration."""
    emit(definitions.HEALTH_DURATION, seconds, check)
