"""The agents' component: in which order its resources are made, and so the other way round removed."""

from __future__ import annotations

import dataclasses
from typing import Any

import pulumi
import pytest

from components.agent.compile import compile_agent
from components.agent.component import Agents
from components.agent.spec import AgentSpec, MetricsServing
from tests.bench.record import record
from tests.mocks.recording import declare
from tests.unit.components.agent.examples import SPEC, WITH_POOL

CLUSTER_AGENT = "datadog-cluster-agent"


def depends_on(spec: AgentSpec) -> dict[str, set[str]]:
    """For each logical name all that it waits for, and that waits for it to be gone."""
    resources = record(lambda: Agents("agents", spec), stack="example")["resources"]
    direct = {one["name"]: {key.rpartition("::")[2] for key in one["depends_on"]} for one in resources.values()}

    def closure(name: str) -> set[str]:
        return direct[name] | {other for each in direct[name] for other in closure(each)}

    return {name: closure(name) for name in direct}


@pytest.fixture(scope="module")
def waits() -> dict[str, set[str]]:
    return depends_on(WITH_POOL)


def test_all_that_is_compiled_is_declared(waits: dict[str, set[str]]) -> None:
    assert set(waits) == set(compile_agent(WITH_POOL))


def test_the_namespace_outlives_everything_in_it(waits: dict[str, set[str]]) -> None:
    for name, manifest in compile_agent(WITH_POOL).items():
        if manifest["metadata"].get("namespace") == WITH_POOL.namespace:
            assert "datadog-agent-namespace" in waits[name], name


@pytest.mark.parametrize("asked", ["datadog-webhook", "datadog-cluster-agent-external-metrics"])
def test_what_the_api_server_would_ask_in_vain_goes_before_the_cluster_agent(
    asked: str, waits: dict[str, set[str]]
) -> None:
    assert CLUSTER_AGENT in waits[asked]


@pytest.mark.parametrize("workload", ["datadog-agent", "datadog-agent-small", CLUSTER_AGENT, "datadog-cluster-checks"])
def test_pods_find_what_they_need_and_keep_it_to_their_end(workload: str, waits: dict[str, set[str]]) -> None:
    needed = {
        name
        for name, manifest in compile_agent(WITH_POOL).items()
        if manifest["kind"]
        in {"Secret", "ConfigMap", "ServiceAccount", "RoleBinding", "NetworkPolicy", "Service", "PriorityClass"}
        and "reader" not in name
    }
    assert needed <= waits[workload]


def test_a_less_safe_choice_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []

    def warn(message: str, *_: Any) -> None:
        said.append(message)

    monkeypatch.setattr(pulumi.log, "warn", warn)
    declare(lambda: Agents("agents", SPEC))
    assert said == []
    declare(lambda: Agents("agents", dataclasses.replace(SPEC, metrics_serving=MetricsServing(skip_verification=True))))
    assert len(said) == 1
    assert "skipVerification" in said[0]


def test_the_token_is_a_secret_that_nobody_else_depends_on_the_value_of() -> None:
    recording = declare(lambda: Agents("agents", SPEC))
    token = recording.the("datadog-cluster-agent-token")
    value = token.inputs["stringData"]["token"]
    assert len(value) == 64
    assert any(path.startswith("stringData") for path in token.secrets)
    assert [one.name for one in recording.declared if value in repr(one.inputs)] == ["datadog-cluster-agent-token"]
