"""Sentry's routes of alerts (workflows) and monitors (detectors)."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.cloud import AlreadyExists, Cloud, CloudObject
from sandbox.computed.context import Making
from sandbox.provider.admission import PROJECT, TEAM
from sandbox.routes.http import Handler, HttpError
from sandbox.routes.sentry_bodies import INTEGRATIONS, detector_problems, workflow_problems
from sandbox.routes.sentry_common import Answer, Change, Invalid, body_of, page_of, project_of
from sentry_alerts.model import ALERT, CRON_MONITOR, METRIC_MONITOR, UPTIME_MONITOR

ORGANISATION = "/api/0/organizations/{organization}"
MONITORS = {
    "metric_issue": METRIC_MONITOR,
    "monitor_check_in_failure": CRON_MONITOR,
    "uptime_domain_failure": UPTIME_MONITOR,
}
"""Type of the API -> type token."""
SOURCES = {
    "metric_issue": "snuba_query_subscription",
    "monitor_check_in_failure": "cron_monitor",
    "uptime_domain_failure": "uptime_subscription",
}
INSTALLED = {"1": "slack", "2": "pagerduty", "3": "opsgenie"}
"""The integrations that every organization of the sandbox has: number -> kind."""
CREATED, CONFLICT = 201, 409


def alert_routes(cloud: Cloud) -> dict[str, dict[str, Handler]]:
    """Path -> method -> handler."""
    alerts, monitors = Workflows(cloud), Detectors(cloud)
    return {
        f"{ORGANISATION}/workflows/": {"GET": alerts.every, "POST": alerts.create},
        f"{ORGANISATION}/workflows/{{number}}/": {"GET": alerts.one, "PUT": alerts.update, "DELETE": alerts.delete},
        f"{ORGANISATION}/detectors/": {"GET": monitors.every},
        f"{ORGANISATION}/detectors/{{number}}/": {
            "GET": monitors.one,
            "PUT": monitors.update,
            "DELETE": monitors.delete,
        },
        f"{ORGANISATION}/projects/{{project}}/detectors/": {"POST": monitors.create},
    }


class Workflows:
    """Alerts."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud

    def every(self, request: Request) -> Response:
        """All of an organization."""
        prefix = f"{request.path_params['organization']}/"
        return page_of(request, [each.properties for each in self._cloud.objects(ALERT) if each.id.startswith(prefix)])

    def one(self, request: Request) -> Response:
        """One of them."""
        return JSONResponse(_found(self._cloud, (ALERT,), request).properties)

    def create(self, request: Request) -> Response:
        """A new one, whatever its name."""
        change = Change(self._cloud)

        def work() -> Response:
            body = self._admitted(request)

            def build(making: Making) -> tuple[str, Answer]:
                number = str(making.number("id", 10**8, 10**9))
                return f"{request.path_params['organization']}/{number}", workflow_answer(number, body)

            return JSONResponse(change.create(ALERT, body["name"], body, build).properties, status_code=CREATED)

        return change.answered(work)

    def update(self, request: Request) -> Response:
        """Change it to what the body says."""
        change = Change(self._cloud)

        def work() -> Response:
            found, body = _found(self._cloud, (ALERT,), request), self._admitted(request)
            return JSONResponse(change.update(found, body, workflow_answer(found.properties["id"], body)).properties)

        return change.answered(work)

    def delete(self, request: Request) -> Response:
        """Remove it."""
        return _delete(self._cloud, (ALERT,), request)

    def _admitted(self, request: Request) -> Answer:
        body, organization = body_of(request), request.path_params["organization"]
        problems = workflow_problems(body)
        if not problems:
            known = {one["id"] for one in _detectors(self._cloud, organization)}
            if missing := sorted({*body["detectorIds"]} - known):
                problems["detectorIds"] = [f"Some detectors do not exist: {', '.join(missing)}"]
            actions = [one for group in body["actionFilters"] for one in group.get("actions", [])]
            if wrong := [text for one in actions for text in self._target_problems(organization, one)]:
                problems["actionFilters"] = wrong
        if problems:
            raise Invalid(problems)
        return body

    def _target_problems(self, organization: str, action: Answer) -> list[str]:
        kind, config = action["type"], action["config"]
        if kind in INTEGRATIONS and INSTALLED.get(action["integrationId"]) != kind:
            return [f"{kind}: no integration {action['integrationId']} of this kind is installed"]
        if kind == "email" and config["targetType"] == "team":
            return _team_problems(self._cloud, organization, config.get("targetIdentifier"))
        return []


