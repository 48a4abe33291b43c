"""What the stacks declare, seen by the detector: production and staging share an organisation and own nothing twice."""

from __future__ import annotations

import json
from typing import Any

from infra.naming import PROJECT
from reports.stacks import settings_of
from tests.mocks.example import of_stack, owner
from tools.ownership.claims import ORG_WIDE
from tools.ownership.collisions import collisions
from tools.ownership.state import State, read
from tools.recover import found


def deployed(stack: str) -> State:
    """The state that a run of this stack would leave."""
    settings = settings_of(stack)
    says = {"owner": settings.datadog.owner_stack, "cluster": settings.kubernetes.cluster_name}
    root: dict[str, Any] = {
        "urn": f"urn:pulumi:{stack}::{PROJECT}::pulumi:pulumi:Stack::{PROJECT}-{stack}",
        "type": "pulumi:pulumi:Stack",
        "outputs": {"ownership": says},
    }
    resources = [
        {
            "urn": f"urn:pulumi:{stack}::{PROJECT}::{one.type}::{one.name}",
            "type": one.type,
            "id": _id(one.type, one.inputs, f"{stack}-{one.name}"),
            "inputs": one.inputs,
            "provider": one.provider,
        }
        for one in of_stack(stack).declared
        if one.type != "pulumi:pulumi:Stack"
    ]
    state = read(json.dumps({"deployment": {"resources": [root, *resources]}}), stack)
    assert state is not None
    return state


def _id(token: str, inputs: dict[str, Any], given: str) -> str:
    """Ids that follow from names; Datadog gives the others, each its own."""
    if token.startswith("kubernetes:"):
        return "/".join(filter(None, [inputs["metadata"].get("namespace"), inputs["metadata"]["name"]]))
    if token in {found.INDEX, found.LOG_METRIC, found.SPANS_METRIC, found.RUM_METRIC, found.WEBHOOK}:
        return str(inputs["name"])
    if token == found.METRIC_TAGS:
        return str(inputs["metricName"])
    return str(inputs["slug"]) if token == found.PROJECT else given


def test_production_and_staging_own_nothing_twice() -> None:
    states = [deployed(stack) for stack in ("production", "staging")]
    assert min(len(one.resources) for one in states) > 100
    assert [str(one) for one in collisions(states)] == []


def test_the_same_stack_under_another_name_collides() -> None:
    production = deployed("production")
    forged = json.loads(json.dumps(production.resources).replace("urn:pulumi:production", "urn:pulumi:forged"))
    third = State(
        stack="forged", project=PROJECT, owner="production", cluster=production.cluster, resources=tuple(forged),
        providers=production.providers,
    )  # fmt: skip
    twice = {one.type for one in collisions([production, third]) if len(one.owners) == 2}
    in_clouds = {one["type"] for one in production.resources if not one["type"].startswith("docker:")}
    # Nothing of it is left out. The forged one keeps the provider, so that places are the same.
    assert twice == in_clouds


def test_the_organisations_types_are_those_that_only_the_owner_makes() -> None:
    owners = (owner(), of_stack("production"), of_stack("sandbox"))
    owned = {one.type for recording in owners for one in recording.declared}
    other = {one.type for one in of_stack("staging").declared}
    assert {one for one in owned - other if one.startswith("datadog:")} == ORG_WIDE


def test_the_program_says_who_owns_and_in_which_cluster() -> None:
    source = (settings_of("staging").datadog.owner_stack, settings_of("staging").kubernetes.cluster_name)
    assert source == ("production", deployed("staging").cluster)
