"""Datadog's routes for synthetic tests, and the monitors that come with them."""

from __future__ import annotations

import json
from typing import Any

from anyio import from_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.cloud import Cloud, CloudObject
from sandbox.routes.http import Handler, HttpError, number, remove
from sandbox.vault import masked

TEST = "datadog:index/syntheticsTest:SyntheticsTest"
PATH = "/api/v1/synthetics/tests"


def synthetics_routes(cloud: Cloud) -> dict[str, dict[str, Handler]]:
    """Path -> method -> handler."""

    def listing(request: Request) -> Response:
        found = [_test(each) for each in cloud.objects(TEST)]
        page, size = number(request, "page_number", 0), number(request, "page_size", 100)
        return JSONResponse({"tests": found[page * size : (page + 1) * size]})

    def delete(request: Request) -> Response:
        # Handlers run in a thread; the body is read on the event loop.
        ids = json.loads(from_thread.run(request.body) or b"{}").get("public_ids") or []
        if not ids:
            raise HttpError(400, "public_ids: name the tests to delete")
        for id_ in ids:
            remove(cloud, TEST, id_)
        return JSONResponse({"deleted_tests": [{"public_id": id_} for id_ in ids]})

    return {PATH: {"GET": listing}, f"{PATH}/delete": {"POST": delete}}


def synthetics_monitor(found: CloudObject) -> dict[str, Any]:
    """The monitor that Datadog makes with a test: it has the test's tags, and goes with it."""
    inputs = masked(found.inputs)
    return {
        "id": int(found.properties["monitorId"]),
        "name": f"[Synthetics] {inputs.get('name')}",
        "type": "synthetics alert",
        "query": "no_query",
        "message": inputs.get("message", ""),
        "tags": inputs.get("tags") or [],
        "options": {"synthetics_check_id": found.id},
        "overall_state": "No Data",
        "created": found.created,
        "modified": found.updated,
    }


def _test(found: CloudObject) -> dict[str, Any]:
    inputs = masked(found.inputs)
    return {
        "public_id": found.id,
        "monitor_id": int(found.properties["monitorId"]),
        **{name: inputs[name] for name in ("name", "type", "subtype", "status", "message") if name in inputs},
        "tags": inputs.get("tags") or [],
        "locations": inputs.get("locations") or [],
    }
