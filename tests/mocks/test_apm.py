"""Traces and the catalog of services under mocks: who makes what an organisation shares, and how it is wired."""

from __future__ import annotations

import json

from contract.telemetry.spans import SPAN_METRICS
from stacks.catalog.services import SERVICES
from tests.mocks.example import example, of_stack, owner
from tests.mocks.recording import RETENTION

METRIC = "datadog:index/spansMetric:SpansMetric"
ORDER = "datadog:index/apmRetentionFilterOrder:ApmRetentionFilterOrder"
ENTITY = "datadog:index/softwareCatalog:SoftwareCatalog"
SHARED = {METRIC, RETENTION, ORDER, ENTITY}


def test_the_owner_makes_what_the_organisation_shares() -> None:
    assert {one.type for one in owner().declared} >= SHARED
    assert {one.inputs["name"] for one in owner().of_type(METRIC).values()} == {one.name for one in SPAN_METRICS}
    assert len(owner().of_type(ENTITY)) == len(SERVICES) + 2


def test_other_stacks_make_none_of_it() -> None:
    assert not {one.type for one in example().declared} & SHARED
    assert not {one.type for one in of_stack("staging").declared} & SHARED


def test_every_stack_tells_its_own_tracers() -> None:
    told = {"api-telemetry", "worker-telemetry"}
    assert told <= set(example().of_type("kubernetes:core/v1:ConfigMap"))
    assert owner().the("api-telemetry").inputs["metadata"]["namespace"] == "genonaut"


def test_the_order_is_the_catalog_s_with_all_other_filters_behind() -> None:
    ids = owner().the("retention-order").inputs["filterIds"]
    assert ids[:4] == [f"id-of-retention-production-{key}" for key in ("errors", "slow", "lists", "rest")]
    assert len(ids) == len(owner().of_type(RETENTION)) + 1
    assert ids[-1] == "of-datadog"


def test_entries_link_to_the_dashboards_that_were_made() -> None:
    body = json.loads(owner().the("api-entry").inputs["entity"])
    urls = [link["url"] for link in body["metadata"]["links"] if link["type"] == "dashboard"]
    made = [owner().the(key).outputs["url"] for key in ("executive-overview", "service-api")]
    assert urls == [f"https://app.datadoghq.com{url}" for url in made]
    assert "pulumi_stack:example" in body["metadata"]["tags"]
