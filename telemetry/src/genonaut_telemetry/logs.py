"""Lines of JSON, as the pipelines of the logs read them: contract/telemetry/logs.py of the monitoring."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from genonaut_telemetry import tracing
from genonaut_telemetry.guard import harmless
from genonaut_telemetry.metrics.vocabulary import LOG_ATTRIBUTES

_SERVERS = ("uvicorn", "uvicorn.access", "gunicorn.error", "gunicorn.access")
"""Loggers with handlers of their own."""
_NO_SPAN = "0"


def start() -> None:
    """Have every handler that is there write JSON. Where nobody has set up logging, lines from INFO on are printed."""
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(logging.StreamHandler(sys.stdout))
        root.setLevel(logging.INFO)
    for logger in (root, *map(logging.getLogger, _SERVERS)):
        write_json(logger)


def write_json(logger: logging.Logger) -> None:
    """Have the logger's own handlers write JSON."""
    for handler in logger.handlers:
        handler.setFormatter(JsonLines())


class JsonLines(logging.Formatter):
    """One object a line: message, level, time, error, and what `extra` has of the contract's attributes.

    ddtrace puts the ids of the trace into every record.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line; times are UTC."""
        line: dict[str, Any] = {}
        for name, value in record.__dict__.items():
            if name in LOG_ATTRIBUTES and value not in (None, "", _NO_SPAN):
                line[name] = value
        with harmless("log line"):
            line |= _task()
        line |= {
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger.name": record.name,
            "logger.thread_name": record.threadName,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line |= self._error(record)
        return json.dumps(line, ensure_ascii=False, default=str)

    def _error(self, record: logging.LogRecord) -> Iterator[tuple[str, str]]:
        kind, error, _ = record.exc_info or (None, None, None)
        if kind is None or error is None:
            return
        yield "error.kind", kind.__qualname__
        yield "error.message", str(error)
        yield "error.stack", self.formatException((kind, error, error.__traceback__))
        # A server logs what left the application when the span is closed: the record has no ids.
        if (ids := tracing.ids(error)) and getattr(record, "dd.trace_id", _NO_SPAN) == _NO_SPAN:
            yield from zip(("dd.trace_id", "dd.span_id"), ids, strict=True)


def _task() -> Mapping[str, str]:
    """The Celery task that is at work."""
    if "celery" not in sys.modules:
        return {}
    from celery import current_task  # noqa: PLC0415 - not installed everywhere

    if not current_task:
        return {}
    request = current_task.request
    queue = (request.delivery_info or {}).get("routing_key")
    found = {"celery.task": current_task.name, "celery.task_id": request.id, "celery.queue": queue}
    return {name: value for name, value in found.items() if value}
