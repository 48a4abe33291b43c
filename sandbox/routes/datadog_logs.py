"""Datadog's routes for what is done with logs."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.checks.datadog.logs import archive_body, index_body, pipeline_body
from sandbox.cloud import Cloud
from sandbox.routes.http import Handler, get_one, remove
from sandbox.vault import masked

KIND = "datadog:index"
INDEX = f"{KIND}/logsIndex:LogsIndex"
ORDER = f"{KIND}/logsIndexOrder:LogsIndexOrder"
PIPELINE = f"{KIND}/logsCustomPipeline:LogsCustomPipeline"
METRIC = f"{KIND}/logsMetric:LogsMetric"
ARCHIVE = f"{KIND}/logsArchive:LogsArchive"
GROUP = f"{KIND}/sensitiveDataScannerGroup:SensitiveDataScannerGroup"
RULE = f"{KIND}/sensitiveDataScannerRule:SensitiveDataScannerRule"


def logs_routes(cloud: Cloud) -> dict[str, dict[str, Handler]]:
    """Path -> method -> handler."""

    def indexes(_: Request) -> Response:
        return JSONResponse({"indexes": [index_body(masked(one.inputs)) for one in cloud.objects(INDEX)]})

    def order(_: Request) -> Response:
        names = [name for one in cloud.objects(ORDER) for name in one.inputs["indexes"]]
        return JSONResponse({"index_names": names})

    def pipelines(_: Request) -> Response:
        return JSONResponse([{**pipeline_body(masked(one.inputs)), "id": one.id} for one in cloud.objects(PIPELINE)])

    def metrics(_: Request) -> Response:
        return JSONResponse({"data": [{"id": one.id, "type": "logs_metrics"} for one in cloud.objects(METRIC)]})

    def archives(_: Request) -> Response:
        found = [
            {"id": one.id, "type": "archives", "attributes": {**archive_body(masked(one.inputs)), "state": "WORKING"}}
            for one in cloud.objects(ARCHIVE)
        ]
        return JSONResponse({"data": found})

    def scanning(_: Request) -> Response:
        kinds = {GROUP: "sensitive_data_scanner_group", RULE: "sensitive_data_scanner_rule"}
        included = [
            {"id": one.id, "type": kind, "attributes": {"name": one.inputs["name"]}}
            for token, kind in kinds.items()
            for one in cloud.objects(token)
        ]
        return JSONResponse({"data": {"type": "sensitive_data_scanner_configuration"}, "included": included})

    return {
        "/api/v1/logs/config/indexes": {"GET": indexes},
        "/api/v1/logs/config/index-order": {"GET": order},
        "/api/v1/logs/config/pipelines": {"GET": pipelines},
        "/api/v1/logs/config/pipelines/{id}": {"DELETE": _removal(cloud, PIPELINE)},
        "/api/v2/logs/config/metrics": {"GET": metrics},
        "/api/v2/logs/config/archives": {"GET": archives},
        "/api/v2/logs/config/archives/{id}": {"DELETE": _removal(cloud, ARCHIVE)},
        "/api/v2/sensitive-data-scanner/config": {"GET": scanning},
    }


def _removal(cloud: Cloud, token: str) -> Handler:
    def delete(request: Request) -> Response:
        found = get_one(cloud, token, request.path_params["id"])
        remove(cloud, found.type, found.id)
        return Response(status_code=204)

    return delete
