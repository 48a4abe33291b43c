"""Sentry's routes: teams, projects and keys are listed and deleted, alerts and settings have pages of their own."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount

from sandbox.cloud import Cloud, CloudObject
from sandbox.provider.admission import KEY, PROJECT, TEAM
from sandbox.routes.http import Handler, HttpError, Vendor, get_one, remove
from sandbox.routes.sentry_alerts import alert_routes
from sandbox.routes.sentry_settings import project_answer, settings_routes
from sandbox.vault import masked

ORGANISATION = "/api/0/organizations/{organization}"
PROJECT_PATH = "/api/0/projects/{organization}/{slug}/"
TEAM_PATH = "/api/0/teams/{organization}/{slug}/"


def sentry_routes(cloud: Cloud) -> Mount:
    """All served routes, under `/sentry`."""
    vendor = Vendor("/sentry", ("Authorization",), 401, lambda _, message: {"detail": message})

    def teams(request: Request) -> Response:
        return JSONResponse([_team(each) for each in _of(cloud, TEAM, request)])

    def projects(request: Request) -> Response:
        return JSONResponse([project_answer(cloud, each) for each in _of(cloud, PROJECT, request)])

    def keys(request: Request) -> Response:
        owner = _owned(cloud, PROJECT, request, "slug")
        return JSONResponse([_key(each) for each in _of(cloud, KEY, request) if each.inputs.get("project") == owner.id])

    def one_team(request: Request) -> Response:
        return JSONResponse(_team(_owned(cloud, TEAM, request, "slug")))

    def one_project(request: Request) -> Response:
        found = _owned(cloud, PROJECT, request, "slug")
        return JSONResponse(project_answer(cloud, found))

    def one_key(request: Request) -> Response:
        return JSONResponse(_key(_owned(cloud, KEY, request, "key")))

    settings = settings_routes(cloud)
    return vendor.mount(
        {
            f"{ORGANISATION}/teams/": {"GET": teams},
            f"{ORGANISATION}/projects/": {"GET": projects},
            TEAM_PATH: {"GET": one_team, "DELETE": _delete(cloud, TEAM, "slug")},
            PROJECT_PATH: {"GET": one_project, "DELETE": _delete(cloud, PROJECT, "slug"), **settings.pop(PROJECT_PATH)},
            f"{PROJECT_PATH}keys/": {"GET": keys},
            f"{PROJECT_PATH}keys/{{key}}/": {"GET": one_key, "DELETE": _delete(cloud, KEY, "key")},
            **settings,
            **alert_routes(cloud),
        }
    )


def _delete(cloud: Cloud, token: str, parameter: str) -> Handler:
    def delete(request: Request) -> Response:
        remove(cloud, token, _owned(cloud, token, request, parameter).id)
        return Response(status_code=204)

    return delete


def _of(cloud: Cloud, token: str, request: Request) -> list[CloudObject]:
    wanted = request.path_params["organization"]
    return [each for each in cloud.objects(token) if each.inputs.get("organization") == wanted]


def _owned(cloud: Cloud, token: str, request: Request, parameter: str) -> CloudObject:
    found = get_one(cloud, token, request.path_params[parameter])
    if found.inputs.get("organization") != request.path_params["organization"]:
        raise HttpError(404, "The requested resource does not exist")
    return found


def _team(found: CloudObject) -> dict[str, Any]:
    given = found.properties
    return {
        "id": given["internalId"], "slug": given["slug"], "name": given["name"], "dateCreated": found.created,
        "isMember": True, "hasAccess": True, "isPending": False, "memberCount": 1,
    }  # fmt: skip


def _key(found: CloudObject) -> dict[str, Any]:
    given = masked(found.properties)
    return {
        "id": found.id, "name": given["name"], "label": given["name"], "public": given["public"],
        "secret": given["secret"], "projectId": given["projectId"], "isActive": True, "dateCreated": found.created,
        "dsn": {"public": given["dsnPublic"], "secret": given["dsnSecret"], "csp": given["dsnCsp"]},
    }  # fmt: skip
