"""The units that widgets show."""

from __future__ import annotations

from enum import StrEnum, unique


@unique
class Unit(StrEnum):
    """Units that Datadog knows by these names (https://docs.datadoghq.com/metrics/units/)."""

    PERCENT = "percent"
    FRACTION = "fraction"
    SECOND = "second"
    MILLISECOND = "millisecond"
    MICROSECOND = "microsecond"
    NANOSECOND = "nanosecond"
    DAY = "day"
    BYTE = "byte"
    CORE = "core"
    NANOCORE = "nanocore"
    REQUEST = "request"
    ERROR = "error"
    USER = "user"
    SESSION = "session"
    ITEM = "item"
    TASK = "task"
    JOB = "job"
    CONNECTION = "connection"
    TRANSACTION = "transaction"
    QUERY = "query"
    ROW = "row"
    BLOCK = "block"
    LOCK = "lock"
    KEY = "key"
    COMMAND = "command"
    EVENT = "event"
    SPAN = "span"
    HOST = "host"
