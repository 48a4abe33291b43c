"""What recovery finds of channels, teams, on-call and downtimes, asked by the vendor's own client."""

# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from datadog_api_client import ApiClient

from infra.naming import Mark
from sandbox.cloud import Cloud
from sandbox.provider.lifecycle import Lifecycle
from sandbox.schema.cache import Schemas
from tests.examples import VALUES, settings
from tests.unit.sandbox import examples as ex
from tests.unit.sandbox.found import assert_named_as_in_state, by_type
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
from tools.recover.inventory.datadog_routing import TYPES, inventory

MARK = Mark("production")
STEP = {"escalateAfterSeconds": 300, "targets": [{"user": "u"}]}
LAYER = {
    "name": "weekly",
    "effectiveDate": "2026-01-05T09:00:00Z",
    "rotationStart": "2026-01-05T09:00:00Z",
    "users": ["00000000-0000-4000-8000-000000000001"],
}


def objects(stack: str, team: str) -> dict[str, dict[str, Any]]:
    """One object of each type that belongs to a team, as the program of this stack would make it."""
    mark = Mark(stack)
    return {
        DOWNTIME: {
            "scope": "*",
            "monitorIdentifier": {"monitorTags": mark.tag_filter},
            "message": f"Quiet. {mark.sentence('quiet')}",
        },
        LINK: {"teamId": team, "label": mark.title("Runbooks"), "url": "https://example.com"},
        SCHEDULE: {"name": mark.title("On call"), "timeZone": "Etc/UTC", "layers": [LAYER]},
        POLICY: {"name": mark.title("Escalation"), "steps": [STEP]},
    }


@pytest.fixture
def made(schemas: Schemas, cloud: Cloud) -> dict[str, tuple[str, Mapping[str, Any]]]:
    """Type -> id and inputs of production's objects, beside the same of another stack and some that nobody marked."""
    life = Lifecycle("datadog", schemas, cloud, "1.34")

    def make(token: str, inputs: dict[str, Any]) -> str:
        return str(life.create(token, ex.urn(token), inputs, preview=False)[0])

    found: dict[str, tuple[str, Mapping[str, Any]]] = {}
    for stack in ("staging", "production"):
        handle = {"handle": f"core-{stack}", "name": "Core", "description": f"x {Mark(stack).sentence('team-core')}"}
        team = make(DATADOG_TEAM, handle)
        found[DATADOG_TEAM] = team, handle
        for token, inputs in objects(stack, team).items():
            found[token] = make(token, inputs), inputs
    make(LINK, {"teamId": found[DATADOG_TEAM][0], "label": "Somebody's own", "url": "https://example.com"})
    unmarked: dict[str, dict[str, Any]] = {
        ROUTING: {"teamId": found[DATADOG_TEAM][0], "rules": [{"escalationPolicy": found[POLICY][0]}]},
        SLACK: {"accountName": "team", "channelName": "#alerts", "display": {}},
        PAGERDUTY: {"serviceName": "example", "serviceKey": "made-up"},
        WEBHOOK: {"name": "status", "url": "https://hooks.example.com"},
    }
    return {**found, **{token: (make(token, inputs), inputs) for token, inputs in unmarked.items()}}


def asked(client: ApiClient, **changes: Any) -> dict[str, Found]:
    routing = {
        **VALUES["routing"],
        "slack": {"account": "team", "channels": ["alerts"]},
        "webhooks": [{"name": "status", "url": "https://hooks.example.com"}],
    }
    found = list(inventory(client, settings(routing=routing, **changes), MARK))
    return by_type(found)


def test_each_object_of_the_owner_is_found_as_its_state_would_name_it(
    client: ApiClient, made: dict[str, tuple[str, Mapping[str, Any]]]
) -> None:
    found = asked(client)
    assert set(found) == set(TYPES) == set(made)
    assert_named_as_in_state(found, made, {DOWNTIME: "quiet", DATADOG_TEAM: "team-core"})


def test_what_is_marked_can_be_removed_and_nothing_else(
    client: ApiClient, cloud: Cloud, made: dict[str, tuple[str, Mapping[str, Any]]]
) -> None:
    before = len(cloud.objects())
    removable = sorted(
        (one for one in asked(client).values() if one.delete), key=lambda one: (one.removal_order, one.type)
    )
    assert {one.type for one in removable} == {DOWNTIME, DATADOG_TEAM, LINK, SCHEDULE, POLICY}
    for one in removable:
        assert one.delete
        one.delete()
    left = {each.id for each in cloud.objects()}
    assert len(left) == before - len(removable)
    # A team and its rules have one id.
    assert not left & {made[one.type][0] for one in removable if one.type != DATADOG_TEAM}


def test_a_stack_that_does_not_own_the_organisation_finds_its_downtimes_alone(
    client: ApiClient, made: dict[str, tuple[str, Mapping[str, Any]]]
) -> None:
    assert set(asked(client, datadog={"ownerStack": "shared"})) == {DOWNTIME}


def test_an_empty_organisation_is_no_error(client: ApiClient) -> None:
    assert asked(client) == {}
