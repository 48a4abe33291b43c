"""Kubernetes list, get and delete routes for every kind the SDK knows and every custom kind the cloud defines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount

from sandbox.cloud import Cloud, CloudObject
from sandbox.kubernetes.kinds import api_version_of, is_patch, kind_of, metadata_of, plural
from sandbox.provider.admission import CUSTOM_RESOURCE_DEFINITION
from sandbox.routes.http import Handler, HttpError, Vendor, get_one, remove
from sandbox.schema.cache import Schemas
from sandbox.vault import masked

COLLECTIONS = ("/{plural}", "/namespaces/{namespace}/{plural}")
ROOTS = ("/api/{version}", "/apis/{group}/{version}")
Matches = Callable[[dict[str, str]], bool]


def kubernetes_routes(cloud: Cloud, schemas: Schemas, version: str) -> Mount:
    """All served routes, under `/kubernetes`."""
    vendor = Vendor("/kubernetes", ("Authorization",), 401, _status)

    def token_of(request: Request) -> str:
        parameters = request.path_params
        api_version = "/".join(filter(None, (parameters.get("group"), parameters["version"])))
        names = {
            (api_version_of(token), plural(kind_of(token))): token
            for token in schemas.package("kubernetes").resources
            if not is_patch(token)
        }
        names |= _custom_kinds(cloud)
        token = names.get((api_version, parameters["plural"]))
        if token is None:
            raise HttpError(
                404, f"the server could not find the requested resource: {api_version} {parameters['plural']}"
            )
        return token

    def listing(request: Request) -> Response:
        token, namespace = token_of(request), request.path_params.get("namespace")
        fits = label_selector(request.query_params.get("labelSelector", ""))
        found = [
            _body(each)
            for each in cloud.objects(token)
            if namespace in (None, metadata_of(each.properties).get("namespace"))
            and fits(metadata_of(each.properties).get("labels") or {})
        ]
        kind, api_version = f"{kind_of(token)}List", api_version_of(token)
        return JSONResponse(
            {"kind": kind, "apiVersion": api_version, "metadata": {"resourceVersion": "1"}, "items": found}
        )

    def one(request: Request) -> Response:
        return JSONResponse(_body(get_one(cloud, token_of(request), _id(request))))

    def delete(request: Request) -> Response:
        remove(cloud, token_of(request), _id(request))
        return JSONResponse({"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Success"})

    def cluster_version(_request: Request) -> Response:
        major, minor = version.removeprefix("v").split(".")[:2]
        return JSONResponse({"major": major, "minor": minor, "gitVersion": f"v{major}.{minor}.0-sandbox"})

    table: dict[str, dict[str, Handler]] = {"/version": {"GET": cluster_version}}
    for root in ROOTS:
        for collection in COLLECTIONS:
            table[f"{root}{collection}"] = {"GET": listing}
            table[f"{root}{collection}/{{name}}"] = {"GET": one, "DELETE": delete}
    return vendor.mount(_most_specific_first(table))


def _most_specific_first(table: dict[str, dict[str, Handler]]) -> dict[str, dict[str, Handler]]:
    # `/namespaces/x` is a namespace, `/namespaces/x/pods` its pods: the longer path must be tried first.
    return dict(sorted(table.items(), key=lambda each: (-each[0].count("/"), "/namespaces" not in each[0])))


def _id(request: Request) -> str:
    namespace = request.path_params.get("namespace")
    return f"{namespace}/{request.path_params['name']}" if namespace else str(request.path_params["name"])


def _body(found: CloudObject) -> dict[str, Any]:
    hidden = ("stringData",)  # write-only in the real API
    return {name: value for name, value in masked(found.properties).items() if name not in hidden}


def _custom_kinds(cloud: Cloud) -> dict[tuple[str, str], str]:
    found = {}
    for each in cloud.objects(CUSTOM_RESOURCE_DEFINITION):
        spec = each.properties["spec"]
        for version in spec["versions"]:
            api_version = f"{spec['group']}/{version['name']}"
            found[api_version, spec["names"]["plural"]] = f"kubernetes:{api_version}:{spec['names']['kind']}"
    return found


def label_selector(text: str) -> Matches:
    """An equality selector: `a=b,c==d,e!=f,g`. Raises `HttpError` 400 for the set-based form, which is not served."""
    if "(" in text:
        raise HttpError(400, "the sandbox serves equality selectors only, such as a=b,c!=d")
    terms = [term.strip() for term in text.split(",") if term.strip()]

    def one(term: str, labels: dict[str, str]) -> bool:
        for sign, wanted in (("!=", False), ("==", True), ("=", True)):
            if sign in term:
                name, value = term.split(sign, 1)
                return (labels.get(name.strip()) == value.strip()) is wanted
        return term in labels if not term.startswith("!") else term[1:] not in labels

    return lambda labels: all(one(term, labels) for term in terms)


def _status(status: int, message: str) -> dict[str, Any]:
    reasons = {400: "BadRequest", 401: "Unauthorized", 404: "NotFound", 429: "TooManyRequests"}
    return {
        "kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure", "message": message,
        "reason": reasons.get(status, "InternalError"), "code": status,
    }  # fmt: skip
