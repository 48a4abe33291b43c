"""Retention filters and metrics of browsers: what they need, and what recovery finds of them."""

# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

from typing import Any

import pytest

from infra.naming import Mark
from sandbox.cloud import Cloud
from sandbox.provider.lifecycle import Lifecycle
from sandbox.schema.cache import Schemas
from tests.examples import settings
from tests.unit.sandbox import examples as ex
from tools.recover.found import RUM, RUM_FILTER, RUM_METRIC, Found, identity
from tools.recover.inventory import datadog

MARK = Mark("production")


@pytest.fixture
def ids(schemas: Schemas, cloud: Cloud) -> dict[str, str]:
    """Production's objects, beside another stack's, and a filter that Datadog made."""
    life = Lifecycle("datadog", schemas, cloud, "1.34")

    def make(token: str, inputs: dict[str, Any]) -> str:
        return str(life.create(token, ex.urn(token), inputs, preview=False)[0])

    found = {}
    for stack in ("staging", "production"):
        found[RUM] = make(RUM, {"name": Mark(stack).title("web"), "type": "browser"})
        found[RUM_FILTER] = make(RUM_FILTER, ex.rum_filter(found[RUM], name=Mark(stack).title("errors")))
    make(RUM_FILTER, ex.rum_filter(found[RUM], name="Datadog's own"))
    found[RUM_METRIC] = make(RUM_METRIC, ex.rum_metric())
    return found


def asked(address: str, **changes: Any) -> dict[str, Found]:
    found = list(datadog.inventory(settings(**changes), MARK, f"{address}/datadog"))
    assert len({one.type for one in found}) == len(found), "each type once: nothing of others"
    return {one.type: one for one in found}


def test_what_is_the_stacks_is_found_as_its_state_would_name_it(address: str, ids: dict[str, str]) -> None:
    found = asked(address)
    assert {token: one.id for token, one in found.items()} == ids
    inputs = {"applicationId": ids[RUM], "name": MARK.title("errors")}
    assert identity({"type": RUM_FILTER, "inputs": inputs}) == (RUM_FILTER, found[RUM_FILTER].identity)
    assert identity({"type": RUM_METRIC, "inputs": ex.rum_metric()}) == (RUM_METRIC, found[RUM_METRIC].identity)
    assert asked(address, datadog={"ownerStack": "shared"}).keys() == {RUM, RUM_FILTER}


def test_filters_are_removed_before_their_application_and_metrics_never(
    address: str, cloud: Cloud, ids: dict[str, str]
) -> None:
    found = asked(address)
    assert found[RUM_METRIC].delete is None
    for one in sorted(found.values(), key=lambda one: one.removal_order):
        if one.delete:
            one.delete()
    # With the application goes the filter that Datadog made of it, too.
    assert len(cloud.objects(RUM)) == len(cloud.objects(RUM_FILTER)) == 1
    assert not {one.id for one in cloud.objects()} & {ids[RUM], ids[RUM_FILTER]}
