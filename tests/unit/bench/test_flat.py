"""The flat program registers what the real one registers; otherwise the comparison means nothing."""

from __future__ import annotations

import json
from typing import Any

import pulumi
import pytest

from stacks import specs
from stacks.build import build
from tests.bench import flat, services
from tests.bench.record import record
from tests.examples import settings

SERVICES = 2
SLO = "datadog:index/serviceLevelObjective:ServiceLevelObjective"
DASHBOARD = "datadog:index/dashboardJson:DashboardJson::executive-overview"


@pytest.fixture(scope="module")
def real() -> dict[str, Any]:
    """What the real program registers; not to be changed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(specs, "PLANS", specs.PLANS)
        services.install(SERVICES)
        return record(lambda: build(settings(kubeconfig="made-up-kubeconfig", protect="true")), "production")


def test_the_flat_program_registers_the_same(real: dict[str, Any]) -> None:
    # By way of text, as the benchmark does.
    again = record(lambda: flat.declare(json.loads(json.dumps(real))), "production")
    assert real["resources"]
    assert again == real


def test_components_are_left_out(real: dict[str, Any]) -> None:
    kinds = {key.split(":")[0] for key in real["resources"]}
    assert kinds == {"pulumi", "datadog", "kubernetes", "sentry", "sentry-alerts"}


def test_each_service_adds_its_resources(real: dict[str, Any]) -> None:
    available = [key for key in real["resources"] if key.startswith(SLO) and key.endswith("-availability")]
    assert available == [f"{SLO}::service-01-availability", f"{SLO}::service-02-availability"]


def test_providers_protection_and_dependencies_are_kept(real: dict[str, Any]) -> None:
    dashboard = real["resources"][DASHBOARD]
    assert dashboard["provider"] == "pulumi:providers:datadog::datadog"
    assert dashboard["protect"] is True
    assert f"{SLO}::service-01-availability" in dashboard["depends_on"]
    secret = real["resources"]["kubernetes:core/v1:Secret::datadog-agent-api-key"]
    assert flat.SECRET in secret["arguments"]["string_data"]
    assert "kubernetes:core/v1:Namespace::datadog-agent-namespace" in secret["depends_on"]


def test_outputs_stay_references(real: dict[str, Any]) -> None:
    body = real["resources"][DASHBOARD]["arguments"]["dashboard"]
    assert {flat.OUTPUT: [f"{SLO}::service-01-availability", "id"]} in body[flat.CONCAT]
    assert real["outputs"]["dashboards"]["executive-overview"] == {flat.OUTPUT: [DASHBOARD, "url"]}


def test_a_difference_is_seen(real: dict[str, Any]) -> None:
    changed = json.loads(json.dumps(real))
    changed["resources"][f"{SLO}::service-02-availability"]["protect"] = False
    assert record(lambda: flat.declare(changed), "production") != real


@pytest.mark.usefixtures("real")
def test_nothing_is_left_of_an_earlier_program() -> None:
    def program() -> None:
        pulumi.export("greeting", "hello")

    assert record(program, "production") == {"resources": {}, "outputs": {"greeting": "hello"}}
