"""The routes for probes and for Prometheus."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from genonaut_telemetry.health.report import Report, Result, Status, overall

LIVE, READY, DETAIL = "/livez", "/readyz", "/health/detail"

_TYPES = {"database": "datastore", "redis": "datastore", "pagination": "datastore"}
_UNAVAILABLE = 503


def routes(report: Report) -> list[BaseRoute]:
    """`/livez` says that the process answers, and never more: a dependency that is down is no reason to restart it."""

    async def live(_: Request) -> Response:
        return _answer(Status.PASS, {})

    async def ready(_: Request) -> Response:
        return _answer(overall(await report.results()), {})

    async def detail(_: Request) -> Response:
        results = await report.results()
        return _answer(overall(results), {"checks": {f"{r.check.name}:responseTime": [_shown(r)] for r in results}})

    return [Route(path, answer, methods=["GET"]) for path, answer in ((LIVE, live), (READY, ready), (DETAIL, detail))]


def _answer(status: Status, more: dict[str, Any]) -> Response:
    return JSONResponse(
        {"status": status.value, **more},
        status_code=_UNAVAILABLE if status is Status.FAIL else 200,
        headers={"cache-control": "no-store"},
        media_type="application/health+json",
    )


def _shown(result: Result) -> dict[str, Any]:
    return {
        "componentType": _TYPES.get(result.check.name, "system"),
        "status": result.status.value,
        "observedValue": round(result.seconds * 1000, 1),
        "observedUnit": "ms",
        "time": result.time.isoformat(timespec="seconds"),
        **({"output": result.output} if result.output else {}),
    }
