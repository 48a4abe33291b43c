"""Datadog's routes for what alerts are sent through, and for who is on call."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.checks.datadog.body import snake_keys
from sandbox.cloud import Cloud, CloudObject
from sandbox.routes.http import Handler, get_one, remove
from sandbox.vault import masked

SLACK = "datadog:slack/channel:Channel"
PAGERDUTY = "datadog:pagerduty/serviceObject:ServiceObject"
WEBHOOK = "datadog:index/webhook:Webhook"
LINK = "datadog:index/teamLink:TeamLink"
ROUTING = "datadog:index/onCallTeamRoutingRules:OnCallTeamRoutingRules"
INTEGRATION = "/api/v1/integration"

Table = dict[str, dict[str, Handler]]


def routing_routes(cloud: Cloud) -> Table:
    """Path -> method -> handler."""
    pagerduty = f"{INTEGRATION}/pagerduty/configuration/services/{{id}}"
    webhook = f"{INTEGRATION}/webhooks/configuration/webhooks/{{id}}"
    return {
        f"{INTEGRATION}/slack/configuration/accounts/{{account}}/channels": {"GET": _slack_channels(cloud)},
        pagerduty: {"GET": _shown(cloud, PAGERDUTY, _service)},
        webhook: {"GET": _shown(cloud, WEBHOOK, _members)},
        **_links(cloud),
        "/api/v2/on-call/teams/{id}/routing-rules": {"GET": _rules(cloud)},
    }


def _slack_channels(cloud: Cloud) -> Handler:
    def listing(request: Request) -> Response:
        account = request.path_params["account"]
        found = [masked(one.inputs) for one in cloud.objects(SLACK)]
        return JSONResponse(
            [
                {"name": one["channelName"], "display": snake_keys(one.get("display") or {})}
                for one in found
                if one["accountName"] == account
            ]
        )

    return listing


def _shown(cloud: Cloud, token: str, shape: Callable[[CloudObject], dict[str, object]]) -> Handler:
    return lambda request: JSONResponse(shape(get_one(cloud, token, request.path_params["id"])))


def _service(found: CloudObject) -> dict[str, object]:
    # The API never shows a service's key.
    return {"service_name": found.inputs["serviceName"]}


def _members(found: CloudObject) -> dict[str, object]:
    return dict(snake_keys(masked(found.inputs)))


def _links(cloud: Cloud) -> Table:
    def listing(request: Request) -> Response:
        ours = [one for one in cloud.objects(LINK) if one.inputs["teamId"] == request.path_params["team"]]
        return JSONResponse({"data": [_link(one) for one in ours]})

    def delete(request: Request) -> Response:
        remove(cloud, LINK, request.path_params["id"])
        return Response(status_code=204)

    path = "/api/v2/team/{team}/links"
    return {path: {"GET": listing}, f"{path}/{{id}}": {"DELETE": delete}}


def _link(found: CloudObject) -> dict[str, object]:
    attributes = {name: found.inputs.get(key) for name, key in (("label", "label"), ("url", "url"))}
    return {"id": found.id, "type": "team_links", "attributes": {**attributes, "team_id": found.inputs["teamId"]}}


def _rules(cloud: Cloud) -> Handler:
    def shown(request: Request) -> Response:
        team = request.path_params["id"]
        found = get_one(cloud, ROUTING, team)
        rules = [{"id": f"{team}-{n}", "type": "team_routing_rules"} for n, _ in enumerate(found.inputs["rules"])]
        data = {"id": team, "type": "team_routing_rules", "relationships": {"rules": {"data": rules}}}
        return JSONResponse({"data": data})

    return shown
