"""The metrics of traces (https://docs.datadoghq.com/tracing/metrics/metrics_namespace/)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from contract.telemetry import model
from contract.telemetry.application import API, WORKER
from contract.telemetry.model import Metric, Source, Tag
from contract.telemetry.tags import HOST, UNIFIED, fixed, free, sent_by

TRACED_OPERATIONS = (API, WORKER)
"""The root operations of our services, as ddtrace names them."""

DEPENDENCIES = {"postgres.query": "postgres", "redis.command": "redis"}
"""Operations of clients inside our services, and the `service` ddtrace gives their spans by default."""

_RESOURCE = free("resource", "resource_name")
_STATUS = (
    *free("http.status_code"),
    fixed("http.status_class", "1xx", "2xx", "3xx", "4xx", "5xx"),
)
# A minute is the server's own timeout; a task may take as long as an image job, and twice that is beyond any.
_LONGEST = {API: 60.0, WORKER: 3600.0, "celery.apply": 60.0, "postgres.query": 60.0, "redis.command": 60.0}

_gauge = partial(model.gauge, source=Source.TRACES)
_count = partial(model.count, source=Source.TRACES)
_distribution = partial(model.distribution, source=Source.TRACES)


def _operation(operation: str, whose: tuple[Tag, ...], noun: str) -> Iterator[Metric]:
    name = f"trace.{operation}"
    code = free("http.status_code") if operation == API else ()
    # The distribution carries no tags of the host; the counts do.
    yield _distribution(
        name, "second", (*whose, *_RESOURCE, *code), f"How long a {noun} took.", highest=_LONGEST[operation]
    )
    yield _count(f"{name}.hits", noun, (*whose, *_RESOURCE, *code, *HOST), f"How often there was a {noun}.")
    yield _count(f"{name}.errors", noun, (*whose, *_RESOURCE, *code, *HOST), f"How often a {noun} failed.")


def _web(operation: str) -> Iterator[Metric]:
    whose = sent_by(operation)
    tags = (*whose, *_RESOURCE, *_STATUS, *HOST)
    name = f"trace.{operation}"
    yield _count(f"{name}.hits.by_http_status", "request", tags, "Requests by the status of their answer.")
    yield _count(f"{name}.errors.by_http_status", "request", tags, "Failed requests by the status of their answer.")
    yield _gauge(f"{name}.apdex", None, (*whose, *_RESOURCE), "How content people can be, from 0 to 1.", highest=1)


METRICS = (
    *_operation(API, sent_by(API), "request"),
    *_web(API),
    *_operation(WORKER, sent_by(WORKER), "task"),
    # Tasks as they are handed over: by the API, by beat, and by workers that try again.
    *_operation("celery.apply", UNIFIED, "task"),
    *(
        metric
        for operation, service in DEPENDENCIES.items()
        for metric in _operation(
            operation,
            # ddtrace puts the version on the spans of our own services only.
            (Tag("env"), fixed("service", service)),
            "query" if operation == "postgres.query" else "command",
        )
    ),
)
