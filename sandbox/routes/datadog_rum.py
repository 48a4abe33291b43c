"""Datadog's routes for what goes with RUM applications: retention filters, and the metrics of all of them."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.checks.datadog.body import snake_keys
from sandbox.cloud import Cloud, CloudObject
from sandbox.routes.http import Handler, get_one, remove
from sandbox.vault import masked

APPLICATION = "datadog:index/rumApplication:RumApplication"
FILTER = "datadog:index/rumRetentionFilter:RumRetentionFilter"
METRIC = "datadog:index/rumMetric:RumMetric"

Table = dict[str, dict[str, Handler]]


def rum_routes(cloud: Cloud) -> Table:
    """Path -> method -> handler."""
    filters, metrics = "/api/v2/rum/applications/{app_id}/retention_filters", "/api/v2/rum/config/metrics"
    return {
        filters: {"GET": _filters(cloud)},
        f"{filters}/{{id}}": {"DELETE": _delete(cloud, FILTER)},
        metrics: {"GET": lambda _: JSONResponse({"data": [_metric(one) for one in cloud.objects(METRIC)]})},
        f"{metrics}/{{id}}": {"DELETE": _delete(cloud, METRIC)},
    }


def _filters(cloud: Cloud) -> Handler:
    def listing(request: Request) -> Response:
        id_ = get_one(cloud, APPLICATION, request.path_params["app_id"]).id
        return JSONResponse(
            {"data": [_filter(one) for one in cloud.objects(FILTER) if one.inputs.get("applicationId") == id_]}
        )

    return listing


def _delete(cloud: Cloud, token: str) -> Handler:
    def delete(request: Request) -> Response:
        remove(cloud, token, request.path_params["id"])
        return Response(status_code=204)

    return delete


def _filter(found: CloudObject) -> dict[str, object]:
    inputs = snake_keys(masked(found.inputs))
    attributes = {name: value for name, value in inputs.items() if name != "application_id"}
    return {"id": found.id, "type": "retention_filters", "attributes": attributes}


def _metric(found: CloudObject) -> dict[str, object]:
    inputs = snake_keys(masked(found.inputs))
    names = {"group_bies": "group_by"}
    attributes = {names.get(name, name): value for name, value in inputs.items() if name != "name"}
    return {"id": found.id, "type": "rum_metrics", "attributes": attributes}
