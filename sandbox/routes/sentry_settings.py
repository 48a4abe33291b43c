"""Sentry's routes of what every project has: its settings, ownership rules, inbound filters, spike protection."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.cloud import Cloud, CloudObject
from sandbox.provider.admission import TEAM
from sandbox.routes.http import Handler
from sandbox.routes.sentry_bodies import Check, is_a, maybe, one_of
from sandbox.routes.sentry_common import Answer, Change, Invalid, body_of, page_of, project_of
from sentry_alerts.model import INBOUND_FILTERS, PROJECT_OWNERSHIP, PROJECT_SETTINGS, SPIKE_PROTECTION

PROJECT_PATH = "/api/0/projects/{organization}/{slug}/"
UNPROTECTED = "quotas:spike-protection-disabled"
DEFAULTS: Answer = {
    "options": {},
    "fingerprintingRules": "",
    "groupingEnhancements": "",
    "resolveAge": 0,
    "defaultEnvironment": "",
    "dataScrubber": True,
    "dataScrubberDefaults": True,
    "scrubIPAddresses": False,
    "sensitiveFields": [],
    "safeFields": [],
    "allowedDomains": ["*"],
    "scrapeJavaScript": True,
    "highlightTags": [],
}
"""What a project has before anybody changes it."""
FIXED: Answer = {
    "status": "active",
    "isPublic": False,
    "isBookmarked": False,
    "features": [],
    "color": "#3f70bf",
    "digestsMinDelay": 300,
    "digestsMaxDelay": 1800,
    "securityToken": "",
    "securityTokenHeader": None,
    "subjectTemplate": "$shortID - $title",
    "verifySSL": False,
}
"""What nobody changes here."""
OWNERSHIP: Answer = {
    "raw": "", "fallthrough": False, "autoAssignment": "Auto Assign to Issue Owner", "codeownersAutoSync": True,
}  # fmt: skip
OWNERSHIP_CHECKS: dict[str, Check] = {
    "raw": is_a(str),
    "fallthrough": is_a(bool),
    "autoAssignment": one_of(
        "Auto Assign to Issue Owner", "Auto Assign to Suspect Commits", "Turn off Auto-Assignment"
    ),
    "codeownersAutoSync": is_a(bool),
}
SWITCHES = ("browser-extensions", "filtered-transaction", "localhost", "web-crawlers")
BROWSERS = "legacy-browser"


def settings_routes(cloud: Cloud) -> dict[str, dict[str, Handler]]:
    """Path -> method -> handler."""
    organization = "/api/0/organizations/{organization}"

    def update(request: Request) -> Response:
        project = _project(cloud, request)
        change = Change(cloud)

        def work() -> Response:
            body = body_of(request)
            wrong = {name: ["Not a valid value."] for name, value in body.items() if not _fits(name, value)}
            if wrong:
                raise Invalid(wrong)
            options = body.pop("options", None)
            if body:
                _keep(change, PROJECT_SETTINGS, project, body)
            if options is not None:
                _keep(change, INBOUND_FILTERS, project, {"options": options})
            return JSONResponse(project_answer(cloud, project))

        return change.answered(work)

    def ownership(request: Request) -> Response:
        found = _kept(cloud, PROJECT_OWNERSHIP, _project(cloud, request))
        dates = {"dateCreated": found.created, "lastUpdated": found.updated} if found else {
            "dateCreated": None, "lastUpdated": None}  # fmt: skip
        return JSONResponse({**OWNERSHIP, **_values(found), **dates})

    def own(request: Request) -> Response:
        project = _project(cloud, request)
        change = Change(cloud)

        def work() -> Response:
            body = body_of(request)
            wrong = {
                name: ["Not a valid value."]
                for name, value in body.items()
                if name not in OWNERSHIP or not OWNERSHIP_CHECKS[name](value)
            }
            if wrong:
                raise Invalid(wrong)
            return JSONResponse(_values(_keep(change, PROJECT_OWNERSHIP, project, body)))

        return change.answered(work)

    def filters(request: Request) -> Response:
        kept = _values(_kept(cloud, INBOUND_FILTERS, _project(cloud, request)))
        switches = [{"id": name, "active": bool(kept.get(name, False))} for name in SWITCHES]
        return page_of(request, [*switches, {"id": "legacy-browsers", "active": kept.get(BROWSERS, False)}])

    def filter_(request: Request) -> Response:
        project, name = _project(cloud, request), request.path_params["filter"]
        change = Change(cloud)

        def work() -> Response:
            body = body_of(request)
            value = body.get("subfilters" if name == BROWSERS else "active")
            if name not in (*SWITCHES, BROWSERS) or not isinstance(value, list if name == BROWSERS else bool):
                raise Invalid({"active": ["Not a valid value."]})
            _keep(change, INBOUND_FILTERS, project, {name: value})
            return JSONResponse({"id": name, "active": value})

        return change.answered(work)

    def protect(enabled: bool) -> Handler:
        def handler(request: Request) -> Response:
            change = Change(cloud)

            def work() -> Response:
                for slug in body_of(request).get("projects") or []:
                    project = project_of(cloud, request.path_params["organization"], slug)
                    _keep(change, SPIKE_PROTECTION, project, {"enabled": enabled})
                return JSONResponse({}, status_code=201 if enabled else 200)

            return change.answered(work)

        return handler

    return {
        PROJECT_PATH: {"PUT": update},
        f"{PROJECT_PATH}ownership": {"GET": ownership, "PUT": own},
        f"{PROJECT_PATH}filters/": {"GET": filters},
        f"{PROJECT_PATH}filters/{{filter}}/": {"PUT": filter_},
        f"{organization}/spike-protections/": {"POST": protect(True), "DELETE": protect(False)},
    }


def project_answer(cloud: Cloud, project: CloudObject) -> Answer:
    """What Sentry answers of a project."""
    given, organization = project.properties, project.inputs["organization"]
    teams = [slug for slug in given.get("teams") or [given.get("team")] if slug]
    protected = _values(_kept(cloud, SPIKE_PROTECTION, project)).get("enabled", True)
    options = {**_values(_kept(cloud, INBOUND_FILTERS, project)).get("options", {}), UNPROTECTED: not protected}
    return {
        **FIXED,
        **DEFAULTS,
        **_values(_kept(cloud, PROJECT_SETTINGS, project)),
        "options": options,
        "id": given["internalId"],
        "slug": given["slug"],
        "name": given["name"],
        "platform": given.get("platform"),
        "dateCreated": project.created,
        "teams": [
            {"id": each.properties["internalId"], "slug": each.id, "name": each.properties["name"]}
            for each in cloud.objects(TEAM)
            if each.id in teams
        ],
        "organization": {
            "id": "1",
            "slug": organization,
            "name": organization,
            "orgRoleList": [],
            "teamRoleList": [],
        },
    }


def _fits(name: str, value: Any) -> bool:
    if name not in DEFAULTS:
        return False
    return maybe(is_a(type(DEFAULTS[name])))(value)


def _project(cloud: Cloud, request: Request) -> CloudObject:
    return project_of(cloud, request.path_params["organization"], request.path_params["slug"])


def _id(project: CloudObject) -> str:
    return f"{project.inputs['organization']}/{project.id}"


def _kept(cloud: Cloud, token: str, project: CloudObject) -> CloudObject | None:
    return cloud.find(token, _id(project))


def _values(found: CloudObject | None) -> Answer:
    return {} if found is None else {name: value for name, value in found.properties.items() if name != "project"}


def _keep(change: Change, token: str, project: CloudObject, values: Answer) -> CloudObject:
    """Put values among those that are kept: the first ones make the object that the page shows."""
    found = _kept(change.cloud, token, project)
    if found is None:
        whole = {**values, "project": project.id}
        name = f"{project.id} {token.rsplit(':', 1)[-1]}"
        return change.create(token, name, whole, lambda _: (_id(project), whole))
    whole = {**found.properties, **values}
    return change.update(found, whole, whole)