class Detectors:
    """Monitors: those that were made, and the two that every project has."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud

    def every(self, request: Request) -> Response:
        """All of an organization, or of a project, or of a type (`query=type:...`)."""
        project, query = request.query_params.get("project"), request.query_params.get("query", "")
        found = [
            one
            for one in _detectors(self._cloud, request.path_params["organization"])
            if project in (None, one["projectId"]) and (not query or query == f"type:{one['type']}")
        ]
        return page_of(request, found)

    def one(self, request: Request) -> Response:
        """One of them."""
        organization, number = request.path_params["organization"], request.path_params["number"]
        for one in _detectors(self._cloud, organization):
            if one["id"] == number:
                return JSONResponse(one)
        raise HttpError(404, "The requested resource does not exist")

    def create(self, request: Request) -> Response:
        """A new one, whatever its name; only check-ins have names of their own."""
        organization = request.path_params["organization"]
        project = project_of(self._cloud, organization, request.path_params["project"])
        kind = str(body_of(request).get("type"))
        change = Change(self._cloud)

        def work() -> Response:
            body = self._admitted(request, project)

            def build(making: Making) -> tuple[str, Answer]:
                number = str(making.number("id", 10**8, 10**9))
                return f"{organization}/{number}", detector_answer(number, body, making.time())

            job = body["dataSources"][0].get("name")
            key = f"check-ins of {organization}/{project.id}/{job}" if job else None
            try:
                made = change.create(MONITORS[kind], body["name"], {**body, "project": project.id}, build, key)
            except AlreadyExists:
                return JSONResponse({"detail": "The slug of this monitor is already in use."}, status_code=CONFLICT)
            return JSONResponse(made.properties, status_code=CREATED)

        return change.answered(work)

    def update(self, request: Request) -> Response:
        """Change it to what the body says."""
        found = _found(self._cloud, tuple(MONITORS.values()), request)
        change = Change(self._cloud)

        def work() -> Response:
            project = project_of(self._cloud, request.path_params["organization"], found.properties["projectId"])
            body = self._admitted(request, project)
            answer = detector_answer(found.properties["id"], body, found.properties["dateCreated"])
            return JSONResponse(change.update(found, {**body, "project": project.id}, answer).properties)

        return change.answered(work)

    def delete(self, request: Request) -> Response:
        """Remove it; it goes out of the alerts that watch it, too."""
        return _delete(self._cloud, tuple(MONITORS.values()), request)

    def _admitted(self, request: Request, project: CloudObject) -> Answer:
        body = body_of(request)
        problems = detector_problems(body)
        if not problems and body["projectId"] != project.properties["internalId"]:
            problems["projectId"] = ["It is not the project of the route."]
        owner = str(body.get("owner") or "")
        if owner.startswith("team:"):
            wrong = _team_problems(self._cloud, request.path_params["organization"], owner.removeprefix("team:"))
            problems.update({"owner": wrong} if wrong else {})
        if problems:
            raise Invalid(problems)
        return body


def _detectors(cloud: Cloud, organization: str) -> list[Answer]:
    own = [
        detector
        for each in cloud.objects(PROJECT)
        if each.inputs.get("organization") == organization
        for detector in _of_every_project(each)
    ]
    made = [
        each.properties
        for token in MONITORS.values()
        for each in cloud.objects(token)
        if each.id.startswith(f"{organization}/")
    ]
    return [*own, *made]


def _of_every_project(project: CloudObject) -> list[Answer]:
    number = project.properties["internalId"]
    return [
        {
            "id": f"{number}{index}",
            "projectId": number,
            "name": name,
            "type": kind,
            "description": None,
            "enabled": True,
            "owner": None,
            "dataSources": [],
            "conditionGroup": {"logicType": "any", "conditions": []},
            "config": {},
            "dateCreated": project.created,
            "dateUpdated": project.created,
        }
        for index, (kind, name) in enumerate((("error", "Error Monitor"), ("issue_stream", "Issue Stream")), 1)
    ]


def _found(cloud: Cloud, tokens: tuple[str, ...], request: Request) -> CloudObject:
    id_ = f"{request.path_params['organization']}/{request.path_params['number']}"
    for token in tokens:
        if (found := cloud.read(token, id_)) is not None:
            return found
    raise HttpError(404, "The requested resource does not exist")


def _delete(cloud: Cloud, tokens: tuple[str, ...], request: Request) -> Response:
    found = _found(cloud, tokens, request)
    change = Change(cloud)

    def work() -> Response:
        change.delete(found)
        return Response(status_code=204)

    return change.answered(work)


def _team_problems(cloud: Cloud, organization: str, number: Any) -> list[str]:
    teams = [each for each in cloud.objects(TEAM) if each.inputs.get("organization") == organization]
    there = any(each.properties["internalId"] == number for each in teams)
    return [] if there else [f"Team {number} does not exist."]


def workflow_answer(number: str, body: Answer) -> Answer:
    """What Sentry answers of an alert, with what it adds."""
    return {
        "id": number,
        "name": body["name"],
        "enabled": body["enabled"],
        "environment": body.get("environment"),
        "config": body["config"],
        "detectorIds": body["detectorIds"],
        "triggers": {
            "id": f"{number}0",
            "logicType": "any-short",
            "conditions": [{"id": f"{number}0{i}", **one} for i, one in enumerate(body["triggers"]["conditions"])],
            "actions": [],
        },
        "actionFilters": [
            {
                "id": f"{number}{index}",
                "logicType": group["logicType"],
                "conditions": [{"id": f"{number}{index}{i}", **one} for i, one in enumerate(group["conditions"])],
                "actions": [_told(f"{number}{index}{i}", one) for i, one in enumerate(group["actions"])],
            }
            for index, group in enumerate(body["actionFilters"], 1)
        ],
    }


def _told(number: str, action: Answer) -> Answer:
    return {"id": number, **action, "config": {"targetDisplay": None, **action["config"]}, "status": "active"}


def detector_answer(number: str, body: Answer, created: str) -> Answer:
    """What Sentry answers of a monitor, with what it adds."""
    kind, source = body["type"], body["dataSources"][0]
    query = {"id": number, "snubaQuery": {"id": number, "queryType": 0, **source}} if kind == "metric_issue" else source
    group = body.get("conditionGroup") or {"logicType": "any", "conditions": []}
    owner = body.get("owner")
    return {
        "id": number,
        "projectId": body["projectId"],
        "name": body["name"],
        "type": kind,
        "description": body.get("description"),
        "enabled": body.get("enabled") is not False,
        "owner": dict(zip(("type", "id", "name"), (*owner.split(":"), "somebody"), strict=True)) if owner else None,
        "dataSources": [{"id": number, "type": SOURCES[kind], "queryObj": query}],
        "conditionGroup": {
            "id": number,
            "logicType": group["logicType"],
            "conditions": [{"id": int(f"{number}{i}"), **one} for i, one in enumerate(group["conditions"])],
        },
        "config": body.get("config") or {},
        "dateCreated": created,
        "dateUpdated": created,
    }
