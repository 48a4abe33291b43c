"""What alerts of a stack are sent through, when they wait, and who is on call, in Datadog."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from typing import Any

import httpx
from datadog_api_client import ApiClient
from datadog_api_client.exceptions import NotFoundException
from datadog_api_client.v1.api.pager_duty_integration_api import PagerDutyIntegrationApi
from datadog_api_client.v1.api.slack_integration_api import SlackIntegrationApi
from datadog_api_client.v1.api.webhooks_integration_api import WebhooksIntegrationApi
from datadog_api_client.v2.api.downtimes_api import DowntimesApi
from datadog_api_client.v2.api.on_call_api import OnCallApi
from datadog_api_client.v2.api.teams_api import TeamsApi

from infra.naming import Mark, Tier
from infra.settings import Settings
from tools.recover.found import (
    DATADOG_TEAM,
    DOWNTIME,
    LINK,
    PAGERDUTY,
    POLICY,
    ROUTING,
    SCHEDULE,
    SLACK,
    WEBHOOK,
    Found,
)

TYPES = (DOWNTIME, DATADOG_TEAM, LINK, SLACK, PAGERDUTY, WEBHOOK, SCHEDULE, POLICY, ROUTING)
ENDED = {"canceled", "ended"}
PAGE = 100
TIMEOUT = 30.0
"""Seconds for one answer."""


def inventory(client: ApiClient, settings: Settings, mark: Mark) -> Iterator[Found]:
    """The stack's downtimes; where it owns what the organisation shares, also that."""
    yield from _downtimes(client, mark)
    if settings.datadog.owner_stack == mark.stack:
        yield from _teams(client, mark)
        yield from _schedules(client, mark)
        yield from _policies(client, settings, mark)
        yield from _channels(client, settings)


def _downtimes(client: ApiClient, mark: Mark) -> Iterator[Found]:
    api = DowntimesApi(client)
    for downtime in api.list_downtimes_with_pagination():
        own = downtime.attributes
        logical_name = mark.logical_name_in(own.get("message") or "")
        if logical_name and str(own.get("status")) not in ENDED:
            yield Found(
                type=DOWNTIME,
                id=downtime.id,
                identity=logical_name,
                title=logical_name,
                delete=partial(api.cancel_downtime, downtime.id),
            )


def _teams(client: ApiClient, mark: Mark) -> Iterator[Found]:
    api, on_call = TeamsApi(client), OnCallApi(client)
    for team in api.list_teams_with_pagination():
        logical_name = mark.logical_name_in(team.attributes.description or "")
        if not logical_name:
            continue
        for link in api.get_team_links(team.id).data:
            if link.attributes.label.endswith(mark.title_suffix):
                yield Found(
                    type=LINK,
                    id=link.id,
                    identity=f"{team.id}/{link.attributes.label}",
                    title=f"{team.attributes.handle}: {link.attributes.label}",
                    delete=partial(api.delete_team_link, team.id, link.id),
                )
        # A team's rules go with it: there is no way to delete them alone.
        for _ in _asked(partial(on_call.get_on_call_team_routing_rules, team.id)):
            yield _found(ROUTING, team.id, team.id)
        yield Found(
            type=DATADOG_TEAM,
            id=team.id,
            identity=logical_name,
            title=team.attributes.handle,
            delete=partial(api.delete_team, team.id),
            removal_order=1,
        )


def _schedules(client: ApiClient, mark: Mark) -> Iterator[Found]:
    api = OnCallApi(client)
    for schedule in api.list_on_call_schedules_with_pagination():
        name = schedule.attributes.name
        if name.endswith(mark.title_suffix):
            delete = partial(api.delete_on_call_schedule, schedule.id)
            yield Found(type=SCHEDULE, id=schedule.id, identity=name, title=name, delete=delete)


def _policies(client: ApiClient, settings: Settings, mark: Mark) -> Iterator[Found]:
    api = OnCallApi(client)
    for policy in _listed_policies(client.configuration.host, settings):
        name = policy["attributes"]["name"]
        if name.endswith(mark.title_suffix):
            delete = partial(api.delete_on_call_escalation_policy, policy["id"])
            yield Found(type=POLICY, id=policy["id"], identity=name, title=name, delete=delete)


def _listed_policies(url: str, settings: Settings) -> Iterator[dict[str, Any]]:
    """All escalation policies: https://docs.datadoghq.com/api/latest/on-call/list-on-call-escalation-policies/.

    Asked by hand: the route is younger than the client.
    """
    headers = {
        "DD-API-KEY": settings.datadog_api_key.get_secret_value(),
        "DD-APPLICATION-KEY": settings.datadog_app_key.get_secret_value(),
    }
    transport = httpx.HTTPTransport(retries=2)
    with httpx.Client(base_url=url, headers=headers, timeout=TIMEOUT, transport=transport) as http:
        for number in count():
            query = {"page[size]": PAGE, "page[number]": number}
            answer = http.get("api/v2/on-call/escalation-policies", params=query).raise_for_status()
            found: list[dict[str, Any]] = answer.json()["data"]
            yield from found
            if len(found) < PAGE:
                return


def _channels(client: ApiClient, settings: Settings) -> Iterator[Found]:
    own, account = settings.routing, settings.routing.slack.account
    slack, pagerduty = SlackIntegrationApi(client), PagerDutyIntegrationApi(client)
    webhooks = WebhooksIntegrationApi(client)
    if account:
        for channel in _asked(partial(slack.get_slack_integration_channels, account), "value"):
            yield _found(SLACK, f"{account}:{channel.name}", f"{account}/{channel.name}")
    handles = {name for tier in Tier for name in own.recipients(tier) if name.startswith("pagerduty-")}
    for service in sorted(name.removeprefix("pagerduty-") for name in handles):
        for name in _asked(partial(pagerduty.get_pager_duty_integration_service, service)):
            yield _found(PAGERDUTY, name.service_name, name.service_name)
    for webhook in own.webhooks:
        for found in _asked(partial(webhooks.get_webhooks_integration, webhook.name)):
            yield _found(WEBHOOK, found.name, found.name)


def _asked(ask: Callable[[], Any], items: str | None = None) -> list[Any]:
    try:
        answer = ask()
    except NotFoundException:
        return []
    return list(getattr(answer, items)) if items else [answer]


def _found(type_token: str, id_: str, identity: str) -> Found:
    return Found(type=type_token, id=id_, identity=identity, title=identity, delete=None)
