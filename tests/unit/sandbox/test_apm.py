"""Traces in the sandbox: what is refused, what functions answer, what recovery finds by the vendor's client."""

# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from datadog_api_client import ApiClient

from contract.telemetry.spans import SPAN_METRICS
from infra.naming import Mark
from sandbox.checks.resource import ResourceCheck
from sandbox.cloud import Cloud
from sandbox.provider.functions import OF_DATADOG, retention_filters
from sandbox.provider.lifecycle import Lifecycle
from sandbox.schema.cache import Schemas
from tests.examples import settings
from tests.unit.sandbox import examples as ex
from tests.unit.sandbox.found import assert_named_as_in_state, by_type
from tools.recover.found import ENTITY, RETENTION, RETENTION_ORDER, SPANS_METRIC, Found
from tools.recover.inventory.datadog_apm import TYPES, inventory

MARK = Mark("production")


def metric(**changes: Any) -> dict[str, Any]:
    compute = {"aggregationType": "distribution", "includePercentiles": True, "path": "@duration"}
    by = [{"path": "env", "tagName": "env"}]
    return {
        "name": SPAN_METRICS[0].name, "compute": compute, "filter": {"query": "env:prod"}, "groupBies": by, **changes
    }  # fmt: skip


def kept(stack: str = "production", **changes: Any) -> dict[str, Any]:
    return {
        "name": Mark(stack).title("Errors"),
        "enabled": True,
        "filterType": "spans-sampling-processor",
        "filter": {"query": "env:prod status:error"},
        "rate": "1.0",
        **changes,
    }


def entry(stack: str = "production", name: str = "genonaut-api", **metadata: Any) -> dict[str, Any]:
    own = {"name": name, "tags": Mark(stack).tags("api-entry"), **metadata}
    return {"entity": json.dumps({"apiVersion": "v3", "kind": "service", "metadata": own})}


@pytest.mark.parametrize(
    ("token", "inputs", "problem"),
    [
        (SPANS_METRIC, metric(), None),
        (SPANS_METRIC, metric(filter={"query": "(env:prod"}), "filter.query"),
        (SPANS_METRIC, metric(compute={"aggregationType": "average"}), "compute.aggregationType"),
        (SPANS_METRIC, metric(compute={"aggregationType": "distribution"}), "compute.path"),
        (SPANS_METRIC, metric(compute={"aggregationType": "count", "path": "@duration"}), "compute"),
        (RETENTION, kept(), None),
        (RETENTION, kept(rate="1.5"), "rate"),
        (RETENTION, kept(rate="much"), "rate"),
        (RETENTION, kept(filterType="spans-errors-sampling-processor"), "filterType"),
        (RETENTION, kept(filter={"query": "env:prod AND"}), "filter.query"),
        (ENTITY, entry(), None),
        (ENTITY, entry(ownr="x"), "metadata.ownr"),
        (ENTITY, {"entity": "a: ["}, "is no YAML"),
    ],
)
def test_what_the_api_would_refuse(schemas: Schemas, token: str, inputs: dict[str, Any], problem: str | None) -> None:
    package = schemas.package("datadog")
    found = [str(each) for each in ResourceCheck(package, "1.34").check(package.resources[token], inputs)]
    assert found == [] if problem is None else any(problem in one for one in found), found


@pytest.fixture
def life(schemas: Schemas, cloud: Cloud) -> Lifecycle:
    return Lifecycle("datadog", schemas, cloud, "1.34")


def test_the_order_is_that_of_all_filters_of_the_organisation(life: Lifecycle, cloud: Cloud) -> None:
    def make(token: str, name: str, inputs: dict[str, Any]) -> str:
        return str(life.create(token, ex.urn(token, name), inputs, preview=False)[0])

    assert retention_filters(cloud)["filterIds"] == list(OF_DATADOG)
    first, second = (make(RETENTION, name, kept(name=name)) for name in ("first", "second"))
    assert retention_filters(cloud)["filterIds"] == [*OF_DATADOG, first, second]
    make(RETENTION_ORDER, "order", {"filterIds": [second, first, *OF_DATADOG]})
    assert retention_filters(cloud)["filterIds"] == [second, first, *OF_DATADOG]
    assert make(RETENTION, "third", kept(name="third")) == retention_filters(cloud)["filterIds"][-1]


def test_another_name_is_another_entry_and_another_owner_is_not(life: Lifecycle) -> None:
    def replaces(new: dict[str, Any]) -> bool:
        difference, _ = life.diff(ENTITY, entry(), new, {})
        assert difference.changes
        return bool(difference.replaces)

    assert replaces(entry(name="genonaut-other"))
    assert not replaces(entry(owner="genonaut-backend"))


@pytest.fixture
def made(life: Lifecycle) -> dict[str, tuple[str, Mapping[str, Any]]]:
    """Type -> id and inputs of production's objects, beside those of another stack and of nobody."""

    def make(token: str, inputs: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        return str(life.create(token, ex.urn(token), inputs, preview=False)[0]), inputs

    make(SPANS_METRIC, metric(name="somebody.else"))
    make(RETENTION, kept("staging"))
    make(ENTITY, entry("staging", name="genonaut-other"))
    return {
        SPANS_METRIC: make(SPANS_METRIC, metric()),
        RETENTION: make(RETENTION, kept()),
        RETENTION_ORDER: make(RETENTION_ORDER, {"filterIds": []}),
        ENTITY: make(ENTITY, entry()),
    }


def asked(client: ApiClient, **changes: Any) -> dict[str, Found]:
    found = list(inventory(client, settings(**changes), MARK))
    return by_type(found)


def test_each_object_of_the_owner_is_found_as_its_state_would_name_it(
    client: ApiClient, made: dict[str, tuple[str, Mapping[str, Any]]]
) -> None:
    found = asked(client)
    assert set(found) == set(TYPES) == set(made)
    assert_named_as_in_state(found, made, {ENTITY: "api-entry", RETENTION_ORDER: "retention-order"})


def test_what_is_marked_can_be_removed_and_nothing_else(
    client: ApiClient, cloud: Cloud, made: dict[str, tuple[str, Mapping[str, Any]]]
) -> None:
    before = {one.id for one in cloud.objects()}
    removable = [one for one in asked(client).values() if one.delete]
    assert {one.type for one in removable} == {RETENTION, ENTITY}
    for one in removable:
        assert one.delete
        one.delete()
    assert before - {one.id for one in cloud.objects()} == {made[RETENTION][0], made[ENTITY][0]}


def test_an_empty_organisation_is_no_error(client: ApiClient) -> None:
    assert asked(client) == {}


def test_a_stack_that_does_not_own_the_organisation_finds_none(
    client: ApiClient, made: dict[str, tuple[str, Mapping[str, Any]]]
) -> None:
    assert made
    assert asked(client, datadog={"ownerStack": "shared"}) == {}
