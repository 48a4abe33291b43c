"""The one call on a Celery application: its workers, its beat, and those who give it tasks."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakSet

from genonaut_telemetry import logs, metrics, runtime
from genonaut_telemetry.guard import harmless
from genonaut_telemetry.metrics.vocabulary import GenerationJobsFailedReason as Reason
from genonaut_telemetry.metrics.vocabulary import JobType, Queue
from genonaut_telemetry.settings import Settings

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

PUBLISHED = "genonaut_published_at"
"""The header of a message: when the task was due, in seconds since 1970."""

_instrumented: WeakSet[Any] = WeakSet()
_receivers: list[Callable[..., None]] = []
"""Celery keeps no reference of its own to who listens."""


def instrument_celery(app: Any, settings: Settings | None = None, *, registry: CollectorRegistry | None = None) -> None:
    """Give a Celery application its telemetry; a second call changes nothing. Raises SettingsError."""
    from celery import signals  # noqa: PLC0415 - not installed everywhere

    if app in _instrumented:
        return
    settings = settings or Settings.read()
    runtime.start(settings, registry)
    _instrumented.add(app)
    if len(_instrumented) > 1:
        return
    jobs = settings.generation_tasks
    for signal, receiver in (
        (signals.before_task_publish, _published(jobs)),
        (signals.task_prerun, _began),
        (signals.task_success, _succeeded(jobs)),
        (signals.task_failure, _failed(jobs)),
        (signals.task_retry, _retried),
        (signals.beat_init, _beat),
        (signals.after_setup_logger, _log_lines(settings)),
        (signals.after_setup_task_logger, _log_lines(settings)),
        (signals.worker_init, _answer_prometheus(settings)),
        (signals.worker_process_shutdown, _process_ends(settings)),
        (signals.worker_shutdown, lambda **_: runtime.stop()),
    ):
        guarded = _guarded(receiver)
        _receivers.append(guarded)
        signal.connect(guarded, weak=False)


def reason_of(error: BaseException) -> Reason:
    """Why a generation job did not deliver, from what the task raised or what that came from."""
    found: BaseException | None = error
    while found is not None:
        names = {kind.__name__.lower() for kind in type(found).__mro__}
        for reason, words in _REASONS:
            if any(word in name for name in names for word in words):
                return reason
        found = found.__cause__
    return "other"


_REASONS: tuple[tuple[Reason, tuple[str, ...]], ...] = (
    ("timeout", ("timeout", "timelimit")),
    ("out_of_memory", ("memoryerror", "outofmemory")),
    ("cancelled", ("cancelled", "revoked", "terminated")),
    ("comfyui", ("comfyui",)),
    ("invalid_input", ("valueerror", "typeerror", "validation")),
)


def _guarded(receiver: Callable[..., None]) -> Callable[..., None]:
    @wraps(receiver)
    def guarded(**kwargs: Any) -> None:
        with harmless("celery"):
            receiver(**kwargs)

    return guarded


def _published(jobs: Any) -> Callable[..., None]:
    def published(sender: str = "", headers: dict[str, Any] | None = None, **_: Any) -> None:
        if headers is None:
            return
        eta = headers.get("eta")
        due = datetime.fromisoformat(eta).timestamp() if isinstance(eta, str) else 0.0
        headers[PUBLISHED] = max(time.time(), due)
        if sender in jobs and not headers.get("retries"):
            metrics.generation_jobs_submitted(job_type=jobs[sender])

    return published


def _began(task: Any = None, **_: Any) -> None:
    queue = _queue(task)
    metrics.tasks_started(queue=queue)
    request = task.request
    published = getattr(request, PUBLISHED, None) or (getattr(request, "headers", None) or {}).get(PUBLISHED)
    if published is not None:
        # Clocks of two machines differ: a task has not waited less than nothing.
        metrics.tasks_wait(max(0.0, time.time() - float(published)), queue=queue)
    request.genonaut_began = time.monotonic()


def _succeeded(jobs: Any) -> Callable[..., None]:
    def succeeded(sender: Any = None, **_: Any) -> None:
        if job := _job(jobs, sender):
            metrics.generation_jobs_completed(job_type=job)
            _duration(sender, job)

    return succeeded


def _failed(jobs: Any) -> Callable[..., None]:
    def failed(sender: Any = None, exception: BaseException | None = None, **_: Any) -> None:
        metrics.tasks_failed(queue=_queue(sender))
        if (job := _job(jobs, sender)) and exception is not None:
            metrics.generation_jobs_failed(job_type=job, reason=reason_of(exception))
            _duration(sender, job)

    return failed


def _retried(sender: Any = None, **_: Any) -> None:
    metrics.tasks_retried(queue=_queue(sender))


def _duration(task: Any, job: JobType) -> None:
    began = getattr(task.request, "genonaut_began", None)
    if began is not None:
        metrics.generation_jobs_duration(time.monotonic() - began, job_type=job)


def _job(jobs: Any, task: Any) -> JobType | None:
    return cast("JobType | None", jobs.get(task.name))


def _queue(task: Any) -> Queue:
    name = (task.request.delivery_info or {}).get("routing_key")
    if not name:
        # Of a task whose process was killed, the worker's main process tells: it knows the task and not the message.
        name = task.app.amqp.router.route({}, task.name)["queue"].name
    # Another queue than the contract's is dropped where it is sent, and counted there.
    return cast("Queue", name)


def _beat(sender: Any = None, **_: Any) -> None:
    scheduler = sender.scheduler
    tick = scheduler.tick

    @wraps(tick)
    def counted(*args: Any, **kwargs: Any) -> Any:
        metrics.beat_ticks()
        return tick(*args, **kwargs)

    scheduler.tick = counted


def _log_lines(settings: Settings) -> Callable[..., None]:
    # Celery sets up logging anew, when the application has been made.
    def lines(logger: Any = None, **_: Any) -> None:
        if settings.json_logs:
            logs.write_json(logger)

    return lines


def _answer_prometheus(settings: Settings) -> Callable[..., None]:
    def answer(**_: Any) -> None:
        if settings.worker_metrics_port is None or not settings.prometheus_on:
            return
        from prometheus_client import REGISTRY, CollectorRegistry, start_http_server  # noqa: PLC0415
        from prometheus_client.multiprocess import MultiProcessCollector  # noqa: PLC0415

        registry = REGISTRY
        if settings.prometheus_folder is not None:
            registry = CollectorRegistry()
            MultiProcessCollector(registry, path=str(settings.prometheus_folder))  # type: ignore[no-untyped-call]
        start_http_server(settings.worker_metrics_port, registry=registry)

    return answer


def _process_ends(settings: Settings) -> Callable[..., None]:
    def ends(pid: int = 0, **_: Any) -> None:
        runtime.stop()
        if settings.prometheus_folder is not None and settings.prometheus_on:
            from prometheus_client.multiprocess import mark_process_dead  # noqa: PLC0415

            mark_process_dead(pid, path=str(settings.prometheus_folder))  # type: ignore[no-untyped-call]

    return ends
