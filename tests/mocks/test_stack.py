"""The whole program under mocks: what it declares, and how the parts are wired."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from typing import Any

import pulumi
import pytest

from components.rum.compile import FILE
from infra.naming import Team
from infra.problems import ProblemsError
from infra.secrets import with_secrets
from reports.stacks import settings_of
from stacks import build as stack_build
from stacks import specs as stack_specs
from stacks.catalog.services import SERVICES, Service
from stacks.catalog.targets import Target
from stacks.environment import EnvironmentPlan
from stacks.manifests import manifests
from stacks.production import PLAN
from tests.examples import STACKS, settings
from tests.mocks.example import built, example, of_stack, owner
from tests.mocks.recording import Recording, declare
from tools.recover import inventory

MONITOR = "datadog:index/monitor:Monitor"
RULE = "datadog:index/monitorNotificationRule:MonitorNotificationRule"
DASHBOARD = "datadog:index/dashboardJson:DashboardJson"
SLO = "datadog:index/serviceLevelObjective:ServiceLevelObjective"
PROBE = "datadog:index/syntheticsTest:SyntheticsTest"
RUM = "datadog:index/rumApplication:RumApplication"
OF_OBJECTIVES = ("-1h", "-6h", "-24h", "-fast", "-slow", "-budget")
PROJECT = "sentry:index/sentryProject:SentryProject"
KEY = "sentry:index/sentryKey:SentryKey"
PROVIDERS = {
    "pulumi:providers:datadog": ["apiKey", "appKey"],
    "pulumi:providers:sentry": ["token"],
    "pulumi:providers:sentry-alerts": ["token"],
    "pulumi:providers:kubernetes": ["kubeconfig"],
}


def with_services(monkeypatch: pytest.MonkeyPatch, change: Callable[[EnvironmentPlan], EnvironmentPlan]) -> None:
    monkeypatch.setattr(stack_specs, "PLANS", {env: change(plan) for env, plan in stack_specs.PLANS.items()})


def test_each_area_declares_its_slice() -> None:
    recording = example()
    assert {
        "api-error-rate", "worker-error-rate", "api-pagination-latency", "registrations-drop",
    } <= set(recording.of_type(MONITOR))  # fmt: skip
    assert set(recording.of_type(RULE)) == {"notify-critical", "notify-warning", "notify-business"}
    assert set(recording.of_type(SLO)) == {
        "api-availability", "api-response-time", "api-search", "api-database", "api-pagination", "worker-tasks",
        "web-loading",
    }  # fmt: skip
    assert set(recording.of_type(PROBE)) == {
        "api-probe-health", "api-probe-pages", "api-probe-searching", "api-probe-registering", "api-probe-certificate",
        "web-probe-visit", "web-probe-certificate",
    }  # fmt: skip
    assert set(recording.of_type(DASHBOARD)) == {
        "executive-overview", "engineering-performance", "database-performance", "user-experience", "operations",
        "service-api", "service-worker", "service-web",
    }  # fmt: skip
    assert set(recording.of_type(RUM)) == {"web-rum"}
    assert set(recording.of_type(PROJECT)) == {"api-sentry", "worker-sentry", "web-sentry"}
    assert set(recording.of_type("kubernetes:apps/v1:DaemonSet")) == {"datadog-agent"}
    assert set(recording.of_type("kubernetes:batch/v1:Job")) == {"datadog-postgres-setup"}


def test_every_resource_uses_an_explicit_provider() -> None:
    recording = example()
    own = [one for one in recording.declared if one.type.split(":")[0] not in {"pulumi", "monitoring"}]
    assert own
    for one in own:
        package = one.type.split(":")[0]
        assert f"pulumi:providers:{package}::{package}::" in one.provider, one.name


def test_credentials_reach_the_engine_as_secrets_only() -> None:
    recording = built(kubeconfig="made-up-kubeconfig")
    for type_token, keys in PROVIDERS.items():
        (provider,) = recording.of_type(type_token).values()
        assert set(keys) <= provider.secrets
    secret = recording.the("datadog-agent-api-key")
    assert secret.inputs["stringData"] == {"api-key": "made-up-api-key"}
    assert any(path.startswith("stringData") for path in secret.secrets)


def test_what_can_carry_a_mark_carries_it() -> None:
    recording = example()
    for one in recording.of_type(MONITOR).values():
        assert {"env:production", "managed_by:pulumi", "pulumi_stack:example", f"pulumi_name:{one.name}"} <= set(
            one.inputs["tags"]
        )
    for one in recording.declared:
        if one.type.startswith("kubernetes:"):
            labels = one.inputs["metadata"]["labels"]
            assert labels["monitoring.genonaut.io/stack"] == "example"
            assert labels["monitoring.genonaut.io/name"] == one.name
    body = json.loads(recording.the("executive-overview").inputs["dashboard"])
    assert "genonaut-monitoring/example/executive-overview" in body["description"]


@pytest.mark.parametrize("stack", STACKS)
def test_the_manifests_are_the_kubernetes_objects_that_are_declared(stack: str) -> None:
    configured = settings_of(stack)
    recording = of_stack(stack)
    listed = manifests(stack_specs.compose(configured, stack), stack)
    declared = [one for one in recording.declared if one.type.startswith("kubernetes:")]
    assert sorted(one.name for one in declared) == sorted(listed)
    for one in declared:
        assert hidden(one.inputs) == hidden(with_secrets(listed[one.name], lambda secret: secret))


def hidden(manifest: dict[str, Any]) -> dict[str, Any]:
    """A Secret's values stand for themselves under mocks, some are made up anew every time, and some are Datadog's."""
    shown: dict[str, Any] = {key: sorted(value) if key == "stringData" else value for key, value in manifest.items()}
    if FILE in shown.get("data", {}):
        shown["data"] = {**json.loads(shown["data"][FILE]), "applicationId": "", "clientToken": ""}
    return shown


def shown(recording: Recording, dashboard: str, kind: str, member: str) -> list[str]:
    """One member of all widgets of this type."""
    body = json.loads(recording.the(dashboard).inputs["dashboard"])
    widgets = [widget["definition"] for group in body["widgets"] for widget in group["definition"]["widgets"]]
    return [widget[member] for widget in widgets if widget["type"] == kind]


def test_dashboards_show_the_objectives_and_alerts_that_were_made() -> None:
    recording = example()
    assert shown(recording, "executive-overview", "slo", "slo_id") == ["id-of-api-availability"]
    assert shown(recording, "service-worker", "slo", "slo_id") == ["id-of-worker-tasks"]
    assert shown(recording, "service-api", "alert_graph", "alert_id") == ["id-of-api-traffic"]
    assert shown(recording, "operations", "alert_graph", "alert_id") == ["id-of-disk-forecast"]


def test_a_fourth_service_is_one_entry() -> None:
    with pytest.MonkeyPatch.context() as patch:
        search = Service(
            key="search", name="genonaut-search", owner=Team.BACKEND, operation="fastapi.request", paginates=True
        )
        with_services(patch, lambda plan: dataclasses.replace(plan, services=(*SERVICES, search)))
        recording = built()
        assert {"search-error-rate", "search-pagination-latency"} <= set(recording.of_type(MONITOR))
    assert "search-availability" in recording.of_type(SLO)
    assert {"search-sentry"} <= set(recording.of_type(PROJECT))
    assert {"search-sentry-key"} <= set(recording.of_type(KEY))
    body = json.loads(recording.the("executive-overview").inputs["dashboard"])
    assert "genonaut-search" in [group["definition"]["title"] for group in body["widgets"]]
    assert "id-of-search-availability" in shown(recording, "service-search", "slo", "slo_id")


def test_a_wrong_catalog_declares_nothing_and_names_every_problem() -> None:
    with pytest.MonkeyPatch.context() as patch:
        messages: list[str] = []
        limits = dataclasses.replace(PLAN.limits, error_rate_warning=7.0)
        targets = dataclasses.replace(PLAN.targets, availability=Target(101.0, 99.95))
        cadence = dataclasses.replace(PLAN.cadence, health_seconds=1)
        sampling = dataclasses.replace(PLAN.browsers, sessions=150.0)
        with_services(
            patch,
            lambda plan: dataclasses.replace(plan, limits=limits, targets=targets, cadence=cadence, browsers=sampling),
        )

        def program() -> None:
            with pytest.raises(ProblemsError) as raised:
                stack_build.build(settings())
            messages.append(str(raised.value))

        recording = declare(program)
    assert recording.declared == []
    (text,) = messages
    assert "monitors.api-error-rate: thresholds.warning: must be less" in text
    assert "monitors.worker-error-rate: thresholds.warning: must be less" in text
    assert "slos.api-availability: target 101" in text
    assert "rum.sampling.sessions: 150 percent cannot be (0 to 100)" in text
    assert "probes.api-probe-health: runs every 1 s (30 to 604800 s)" in text


def test_a_failure_inside_apply_fails_the_test() -> None:
    def program() -> None:
        def fail(_: str) -> None:
            raise AssertionError("seen")

        pulumi.Output.from_input("value").apply(fail)

    with pytest.raises(AssertionError, match="seen"):
        declare(program)


def test_recovery_covers_every_type_that_is_declared() -> None:
    declared = {one.type for one in owner().declared if one.type.split(":")[0] not in {"pulumi", "monitoring"}}
    assert set(inventory.datadog_logs.TYPES) <= declared
    assert declared <= {*inventory.datadog.TYPES, *inventory.sentry.TYPES, *inventory.kubernetes.TYPES}
