"""A line on its way, and what Datadog makes of it before any pipeline."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

# https://docs.datadoghq.com/logs/log_configuration/pipelines/#preprocessing
_STATUS = ("status", "severity", "level", "syslog.severity")
_MESSAGE = ("message", "msg", "log")
_DATE = ("@timestamp", "timestamp", "_timestamp", "Timestamp", "eventTime", "date", "published_date")
_TRACE = ("dd.trace_id", "trace_id")

# https://docs.datadoghq.com/logs/log_configuration/processors/#log-status-remapper, in the order of its list.
_LEVELS = (
    ("emerg", "emergency"), ("f", "emergency"), ("a", "alert"), ("c", "critical"), ("e", "error"), ("w", "warn"),
    ("n", "notice"), ("i", "info"), ("d", "debug"), ("t", "debug"), ("v", "debug"), ("o", "ok"), ("s", "ok"),
)  # fmt: skip


@dataclass(slots=True)
class Line:
    """One line: what it says, whose it is, what is known of it."""

    message: str
    tags: Mapping[str, str]
    """Those that the agent adds: `env`, `service` ..."""
    attributes: dict[str, Any] = field(default_factory=dict)
    """By path: a member `b` of `a` is `a.b`."""
    status: str = "info"
    date: int | None = None
    """Milliseconds since 1970; None: the time at which it arrived."""
    trace_id: str | None = None

    def value(self, name: str) -> Any:
        """What a search compares: a tag, a reserved attribute, or with `@` any other; None where there is none."""
        if name.startswith("@"):
            return self.attributes.get(name[1:])
        return {"status": self.status, "trace_id": self.trace_id, **self.tags}.get(name)


def arrived(text: str, tags: Mapping[str, str], *, from_stderr: bool = False) -> Line:
    """A line of a container as it arrives: JSON is read, and its reserved attributes are taken.

    The agent gives the status `error` to what is written to standard error.
    """
    line = Line(text, tags, status="error" if from_stderr else "info")
    try:
        members = json.loads(text)
        if not isinstance(members, dict):
            return line
        line.attributes = dict(_flat(members))
    except (ValueError, RecursionError):
        # No JSON, a number of thousands of digits, or nothing but braces.
        return line
    line.message = str(_taken(line, _MESSAGE, text))
    if source := _first(line, _STATUS):
        line.status = status_of(line.attributes[source])
    if source := _first(line, _DATE):
        line.date = date_of(line.attributes[source])
    if source := _first(line, _TRACE):
        line.trace_id = str(line.attributes[source])
    return line


def status_of(value: Any) -> str:
    """The status that a level stands for; `info` for what nobody knows. Whole numbers are those of syslog."""
    text = str(value).lower()
    syslog = ("emergency", "alert", "critical", "error", "warn", "notice", "info", "debug")
    if text in set("01234567"):
        return syslog[int(text)]
    return next((status for beginning, status in _LEVELS if text.startswith(beginning)), "info")


def date_of(value: Any) -> int | None:
    """Milliseconds since 1970 of a number of them, or of a date in ISO 8601; None for anything else."""
    try:
        if isinstance(value, int | float):
            return int(value)
        return int(datetime.fromisoformat(str(value)).timestamp() * 1000)
    except (ValueError, OverflowError):
        return None


def _flat(members: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in members.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{path}{name}.")
        else:
            yield f"{path}{name}", value


def _first(line: Line, names: tuple[str, ...]) -> str | None:
    return next((name for name in names if name in line.attributes), None)


def _taken(line: Line, names: tuple[str, ...], otherwise: Any) -> Any:
    name = _first(line, names)
    return line.attributes.pop(name) if name else otherwise
