"""Datadog's list, get and delete routes, in shapes that `datadog-api-client` reads."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount

from sandbox.cloud import Cloud, CloudObject
from sandbox.routes import datadog_shapes as shapes
from sandbox.routes.datadog_downtimes import DOWNTIME, creation
from sandbox.routes.datadog_logs import logs_routes
from sandbox.routes.datadog_routing import routing_routes
from sandbox.routes.datadog_rum import rum_routes
from sandbox.routes.datadog_synthetics import TEST, synthetics_monitor, synthetics_routes
from sandbox.routes.http import Handler, Vendor, get_one, number, remove

MONITORS = ("datadog:index/monitor:Monitor", "datadog:index/monitorJson:MonitorJson")
DASHBOARDS = ("datadog:index/dashboard:Dashboard", "datadog:index/dashboardJson:DashboardJson")
SLO = "datadog:index/serviceLevelObjective:ServiceLevelObjective"
ENTITY = "datadog:index/softwareCatalog:SoftwareCatalog"
JSON_API = {
    "/api/v2/rum/applications": ("datadog:index/rumApplication:RumApplication", shapes.rum_application),
    "/api/v2/monitor/notification_rule": (
        "datadog:index/monitorNotificationRule:MonitorNotificationRule",
        shapes.notification_rule,
    ),
    "/api/v2/apm/config/metrics": ("datadog:index/spansMetric:SpansMetric", shapes.spans_metric),
    "/api/v2/metrics": ("datadog:index/metricTagConfiguration:MetricTagConfiguration", shapes.tag_configuration),
    "/api/v2/apm/config/retention-filters": (
        "datadog:index/apmRetentionFilter:ApmRetentionFilter",
        shapes.retention_filter,
    ),
    "/api/v2/catalog/entity": (ENTITY, shapes.entity),
    "/api/v2/team": ("datadog:index/team:Team", shapes.team),
    "/api/v2/downtime": (DOWNTIME, shapes.downtime),
    "/api/v2/on-call/schedules": ("datadog:index/onCallSchedule:OnCallSchedule", shapes.on_call_schedule),
    "/api/v2/on-call/escalation-policies": (
        "datadog:index/onCallEscalationPolicy:OnCallEscalationPolicy",
        shapes.escalation_policy,
    ),
}
"""Routes of the second API version: path -> type and shape."""
LONGEST_PAGE = 1000


def datadog_routes(cloud: Cloud) -> Mount:
    """All served routes, under `/datadog`."""
    vendor = Vendor("/datadog", ("DD-API-KEY", "DD-APPLICATION-KEY"), 403, lambda _, message: {"errors": [message]})
    table: dict[str, dict[str, Handler]] = {
        **_monitors(cloud),
        **_dashboards(cloud),
        **_objectives(cloud),
        **synthetics_routes(cloud),
    }
    for path, (token, shape) in JSON_API.items():
        table |= _json_api(cloud, path, token, shape)
    table["/api/v2/downtime"]["POST"] = creation(cloud)
    table |= routing_routes(cloud) | logs_routes(cloud) | rum_routes(cloud)
    return vendor.mount(table)


def _monitors(cloud: Cloud) -> dict[str, dict[str, Handler]]:
    def listing(request: Request) -> Response:
        wanted = _words(request, "monitor_tags")
        found = [shapes.monitor(each) for each in _all(cloud, MONITORS)]
        found += [synthetics_monitor(each) for each in cloud.objects(TEST)]
        found = [
            each
            for each in found
            if wanted <= set(each["tags"]) and request.query_params.get("name", "") in each["name"]
        ]
        if "page" in request.query_params:
            found = _page(found, number(request, "page", 0), number(request, "page_size", 100))
        return JSONResponse(found)

    def one(request: Request) -> Response:
        return JSONResponse(shapes.monitor(_either(cloud, MONITORS, request.path_params["id"])))

    def delete(request: Request) -> Response:
        found = _either(cloud, MONITORS, request.path_params["id"])
        remove(cloud, found.type, found.id, force=request.query_params.get("force") == "true")
        return JSONResponse({"deleted_monitor_id": int(found.id)})

    return {"/api/v1/monitor": {"GET": listing}, "/api/v1/monitor/{id}": {"GET": one, "DELETE": delete}}


def _dashboards(cloud: Cloud) -> dict[str, dict[str, Handler]]:
    def listing(request: Request) -> Response:
        found = [shapes.dashboard_summary(each) for each in _all(cloud, DASHBOARDS)]
        start, count = number(request, "start", 0), number(request, "count", LONGEST_PAGE)
        return JSONResponse({"dashboards": found[start : start + count]})

    def one(request: Request) -> Response:
        return JSONResponse(shapes.dashboard(_either(cloud, DASHBOARDS, request.path_params["id"])))

    def delete(request: Request) -> Response:
        found = _either(cloud, DASHBOARDS, request.path_params["id"])
        remove(cloud, found.type, found.id)
        return JSONResponse({"deleted_dashboard_id": found.id})

    return {"/api/v1/dashboard": {"GET": listing}, "/api/v1/dashboard/{id}": {"GET": one, "DELETE": delete}}


def _objectives(cloud: Cloud) -> dict[str, dict[str, Handler]]:
    def listing(request: Request) -> Response:
        wanted, ids = _words(request, "tags_query"), _words(request, "ids")
        found = [shapes.objective(each) for each in cloud.objects(SLO)]
        fitting = [each for each in found if wanted <= set(each["tags"]) and (not ids or each["id"] in ids)]
        offset, limit = number(request, "offset", 0), number(request, "limit", LONGEST_PAGE)
        counts = {"total_count": len(found), "total_filtered_count": len(fitting)}
        return JSONResponse({"data": fitting[offset : offset + limit], "errors": [], "metadata": {"page": counts}})

    def one(request: Request) -> Response:
        return JSONResponse({"data": shapes.objective(get_one(cloud, SLO, request.path_params["id"])), "errors": []})

    def delete(request: Request) -> Response:
        remove(cloud, SLO, request.path_params["id"], force=request.query_params.get("force") == "true")
        return JSONResponse({"data": [request.path_params["id"]], "errors": {}})

    return {"/api/v1/slo": {"GET": listing}, "/api/v1/slo/{id}": {"GET": one, "DELETE": delete}}


def _json_api(cloud: Cloud, path: str, token: str, shape: shapes.Shape) -> dict[str, dict[str, Handler]]:
    def listing(request: Request) -> Response:
        found = [shape(each) for each in cloud.objects(token)]
        size = number(request, "page[size]", number(request, "per_page", number(request, "page[limit]", LONGEST_PAGE)))
        page = number(request, "page[number]", number(request, "page", 0))
        start = number(request, "page[offset]", page * size)
        return JSONResponse({"data": found[start : start + size]})

    def one(request: Request) -> Response:
        return JSONResponse({"data": shape(get_one(cloud, token, request.path_params["id"]))})

    def delete(request: Request) -> Response:
        remove(cloud, token, request.path_params["id"])
        return Response(status_code=204)

    # The id of an entry of the catalog of services has a slash in it.
    id_ = "{id:path}" if token == ENTITY else "{id}"
    return {path: {"GET": listing}, f"{path}/{id_}": {"GET": one, "DELETE": delete}}


def _all(cloud: Cloud, tokens: tuple[str, ...]) -> list[CloudObject]:
    return [each for token in tokens for each in cloud.objects(token)]


def _either(cloud: Cloud, tokens: tuple[str, ...], id_: str) -> CloudObject:
    for token in tokens:
        if cloud.find(token, id_) is not None:
            return get_one(cloud, token, id_)
    return get_one(cloud, tokens[0], id_)


def _words(request: Request, name: str) -> set[str]:
    text = request.query_params.get(name, "")
    return {word.strip() for word in re.split(r",|\sAND\s", text) if word.strip()}


def _page(found: list[dict[str, object]], page: int, size: int) -> list[dict[str, object]]:
    return found[page * size : (page + 1) * size]
