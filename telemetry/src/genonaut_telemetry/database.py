"""What SQLAlchemy tells: how long one waits for a connection, what is in use, how long queries take."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, wraps
from time import perf_counter
from typing import Any
from weakref import WeakSet

from genonaut_telemetry import metrics, reporter
from genonaut_telemetry.guard import harmless
from genonaut_telemetry.metrics.vocabulary import DatabaseConnectionErrorsReason as Reason

_pools: WeakSet[Any] = WeakSet()


@dataclass(slots=True)
class Queries:
    """What was asked of the database since somebody began to look."""

    seconds: float = 0.0
    most_rows: int | None = None
    """Of the query with the most rows: beside the page, one often asks how many there are."""


watched: ContextVar[Queries | None] = ContextVar("genonaut_telemetry_queries", default=None)
"""Where queries are added up; threads that work for a request have the same."""


@cache
def watch() -> None:
    """Watch all pools and engines of this process, those that are there already too."""
    from sqlalchemy import event  # noqa: PLC0415 - not installed everywhere
    from sqlalchemy.engine import Engine  # noqa: PLC0415
    from sqlalchemy.pool import Pool  # noqa: PLC0415

    # There is no event before a connection is asked for: only around the call is the wait.
    Pool.connect = _timed(Pool.connect)  # type: ignore[method-assign, assignment]
    event.listen(Engine, "before_cursor_execute", _before)
    event.listen(Engine, "after_cursor_execute", _after)
    reporter.every(_report)


def _timed(connect: Callable[[Any], Any]) -> Callable[[Any], Any]:
    @wraps(connect)
    def timed(pool: Any) -> Any:
        began = perf_counter()
        try:
            return connect(pool)
        except Exception as error:
            with harmless("connection errors"):
                metrics.database_connection_errors(reason=reason_of(error))
            raise
        finally:
            metrics.database_pool_wait(perf_counter() - began)
            if pool not in _pools:
                _pools.add(pool)

    return timed


def reason_of(error: BaseException) -> Reason:
    """Why there was no connection, from what SQLAlchemy or the driver raised."""
    if type(error).__module__ == "sqlalchemy.exc" and type(error).__name__ == "TimeoutError":
        return "pool_exhausted"
    text = f"{type(error).__name__} {error}".lower()
    # The words of libpq; a refusal by each address can stand beside a time-out.
    if "timeout" in text or "timed out" in text:
        return "timeout"
    if "authentication" in text or "password" in text or ("role" in text and "does not exist" in text):
        return "authentication"
    return "refused" if "refused" in text else "other"


def _before(connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, *_: Any) -> None:
    if watched.get() is not None:
        context._genonaut_began = perf_counter()  # noqa: SLF001 - of ours


def _after(connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, *_: Any) -> None:
    queries = watched.get()
    if queries is None:
        return
    with harmless("queries"):
        queries.seconds += perf_counter() - context._genonaut_began  # noqa: SLF001 - of ours
        if cursor.rowcount >= 0:
            queries.most_rows = max(queries.most_rows or 0, cursor.rowcount)


def _report() -> None:
    pools = [pool for pool in list(_pools) if hasattr(pool, "checkedout")]
    if pools:
        metrics.database_pool_in_use(sum(pool.checkedout() for pool in pools))
        metrics.database_pool_size(sum(_size(pool) for pool in pools))


def _size(pool: Any) -> int:
    # SQLAlchemy tells the overflow it has, not what it may have; -1 there means without an end.
    return int(pool.size()) + max(0, getattr(pool, "_max_overflow", 0))
