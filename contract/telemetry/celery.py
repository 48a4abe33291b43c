"""The Celery check (agent integration `celery`), which reads Flower's metrics."""

from __future__ import annotations

from functools import partial

from contract.telemetry import model
from contract.telemetry.model import ServiceCheck, Source, Status, Tag
from contract.telemetry.tags import fixed, free

ACTIVITY = "flower"
"""What the `service` of Flower does."""

_FLOWER = (Tag("env"), Tag("service", doing=ACTIVITY), *free("host", "endpoint", "kube_cluster_name", "cluster_name"))
_WORKER = (*_FLOWER, Tag("worker"))
_TASK = (*_WORKER, Tag("task"))
_EVENT = fixed(
    "type",
    *(f"task-{end}" for end in ("sent", "received", "started", "succeeded", "failed")),
    *(f"task-{end}" for end in ("rejected", "revoked", "retried")),
    *(f"worker-{end}" for end in ("online", "heartbeat", "offline")),
)  # fmt: skip

_gauge = partial(model.gauge, source=Source.CELERY)
_count = partial(model.count, source=Source.CELERY)

METRICS = (
    _count("celery.flower.events.count", "event", (*_TASK, _EVENT), "What workers reported, by kind."),
    _gauge("celery.flower.worker.online", None, _WORKER, "1 where a worker is there, 0 where not.", highest=1),
    _gauge("celery.flower.worker.executing_tasks", "task", _WORKER, "Tasks a worker is at."),
    _gauge("celery.flower.worker.prefetched_tasks", "task", _TASK, "Tasks a worker has taken but not begun."),
    _gauge("celery.flower.task.prefetch_time.seconds", "second", _TASK, "How long a task waited at its worker."),
    _count("celery.flower.task.runtime.seconds.sum", "second", _TASK, "Time spent in tasks."),
    _count("celery.flower.task.runtime.seconds.count", "second", _TASK, "Tasks that ended; the unit is as published."),
)

CHECKS = (
    ServiceCheck(
        name="celery.flower.openmetrics.health",
        tags=_FLOWER,
        statuses=frozenset({Status.OK, Status.CRITICAL}),
        source=Source.CELERY,
        description="Whether Flower's metrics can be read.",
    ),
)
