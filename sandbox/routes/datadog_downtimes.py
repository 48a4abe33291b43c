"""Downtimes made by hand or by a command: the one kind of object that the API's clients make here."""

from __future__ import annotations

import json
import re
from typing import Any

import anyio
from datadog_api_client.v2.model.downtime_create_request import DowntimeCreateRequest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.checks.models import check_model
from sandbox.cloud import Cloud
from sandbox.computed.context import Making
from sandbox.routes import datadog_shapes as shapes
from sandbox.routes.http import Handler, HttpError

DOWNTIME = "datadog:index/downtimeSchedule:DowntimeSchedule"


def creation(cloud: Cloud) -> Handler:
    """The handler that makes a downtime. It belongs to no stack, so its URN is empty."""

    def create(request: Request) -> Response:
        attributes = _attributes(anyio.from_thread.run(request.body))
        inputs = _camel_keys({name: value for name, value in attributes.items() if name != "schedule"})
        inputs["oneTimeSchedule"] = attributes.get("schedule") or {}

        def build(sequence: int) -> tuple[str, dict[str, Any]]:
            making = Making(cloud.seed, sequence, DOWNTIME, "")
            return making.uuid("id"), inputs

        return JSONResponse({"data": shapes.downtime(cloud.create(DOWNTIME, "", inputs, build))})

    return create


def _attributes(body: bytes) -> dict[str, Any]:
    """The attributes of a request for a downtime. Raises `HttpError` 400 with everything that is wrong with it."""
    try:
        asked = json.loads(body)
    except ValueError:
        raise HttpError(400, "the body is not JSON") from None
    if problems := check_model(DowntimeCreateRequest, asked):
        raise HttpError(400, "; ".join(f"{problem.path} {problem.reason}" for problem in problems))
    if "recurrences" in (asked["data"]["attributes"].get("schedule") or {}):
        raise HttpError(400, "the sandbox makes one-time downtimes only; recurring ones are resources of a stack")
    return dict(asked["data"]["attributes"])


def _camel_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            re.sub(r"_([a-z])", lambda found: found[1].upper(), name): _camel_keys(each) for name, each in value.items()
        }
    return value
