# Written by `make telemetry` from contract/telemetry; not to be changed here.

"""The values that tags can have, and the attributes of logs."""

from __future__ import annotations

from typing import Literal

Cache = Literal["content", "recommendations", "search", "tags"]
Check = Literal["celery", "comfyui", "database", "pagination", "redis"]
Collection = Literal["bookmarks", "content", "generation_jobs", "tags", "unified"]
DatabaseConnectionErrorsReason = Literal["authentication", "other", "pool_exhausted", "refused", "timeout"]
Feature = Literal["bookmarks", "generation", "recommendations", "search", "tags", "voting"]
GenerationJobsFailedReason = Literal["cancelled", "comfyui", "invalid_input", "other", "out_of_memory", "timeout"]
JobType = Literal["image", "text"]
Mode = Literal["cursor", "page"]
OffsetRange = Literal["0-99", "100-999", "1000-9999", "cursor", "over-9999"]
Origin = Literal["generated", "user"]
PageSize = Literal["1-10", "11-25", "26-50", "51-100", "over-100"]
Queue = Literal["default", "generation"]
SearchFailuresReason = Literal["database", "invalid_query", "other", "timeout"]


PAGE_SIZE_BOUNDS: tuple[tuple[float, PageSize], ...] = (
    (10, "1-10"),
    (25, "11-25"),
    (50, "26-50"),
    (100, "51-100"),
    (float("inf"), "over-100"),
)
"""The highest page size of each range."""
OFFSET_BOUNDS: tuple[tuple[float, OffsetRange], ...] = (
    (99, "0-99"),
    (999, "100-999"),
    (9999, "1000-9999"),
    (float("inf"), "over-9999"),
)
"""The highest offset of each range."""
LOG_ATTRIBUTES = frozenset(
    {
        "celery.queue",
        "celery.task",
        "celery.task_id",
        "dd.env",
        "dd.service",
        "dd.span_id",
        "dd.trace_id",
        "dd.version",
        "duration",
        "error.kind",
        "error.message",
        "error.stack",
        "event",
        "http.method",
        "http.route",
        "http.status_code",
        "http.url",
        "http.useragent",
        "level",
        "logger.name",
        "logger.thread_name",
        "timestamp",
        "usr.id",
    }
)
"""What lines of a log may carry beside their message."""
