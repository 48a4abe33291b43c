"""What cannot work is named, all of it at once, before anything is made."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from components.agent.check import check, notices
from components.agent.features import FEATURES, Feature
from components.agent.spec import (
    AgentSpec,
    CheckConfig,
    Images,
    MetricsServing,
    NodePool,
    NodeSize,
    OtlpPorts,
    Placement,
    SecretKey,
)
from tests.unit.components.agent.examples import PASSWORD, POOL, POSTGRES, SPEC, WITH_POOL

DIGEST = f"sha256:{'0' * 64}"


def where(spec: AgentSpec) -> list[str]:
    return [problem.where for problem in check(spec)]


def reading(secret: SecretKey) -> CheckConfig:
    return dataclasses.replace(POSTGRES, instances=({"password": secret.handle},), secrets=(secret,))


def changed(**changes: Any) -> AgentSpec:
    return dataclasses.replace(SPEC, **changes)


def with_pools(*pools: NodePool) -> AgentSpec:
    return changed(placement=Placement(pools=pools))


@pytest.mark.parametrize("feature", [one for one in Feature if FEATURES[one].requires])
def test_a_feature_without_what_it_needs_is_named(feature: Feature) -> None:
    spec = changed(features=frozenset({feature, Feature.APM} - set(FEATURES[feature].requires)), checks=())
    assert where(spec) == [f"agents.features.{feature}"]
    assert FEATURES[feature].requires[0] in check(spec)[0].what


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        (changed(features=frozenset({Feature.CLUSTER_AGENT, Feature.ADMISSION}), checks=()),
         "agents.features.admission"),
        (changed(images=Images(agent="agent", cluster_agent="r.example.com/c:1")), "agents.version"),
        (changed(images=Images(agent="r.example.com/a:1", cluster_agent="r.example.com/c:latest")),
         "agents.clusterAgentVersion"),
        (changed(otlp=OtlpPorts(grpc=8125)), "agents.otlp.grpcPort"),
        (changed(otlp=OtlpPorts(http=5555)), "agents.otlp.httpPort"),
        (changed(otlp=OtlpPorts(grpc=4000, http=4000)), "agents.otlp"),
        (changed(placement=Placement(tolerations=({"effect": "NoSchedule"},))), "agents.tolerations.0"),
        (changed(placement=Placement(tolerations=({"key": "a", "operator": "In"},))), "agents.tolerations.0.operator"),
        (changed(placement=Placement(tolerations=({"key": "a", "effect": "No"},))), "agents.tolerations.0.effect"),
        (changed(placement=Placement(cluster_tolerations=({"operator": "Exists", "value": "b"},))),
         "agents.clusterTolerations.0.value"),
        (changed(placement=Placement(cluster_agent_replicas=0)), "agents.clusterAgentReplicas"),
        (changed(placement=Placement(node=NodeSize(cpu=0))), "agents.nodeSize"),
        (changed(placement=Placement(node=NodeSize(memory=2048))), "agents.nodeSize.memory"),
        (changed(placement=Placement(node=NodeSize(cpu=500, memory=65536))), "agents.nodeSize.cpu"),
        (with_pools(dataclasses.replace(POOL, key="Not a name")), "agents.pools.0.name"),
        (with_pools(dataclasses.replace(POOL, without=frozenset({Feature.EVENTS}))), "agents.pools.0.without"),
        (with_pools(dataclasses.replace(POOL, without=frozenset({Feature.NETWORK}))), "agents.pools.0.without"),
        (with_pools(dataclasses.replace(POOL, node=NodeSize(memory=1024))), "agents.pools.0.nodeSize.memory"),
        (with_pools(POOL, dataclasses.replace(POOL, value="other")), "agents.pools"),
        (with_pools(POOL, dataclasses.replace(POOL, key="other")), "agents.pools"),
        (with_pools(POOL, dataclasses.replace(POOL, key="b", value="b", label="x")), "agents.pools"),
        (changed(metrics_serving=MetricsServing()), "agents.externalMetrics"),
        (changed(metrics_serving=dataclasses.replace(SPEC.metrics_serving, skip_verification=True)),
         "agents.externalMetrics"),
        (changed(metrics_serving=dataclasses.replace(SPEC.metrics_serving, ca_bundle="no")),
         "agents.externalMetrics.caBundle"),
        (changed(features=SPEC.features - {Feature.CLUSTER_CHECKS, Feature.RUNNERS}), "agents.checks.postgres"),
        (changed(checks=(CheckConfig(check="disk", instances=()),)), "agents.checks.disk"),
        (changed(checks=(CheckConfig(check="../disk", instances=({},)),)), "agents.checks.../disk"),
        (changed(checks=(dataclasses.replace(POSTGRES, secrets=()),)), "agents.checks.postgres"),
        (changed(checks=(reading(dataclasses.replace(PASSWORD, namespace="n" * 50)),)), "agents.checks.postgres"),
        (changed(checks=(dataclasses.replace(POSTGRES, instances=({},)),)), "agents.checks.postgres"),
        (changed(checks=(POSTGRES, POSTGRES)), "agents.checks"),
    ],
)  # fmt: skip
def test_what_cannot_work_is_named(spec: AgentSpec, expected: str) -> None:
    assert where(spec) == [expected]


def test_all_of_it_comes_at_once() -> None:
    spec = changed(
        images=Images(agent="agent", cluster_agent="agent"),
        features=SPEC.features - {Feature.NETWORK},
        otlp=OtlpPorts(grpc=1, http=1),
        placement=Placement(tolerations=({},), nodes=0),
        metrics_serving=MetricsServing(),
    )
    assert len(where(spec)) == 7


@pytest.mark.parametrize("version", [":7.81.1", f":7.81.1@{DIGEST}", f"@{DIGEST}"])
@pytest.mark.parametrize("registry", ["registry.example.com", "mirror:5000/datadog"])
def test_tags_and_digests_pin(registry: str, version: str) -> None:
    images = Images(agent=f"{registry}/agent{version}", cluster_agent=f"{registry}/cluster-agent{version}")
    assert check(changed(images=images)) == []


def test_skipping_verification_is_allowed_and_said() -> None:
    assert notices(SPEC) == []
    careless = changed(metrics_serving=MetricsServing(skip_verification=True))
    assert check(careless) == []
    assert [one.where for one in notices(careless)] == ["agents.externalMetrics.skipVerification"]
    assert notices(dataclasses.replace(careless, features=careless.features - {Feature.EXTERNAL_METRICS})) == []


def test_an_unverified_kubelet_is_allowed_and_said() -> None:
    careless = changed(verify_kubelet=False)
    assert check(careless) == []
    assert [one.where for one in notices(careless)] == ["agents.verifyKubelet"]


def test_a_handle_in_a_check_is_known_by_its_secret() -> None:
    other = dataclasses.replace(PASSWORD, key="other")
    (missing, idle) = check(changed(checks=(dataclasses.replace(POSTGRES, secrets=(other,)),)))
    assert PASSWORD.handle in missing.what
    assert other.handle in idle.what


def test_pools_are_fine_as_they_are() -> None:
    assert check(WITH_POOL) == []
