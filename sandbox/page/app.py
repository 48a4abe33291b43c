"""The HTTP application: the page, its JSON, and the vendors' routes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from sandbox.cloud import Cloud
from sandbox.page.pictures import Pictures
from sandbox.routes.datadog import datadog_routes
from sandbox.routes.kubernetes import kubernetes_routes
from sandbox.routes.sentry import sentry_routes
from sandbox.schema.cache import Schemas
from sandbox.vault import masked

STATIC = Path(__file__).parent / "static"


def application(cloud: Cloud, schemas: Schemas, kubernetes_version: str) -> Starlette:
    """All routes over one cloud."""

    def answer(make: Callable[[], Any]) -> Callable[[Request], Response]:
        return lambda _request: JSONResponse(make(), headers={"Cache-Control": "no-store"})

    own = [
        Route("/objects", answer(lambda: [masked(each.as_json()) for each in cloud.objects()])),
        Route("/operations", answer(lambda: [asdict(each) for each in cloud.operations()])),
        Route("/faults", answer(lambda: [asdict(each) for each in cloud.faults.list()])),
        Route("/pictures/{id}.png", Pictures(cloud).answer),
        Route("/about", answer(lambda: {"versions": schemas.versions, "kubernetes": kubernetes_version})),
    ]
    return Starlette(
        routes=[
            Route("/", lambda _request: FileResponse(STATIC / "index.html")),
            Mount("/_sandbox/static", StaticFiles(directory=STATIC)),
            Mount("/_sandbox", routes=own),
            datadog_routes(cloud),
            sentry_routes(cloud),
            kubernetes_routes(cloud, schemas, kubernetes_version),
        ]
    )
