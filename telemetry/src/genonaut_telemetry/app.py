"""The one call on a FastAPI application."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from genonaut_telemetry import runtime, tracing
from genonaut_telemetry.health.checks import Check
from genonaut_telemetry.health.report import Report
from genonaut_telemetry.health.routes import routes as health_routes
from genonaut_telemetry.middleware import PaginatedRoutes, TracedErrors
from genonaut_telemetry.settings import Settings

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

    from genonaut_telemetry.metrics.prometheus import PrometheusSink

_instrumented: WeakSet[Starlette] = WeakSet()


def instrument(
    app: Starlette,
    settings: Settings | None = None,
    *,
    checks: Iterable[Check] = (),
    registry: CollectorRegistry | None = None,
) -> None:
    """Give an application its telemetry: traces, metrics, errors, health. A second call changes nothing.

    `app` is any FastAPI or Starlette application that has not begun to answer; routes may be added later. Without
    settings, those of the environment hold. `checks` are what /readyz and /health/detail ask; `registry` is
    Prometheus's, its global one where none is given. Raises SettingsError, with all problems, and RuntimeError for an
    application that has begun.
    """
    if app in _instrumented:
        return
    if app.middleware_stack is not None:
        raise RuntimeError("instrument() must come before the application answers its first request")
    settings = settings or Settings.read()
    prometheus = runtime.start(settings, registry)
    _instrumented.add(app)
    if settings.paginated_routes:
        app.add_middleware(PaginatedRoutes, collections=settings.paginated_routes)
    if settings.traces_on:
        app.add_middleware(TracedErrors)
    report = Report(checks, cached_seconds=settings.health_cache)
    added = [*health_routes(report), *_metrics_route(settings, prometheus)]
    present = {getattr(route, "path", None) for route in app.router.routes}
    # In front: an application may have a route at its end that takes everything.
    app.router.routes[:0] = [route for route in added if getattr(route, "path", None) not in present]
    tracing.leave_out(*settings.excluded_paths, *(str(getattr(route, "path", "")) for route in added))
    app.router.lifespan_context = _lifespan(app.router.lifespan_context, settings, registry)


def _metrics_route(settings: Settings, prometheus: PrometheusSink | None) -> list[BaseRoute]:
    if prometheus is None:
        return []

    # Not async: reading the files of many processes takes a while, and runs in a thread.
    def answer(request: Request) -> Response:
        body, content_type = prometheus.page(request.headers.get("accept", ""))
        return Response(body, headers={"content-type": content_type})

    return [Route(settings.metrics_path, answer, methods=["GET"])]


def _lifespan(inner: Any, settings: Settings, registry: CollectorRegistry | None) -> Any:
    @asynccontextmanager
    async def lifespan(app: Any) -> AsyncIterator[Any]:
        runtime.start(settings, registry)
        wrapped: AbstractAsyncContextManager[Any] = inner(app)
        try:
            async with wrapped as state:
                yield state
        finally:
            runtime.stop()

    return lifespan
