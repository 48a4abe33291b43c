"""Lists page by page: a span and the contract's four metrics for each query.

Sizes and offsets are sent as ranges, never as they are: each value would be a series. Use one of three: `query` around
the query itself, `paginated` on a function, `dependency` of a route; or name routes in the settings.
"""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from math import isfinite
from time import perf_counter
from typing import Any, ParamSpec, TypedDict, TypeVar

from starlette.requests import Request

from genonaut_telemetry import metrics, tracing
from genonaut_telemetry.database import Queries, watched
from genonaut_telemetry.guard import harmless
from genonaut_telemetry.metrics.vocabulary import (
    OFFSET_BOUNDS,
    PAGE_SIZE_BOUNDS,
    Collection,
    Mode,
    OffsetRange,
    PageSize,
)

P = ParamSpec("P")
R = TypeVar("R")

slow_seconds = 0.5
"""From here on a query is marked as slow; the settings' value once the application is instrumented."""
_DEFAULT_SIZE = 20
_measured: ContextVar[bool] = ContextVar("genonaut_telemetry_page", default=False)
"""Whether a query for a page is being measured: a route and the function in it are one."""


@dataclass(slots=True)
class Page:
    """What the block finds out about its page."""

    rows: int | None = None
    """How many rows came; None where nobody said."""


def page_size_range(size: float) -> PageSize:
    """The contract's range for a page size; what is no size is in the first or the last."""
    return next((name for highest, name in PAGE_SIZE_BOUNDS if size <= highest), PAGE_SIZE_BOUNDS[-1][1])


def offset_range(offset: float | None) -> OffsetRange:
    """The contract's range for an offset; None, where there is none, is a cursor."""
    if offset is None:
        return "cursor"
    return next((name for highest, name in OFFSET_BOUNDS if offset <= highest), OFFSET_BOUNDS[-1][1])


class _Tags(TypedDict):
    collection: Collection
    mode: Mode
    offset_range: OffsetRange
    page_size: PageSize


def _tags(collection: Collection, size: float, offset: float | None) -> _Tags:
    return {
        "collection": collection,
        "mode": "cursor" if offset is None else "page",
        "offset_range": offset_range(offset),
        "page_size": page_size_range(size),
    }


@contextmanager
def query(collection: Collection, *, page_size: float, offset: float | None = None) -> Iterator[Page]:
    """Measure the block, which asks for one page. Without an offset it is a page by cursor.

    The block may set `rows`. What it raises counts as an error of the query, and goes on.
    """
    page = Page()
    if _measured.get():
        yield page
        return
    token = _measured.set(True)
    tags = _tags(collection, page_size, offset)
    failed = True
    began = perf_counter()
    try:
        with tracing.span("pagination.query", collection) as span:
            yield page
            failed = False
            with harmless("pagination"):
                _describe(span, perf_counter() - began, page.rows, tags)
    finally:
        with harmless("pagination"):
            _measured.reset(token)
        _send(perf_counter() - began, page.rows, failed, tags)


def paginated(collection: Collection) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Measure every call of a function, which asks for one page.

    The page is read from its arguments: page, page_size, limit, offset, cursor, or one object that has these. The rows
    are the length of what it returns, or of its `items`.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        signature = inspect.signature(function)

        def wanted(args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[float, float | None]:
            with harmless("pagination"):
                bound = signature.bind_partial(*args, **kwargs)
                bound.apply_defaults()
                return read(_flat(bound.arguments))
            return _DEFAULT_SIZE, 0

        if inspect.iscoroutinefunction(function):

            @wraps(function)
            async def measured_async(*args: P.args, **kwargs: P.kwargs) -> Any:
                size, offset = wanted(args, kwargs)
                with query(collection, page_size=size, offset=offset) as page:
                    result = await function(*args, **kwargs)
                    page.rows = _rows(result)
                    return result

            return measured_async  # type: ignore[return-value]

        @wraps(function)
        def measured(*args: P.args, **kwargs: P.kwargs) -> R:
            size, offset = wanted(args, kwargs)
            with query(collection, page_size=size, offset=offset) as page:
                result = function(*args, **kwargs)
                page.rows = _rows(result)
                return result

        return measured

    return decorate


def dependency(collection: Collection) -> Callable[[Request], AsyncIterator[Page]]:
    """For `Depends`: measures the database's time of the request, and the page from its query parameters."""

    async def measure(request: Request) -> AsyncIterator[Page]:
        with of_request(collection, request.query_params) as page:
            yield page

    return measure


@contextmanager
def of_request(collection: Collection, parameters: Mapping[str, Any]) -> Iterator[Page]:
    """Measure a request for one page: the time of its queries, or its own where nobody tells of queries."""
    page = Page()
    if _measured.get():
        yield page
        return
    size, start = read(parameters)
    tags = _tags(collection, size, start)
    queries = Queries()
    token, page_token = watched.set(queries), _measured.set(True)
    failed = True
    began = perf_counter()

    def found() -> tuple[float, int | None]:
        return queries.seconds or perf_counter() - began, queries.most_rows if page.rows is None else page.rows

    try:
        with tracing.span("pagination.query", collection) as span:
            yield page
            failed = False
            with harmless("pagination"):
                _describe(span, *found(), tags)
    finally:
        with harmless("pagination"):
            # Where a framework ends us in another context than it began us in, there is nothing to put back.
            watched.reset(token)
            _measured.reset(page_token)
        _send(*found(), failed, tags)


def _describe(span: tracing.Tags | None, seconds: float, rows: int | None, tags: _Tags) -> None:
    if span is None:
        return
    for key, value in tags.items():
        span.set_tag(key, str(value))
    span.set_tag("slow_query", "true" if seconds >= slow_seconds else "false")
    if rows is not None:
        span.set_metric("rows", rows)


def read(parameters: Mapping[str, Any]) -> tuple[float, float | None]:
    """Page size and offset of what a request or a call asks for; no offset where there is a cursor."""
    size = _number(parameters, "page_size", "limit", "per_page", "size", otherwise=_DEFAULT_SIZE)
    if parameters.get("cursor"):
        return size, None
    if parameters.get("offset") is not None or parameters.get("skip") is not None:
        return size, _number(parameters, "offset", "skip", otherwise=0)
    return size, (_number(parameters, "page", otherwise=1) - 1) * size


def _number(parameters: Mapping[str, Any], *names: str, otherwise: float) -> float:
    for name in names:
        value = parameters.get(name)
        if value is None:
            continue
        try:
            number = float(value)
        except (TypeError, ValueError):
            continue
        if isfinite(number):
            return number
    return otherwise


def _flat(arguments: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(arguments)
    for value in arguments.values():
        if hasattr(value, "page_size") and not isinstance(value, type):
            found |= {name: getattr(value, name, None) for name in ("page", "page_size", "offset", "cursor")}
    return found


def _rows(result: Any) -> int | None:
    with harmless("pagination"):
        items: Any = getattr(result, "items", None)
        if items is None or callable(items):
            items = result.get("items") if isinstance(result, Mapping) else result
        return len(items) if hasattr(items, "__len__") and not isinstance(items, str | bytes) else None
    return None


def _send(seconds: float, rows: int | None, failed: bool, tags: _Tags) -> None:
    metrics.pagination_query_count(**tags)
    metrics.pagination_query_duration(seconds, **tags)
    if failed:
        metrics.pagination_query_errors(**tags)
    elif rows is not None:
        metrics.pagination_query_rows(rows, **tags)
