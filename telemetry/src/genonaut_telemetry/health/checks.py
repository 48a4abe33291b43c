"""The checks. Each is a function that returns when all is well and raises when not; it may be async."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from genonaut_telemetry.metrics.vocabulary import Check as Name


class TooSlowError(Exception):
    """It works, and takes longer than it may."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """One dependency."""

    name: Name
    run: Callable[[], Awaitable[object] | object]
    critical: bool
    """Whether without it the process should get no requests."""
    timeout: float = 2.0
    """Seconds."""


def database(engine: Any, *, critical: bool = True, timeout: float = 2.0) -> Check:
    """Whether the database answers; `engine` is SQLAlchemy's, or a function that gives it."""
    return Check(name="database", run=_statement(engine, "SELECT 1"), critical=critical, timeout=timeout)


def pagination(engine: Any, statement: str, *, budget: float = 0.5, timeout: float = 2.0) -> Check:
    """Whether the query of a typical page takes no longer than its budget, in seconds.

    Never critical: what is slow is not down.
    """
    ask = _statement(engine, statement)

    def run() -> Awaitable[object] | object:
        began = perf_counter()
        result = ask()
        if perf_counter() - began > budget:
            raise TooSlowError
        return result

    return Check(name="pagination", run=run, critical=False, timeout=timeout)


def cache(client: Any, *, critical: bool = False, timeout: float = 1.0) -> Check:
    """Whether Redis answers; `client` is one of redis-py, async or not."""
    return Check(name="redis", run=client.ping, critical=critical, timeout=timeout)


def queue(app: Any, *, critical: bool = False, timeout: float = 2.0) -> Check:
    """Whether Celery's broker takes connections."""

    def run() -> None:
        with app.connection_for_write() as connection:
            connection.ensure_connection(max_retries=0, timeout=timeout)

    return Check(name="celery", run=run, critical=critical, timeout=timeout)


def external(
    name: Name, ask: Callable[[], Awaitable[object] | object], *, critical: bool = False, timeout: float = 2.0
) -> Check:
    """Anything else, such as `external("comfyui", lambda: client.get(url).raise_for_status())`."""
    return Check(name=name, run=ask, critical=critical, timeout=timeout)


def _statement(engine: Any, statement: str) -> Callable[[], object]:
    def run() -> None:
        from sqlalchemy import text  # noqa: PLC0415 - not installed everywhere

        found = engine() if not hasattr(engine, "connect") and callable(engine) else engine
        with getattr(found, "sync_engine", found).connect() as connection:
            connection.execute(text(statement)).all()

    return run
