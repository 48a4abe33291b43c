"""Configurations of metrics, as the sandbox keeps them and the inventory finds them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from datadog_api_client import ApiClient

from components.metrics.compile import compile_configuration
from contract.telemetry import METRICS
from infra.naming import Mark
from sandbox.provider.lifecycle import Lifecycle
from sandbox.provider.refusal import Refusal
from tests.examples import settings
from tests.unit.sandbox import examples as ex
from tools.recover.found import METRIC_TAGS, identity
from tools.recover.inventory.datadog_metrics import inventory

NAME = "pagination.query.duration"


def inputs(name: str = NAME) -> dict[str, Any]:
    made = compile_configuration(METRICS[NAME])
    return {
        "metricName": name, "metricType": made["metric_type"], "tags": made["tags"],
        "includePercentiles": made["include_percentiles"],
    }  # fmt: skip


@pytest.fixture
def life(provider: Callable[[str], Lifecycle]) -> Lifecycle:
    return provider("datadog")


@pytest.fixture
def made(life: Lifecycle) -> str:
    life.create(METRIC_TAGS, ex.urn(METRIC_TAGS), inputs("somebody.else"), preview=False)
    return str(life.create(METRIC_TAGS, ex.urn(METRIC_TAGS), inputs(), preview=False)[0])


def test_the_owner_finds_its_own_and_never_removes_them(client: ApiClient, made: str) -> None:
    (found,) = inventory(client, settings(), Mark("production"))
    assert found.id == made
    assert (METRIC_TAGS, found.identity) == identity({"type": METRIC_TAGS, "urn": "x::y", "inputs": inputs()})
    assert found.delete is None
    assert list(inventory(client, settings(), Mark("staging"))) == []


def test_one_metric_has_one(life: Lifecycle, made: str) -> None:
    with pytest.raises(Refusal, match=NAME):
        life.create(METRIC_TAGS, ex.urn(METRIC_TAGS, "other"), inputs(), preview=False)
