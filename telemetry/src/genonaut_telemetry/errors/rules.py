"""Which errors are none, and which are the same one."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from genonaut_telemetry.database import reason_of

_NO_ERRORS = frozenset(
    {
        # The client went away, or asked for something wrong: it was told so.
        "starlette.requests.ClientDisconnect",
        "fastapi.exceptions.RequestValidationError",
        "asyncio.exceptions.CancelledError",
        "builtins.BrokenPipeError",
        "builtins.ConnectionResetError",
        # How Celery says that a task is put back, or given up on purpose.
        "celery.exceptions.Retry",
        "celery.exceptions.Ignore",
        "celery.exceptions.Reject",
        "builtins.KeyboardInterrupt",
        "builtins.SystemExit",
    }
)
_SERVER_ERROR = 500


def is_no_error(error: BaseException, names: Collection[str]) -> bool:
    """Whether this need not be told of: by its class or one that it inherits from, with or without the module."""
    for kind in type(error).__mro__:
        full = f"{kind.__module__}.{kind.__qualname__}"
        if full in _NO_ERRORS or full in names or kind.__qualname__ in names:
            return True
    status = getattr(error, "status_code", None)
    return isinstance(status, int) and status < _SERVER_ERROR and _is_answer(error)


def fingerprint(error: BaseException) -> Sequence[str] | None:
    """What makes it the same error as another; None where Sentry's own grouping, by the stack, is right.

    A database that cannot be reached is one problem wherever it is noticed.
    """
    found: BaseException | None = error
    while found is not None:
        module, name = type(found).__module__, type(found).__name__
        if module == "sqlalchemy.exc" and name in ("OperationalError", "TimeoutError", "InterfaceError"):
            return ["database", name, reason_of(found)]
        if module.startswith("redis.") and name in ("ConnectionError", "TimeoutError"):
            return ["redis", name]
        found = found.__cause__
    return None


def _is_answer(error: BaseException) -> bool:
    return any(kind.__qualname__ == "HTTPException" for kind in type(error).__mro__)
