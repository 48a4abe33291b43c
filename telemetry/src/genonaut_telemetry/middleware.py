"""What is done around requests: pages are measured, errors keep their trace."""

from __future__ import annotations

import re
from collections.abc import Mapping

from starlette.datastructures import QueryParams
from starlette.routing import compile_path
from starlette.types import ASGIApp, Receive, Scope, Send

from genonaut_telemetry import pagination, tracing
from genonaut_telemetry.metrics.vocabulary import Collection


class PaginatedRoutes:
    """Measures GET requests for these paths. All else, websockets too, goes through untouched."""

    def __init__(self, app: ASGIApp, collections: Mapping[str, Collection]) -> None:
        self._app = app
        self._exact = {path: name for path, name in collections.items() if "{" not in path}
        self._patterns: list[tuple[re.Pattern[str], Collection]] = [
            (compile_path(path)[0], name) for path, name in collections.items() if "{" in path
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, measured where it asks for a page."""
        collection = self._collection(scope)
        if collection is None:
            await self._app(scope, receive, send)
            return
        with pagination.of_request(collection, QueryParams(scope.get("query_string", b""))):
            await self._app(scope, receive, send)

    def _collection(self, scope: Scope) -> Collection | None:
        if scope["type"] != "http" or scope["method"] != "GET":
            return None
        path = scope["path"]
        found = self._exact.get(path)
        if found is None and self._patterns:
            found = next((name for pattern, name in self._patterns if pattern.match(path)), None)
        return found


class TracedErrors:
    """Notes on an error which trace it is of, while the request's span is open.

    Sentry's integration and the server take an error where it leaves the application: by then, ddtrace has closed it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        try:
            await self._app(scope, receive, send)
        except Exception as error:
            tracing.note(error)
            raise
