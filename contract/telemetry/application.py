"""What our own code sends: the metrics of the strategy, and those that its alerts need.

This list is the specification of the application's instrumentation: it may send nothing else, and no other tag
values. Durations are seconds. They are distributions, because the alerts are on percentiles over all processes
together, which a histogram, whose percentiles are per host, cannot give; distributions also answer `count:` and
`sum:`.
"""

from __future__ import annotations

from functools import partial

from contract.telemetry import model
from contract.telemetry.model import Source
from contract.telemetry.tags import HOST, LOW_CARDINALITY, QUEUES, UNIFIED, fixed, sent_by

API = "fastapi.request"
"""The activity of the services that answer requests: the operation of their traces."""
WORKER = "celery.run"
"""The activity of the services that run tasks."""
PAGINATION = "pagination"
"""The activity of the services that answer lists page by page."""

_ENVELOPE = (*HOST, *LOW_CARDINALITY)
_API = (*sent_by(API), *_ENVELOPE)
_WORKER = (*sent_by(WORKER), *_ENVELOPE)
_BOTH = (*UNIFIED, *_ENVELOPE)
"""Of whoever has a connection to the database, which both have."""

# No `+`: Datadog and its client make an underscore of it, and a query for it would find nothing.
PAGE_SIZES = ("1-10", "11-25", "26-50", "51-100", "over-100")
OFFSET_RANGES = ("0-99", "100-999", "1000-9999", "over-9999", "cursor")
"""How far into a list a page starts; cursor where there is no offset."""
COLLECTIONS = ("unified", "content", "tags", "bookmarks", "generation_jobs")
"""The lists that are answered page by page."""

_PAGE = (
    *sent_by(PAGINATION),
    fixed("page_size", *PAGE_SIZES),
    fixed("offset_range", *OFFSET_RANGES),
    fixed("mode", "page", "cursor"),
    fixed("collection", *COLLECTIONS),
    *_ENVELOPE,
)
_CACHE = fixed("cache", "content", "recommendations", "search", "tags")
_QUEUE = fixed("queue", *QUEUES)
_JOB = fixed("job_type", "image", "text")
_CHECK = fixed("check", "database", "redis", "celery", "comfyui", "pagination")

_gauge = partial(model.gauge, source=Source.APPLICATION)
_count = partial(model.count, source=Source.APPLICATION)
_distribution = partial(model.distribution, source=Source.APPLICATION)

_FEATURES = ("bookmarks", "generation", "recommendations", "search", "tags", "voting")
_ENDS = ("timeout", "comfyui", "invalid_input", "out_of_memory", "cancelled", "other")

METRICS = (
    # Pagination, by the names of the strategy. No query may take longer than the server's own timeout of a minute.
    _distribution("pagination.query.duration", "second", _PAGE, "How long a query for one page took.", highest=60),
    _count("pagination.query.count", "query", _PAGE, "Queries for a page."),
    _count("pagination.query.errors", "query", _PAGE, "Queries for a page that failed."),
    _distribution("pagination.query.rows", "row", _PAGE, "Rows that a query for one page returned."),
    # What the database and the cache look like from our side.
    _count(
        "genonaut.database.connection.errors",
        "error",
        (*_BOTH, fixed("reason", "refused", "timeout", "authentication", "pool_exhausted", "other")),
        "Attempts to get a database connection that failed.",
    ),
    _gauge("genonaut.database.pool.in_use", "connection", _BOTH, "Connections of the pool that are checked out."),
    _gauge("genonaut.database.pool.size", "connection", _BOTH, "Connections the pool may hold, overflow included."),
    _distribution(
        "genonaut.database.pool.wait", "second", _BOTH, "How long a request waited for a connection.", highest=60
    ),
    _count("genonaut.cache.hits", "hit", (*_API, _CACHE), "Look-ups that the cache answered."),
    _count("genonaut.cache.misses", "miss", (*_API, _CACHE), "Look-ups that the cache did not answer."),
    # Business.
    _count("genonaut.users.registered", "user", _API, "People who registered."),
    _count(
        "genonaut.content.created",
        "item",
        (*_BOTH, fixed("content_type", "image", "text"), fixed("origin", "user", "generated")),
        "Items of content created.",
    ),
    _count("genonaut.recommendations.served", "item", _API, "Recommendations shown."),
    _count("genonaut.recommendations.accepted", "item", _API, "Recommendations that people followed."),
    _count("genonaut.search.requests", "request", _API, "Searches asked for."),
    _count(
        "genonaut.search.failures",
        "request",
        (*_API, fixed("reason", "timeout", "database", "invalid_query", "other")),
        "Searches that ended in an error.",
    ),
    _count("genonaut.search.empty", "request", _API, "Searches that found nothing."),
    _distribution("genonaut.search.duration", "second", _API, "How long a search took.", highest=60),
    _count("genonaut.features.used", "occurrence", (*_API, fixed("feature", *_FEATURES)), "Uses of a feature."),
    # Tasks and image generation. A job may take 30 minutes; twice that is beyond any.
    _distribution("genonaut.tasks.wait", "second", (*_WORKER, _QUEUE), "How long a task waited in its queue."),
    _count("genonaut.tasks.started", "task", (*_WORKER, _QUEUE), "Tasks that a worker began."),
    _count("genonaut.tasks.failed", "task", (*_WORKER, _QUEUE), "Tasks that ended in an error, retries excluded."),
    _count("genonaut.tasks.retried", "task", (*_WORKER, _QUEUE), "Tasks that were put back to be tried again."),
    _count(
        "genonaut.beat.ticks",
        "occurrence",
        _WORKER,
        # Celery wakes up 10 ms early, and goes round without a pause until the task is due.
        "Rounds of the scheduler, many when a task is due; none means that it stopped.",
    ),
    _count("genonaut.generation.jobs.submitted", "job", (*_API, _JOB), "Generation jobs people asked for."),
    _count("genonaut.generation.jobs.completed", "job", (*_WORKER, _JOB), "Generation jobs that delivered."),
    _count(
        "genonaut.generation.jobs.failed",
        "job",
        (*_WORKER, _JOB, fixed("reason", *_ENDS)),
        "Generation jobs that did not deliver.",
    ),
    _distribution(
        "genonaut.generation.jobs.duration",
        "second",
        (*_WORKER, _JOB),
        "From the start of a generation job to its end.",
        highest=3600,
    ),
    # Health checks of our own, which /api/v1/health answers from.
    _gauge("genonaut.health.status", None, (*_API, _CHECK), "1 where a dependency works, 0 where not.", highest=1),
    _distribution("genonaut.health.duration", "second", (*_API, _CHECK), "How long a health check took.", highest=60),
)
