"""Datadog's tracer, set up as its own environment variables would have it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from genonaut_telemetry.guard import harmless
from genonaut_telemetry.settings import Settings, installed

if TYPE_CHECKING:
    from ddtrace.trace import Span


class Tags(Protocol):
    """What a span lets one put on it."""

    def set_tag(self, key: str, value: str) -> None:
        """A word."""

    def set_metric(self, key: str, value: float) -> None:
        """A number."""


_NOTE = "_genonaut_trace"
"""An attribute of errors."""
_on = False
_unwanted: set[str] = set()


def start(settings: Settings) -> None:
    """Patch the libraries that are there. What is set in the environment already is left as it is."""
    global _on  # noqa: PLW0603 - a process has one tracer
    for name, value in _environment(settings).items():
        os.environ.setdefault(name, value)
    # Only now: ddtrace reads the environment when it is imported.
    import ddtrace  # noqa: PLC0415 - not installed everywhere

    ddtrace.patch(raise_errors=False, **_libraries(settings))
    # Where it was imported before, by `ddtrace-run`, these were read too early.
    for name in ("fastapi", "starlette", "asgi"):
        with harmless("configuring ddtrace"):
            getattr(ddtrace.config, name)["obfuscate_404_resource"] = True
    _leave_out_probes()
    if settings.profiling:
        _profile()
    _on = True


def leave_out(*paths: str) -> None:
    """Send no traces of requests for these paths."""
    _unwanted.update(paths)


def span(name: str, resource: str) -> AbstractContextManager[Tags | None]:
    """A span around the block, None where nothing is traced. What the block raises marks it, and goes on."""
    return _span(name, resource) if _on else nullcontext()


def ids(error: BaseException | None = None) -> tuple[str, str] | None:
    """The ids of the trace and the span that are at work, as Datadog's pages write them.

    Where none is, those that were at work when the error was noted.
    """
    if not _on:
        return None
    from ddtrace.trace import tracer  # noqa: PLC0415

    if current := tracer.current_span():
        return format(current.trace_id, "032x"), str(current.span_id)
    return getattr(error, _NOTE, None)


def note(error: BaseException) -> None:
    """Have the error know its trace after the span is closed."""
    with harmless("noting the trace"):
        if not hasattr(error, _NOTE):
            setattr(error, _NOTE, ids())


def tag_user(user_id: str) -> None:
    """Say on the request's span whose request it is."""
    if _on:
        from ddtrace.trace import tracer  # noqa: PLC0415

        if root := tracer.current_root_span():
            root.set_tag("usr.id", user_id)


@contextmanager
def _span(name: str, resource: str) -> Iterator[Tags | None]:
    from ddtrace.trace import tracer  # noqa: PLC0415

    opened: Any = None
    with harmless("span"):
        opened = tracer.trace(name, resource=resource)
    try:
        yield opened
    except BaseException as error:
        with harmless("span"):
            if opened is not None:
                opened.set_exc_info(type(error), error, error.__traceback__)
        raise
    finally:
        with harmless("span"):
            if opened is not None:
                opened.finish()


def _environment(settings: Settings) -> dict[str, str]:
    """The variables that ddtrace reads; of those that are not set, its own defaults hold."""
    found = {
        "DD_SERVICE": settings.service,
        "DD_ENV": settings.environment,
        "DD_VERSION": settings.version,
        "DD_LOGS_INJECTION": str(settings.log_correlation).lower(),
        "DD_ASGI_OBFUSCATE_404_RESOURCE": "true",
        # The context goes through the queue: a task is in the trace of the request that asked for it.
        "DD_CELERY_DISTRIBUTED_TRACING": "true",
        "DD_TRACE_CLIENT_IP_ENABLED": "false",
        # Query strings hold what people typed.
        "DD_HTTP_SERVER_TAG_QUERY_STRING": "false",
        "DD_TRACE_STARTUP_LOGS": "false",
    }
    if settings.agent_host:
        found["DD_AGENT_HOST"] = settings.agent_host
    if settings.agent_url:
        found["DD_TRACE_AGENT_URL"] = settings.agent_url
    if settings.sampling_rules is not None:
        found["DD_TRACE_SAMPLING_RULES"] = json.dumps([dict(rule) for rule in settings.sampling_rules])
    return found


def _libraries(settings: Settings) -> dict[str, bool]:
    # One of the two: a query through SQLAlchemy would be two spans. The driver's says how long PostgreSQL took.
    driver = installed("psycopg")
    wanted = {
        "fastapi": "fastapi",
        "starlette": "starlette",
        "psycopg" if driver else "sqlalchemy": "psycopg" if driver else "sqlalchemy",
        "redis": "redis",
        "celery": "celery",
        "httpx": "httpx",
    }
    found = {name: True for name, module in wanted.items() if installed(module)}
    if "fastapi" in found:
        # Its own patch covers what is Starlette's in it.
        found.pop("starlette", None)
    return found | ({"logging": True} if settings.log_correlation else {})


@cache
def _leave_out_probes() -> None:
    from ddtrace.trace import TraceFilter, tracer  # noqa: PLC0415

    class _WithoutProbes(TraceFilter):
        def process_trace(self, trace: list[Span]) -> list[Span] | None:
            with harmless("trace filter"):
                if trace and _is_probe(trace[0]):
                    return None
            return trace

    tracer.configure(trace_processors=[_WithoutProbes()])


def _is_probe(root: Span) -> bool:
    # "GET /livez"; who asks may be traced too, so that it need not be the first of its trace.
    return root.name in ("fastapi.request", "starlette.request") and root.resource.partition(" ")[2] in _unwanted


@cache
def _profile() -> None:
    from ddtrace.profiling.profiler import Profiler  # noqa: PLC0415

    Profiler().start()
