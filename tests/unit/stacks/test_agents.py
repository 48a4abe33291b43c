"""From settings to the spec of the agents: every setting arrives where it belongs."""

from __future__ import annotations

import dataclasses
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from components.agent.check import check
from components.agent.features import NODE_FEATURES, Feature
from components.agent.spec import AgentSpec, ExistingSecret, NodeSize
from infra.naming import Environment
from infra.settings.agents import NodeFeature
from stacks.agents import agents
from stacks.specs import PLANS
from tests.examples import settings
from tests.unit.components.agent.examples import COMBINATIONS
from tests.unit.components.agent.soundness import assert_sound

DIGEST = f"sha256:{'a' * 64}"
PLAN = PLANS[Environment.PRODUCTION].agents


def spec(**own: Any) -> AgentSpec:
    return agents(settings(agents=own or None), PLAN)


def test_without_settings_there_are_defaults_that_work() -> None:
    found = spec()
    assert check(found) == []
    assert found.images.agent == "registry.datadoghq.com/agent:7.81.1"
    assert found.placement.tolerations == ({"operator": "Exists"},)
    assert found.placement.node == NodeSize(cpu=4000, memory=16384, pods=110)


@pytest.mark.parametrize(
    ("version", "image"),
    [
        ("7.90.0", "mirror.example.com/datadog/agent:7.90.0"),
        (f"7.90.0@{DIGEST}", f"mirror.example.com/datadog/agent:7.90.0@{DIGEST}"),
        (DIGEST, f"mirror.example.com/datadog/agent@{DIGEST}"),
    ],
)
def test_images_come_from_ones_own_registry(version: str, image: str) -> None:
    found = spec(registry="mirror.example.com/datadog", version=version, pullSecrets=["mirror"])
    assert found.images.agent == image
    assert found.images.cluster_agent == "mirror.example.com/datadog/cluster-agent:7.81.1"
    assert found.images.pull_secrets == ("mirror",)
    assert check(found) == []


@pytest.mark.parametrize(
    ("cpu", "memory", "node"),
    [("2", "8Gi", (2000, 8192)), ("3500m", "7000Mi", (3500, 7000)), ("0.5", "1Gi", (500, 1024))],
)
def test_quantities_are_read(cpu: str, memory: str, node: tuple[int, int]) -> None:
    found = spec(nodeSize={"cpu": cpu, "memory": memory}).placement.node
    assert (found.cpu, found.memory) == node


def test_all_the_rest_arrives() -> None:
    found = spec(
        nodes=7,
        pools=[{"name": "a1", "label": "l", "value": "v", "nodeSize": {"pods": 9}, "without": ["network"]}],
        tolerations=[{"key": "k", "effect": "NoSchedule"}],
        clusterTolerations=[{"operator": "Exists"}],
        proxy={"http": "http://p:1", "https": "http://p:2", "noProxy": ["10.0.0.1"]},
        otlp={"grpcPort": 1, "httpPort": 2},
        existingSecrets={"apiKey": "a", "appKey": "b", "clusterAgentToken": "c"},
        externalMetrics={"caBundle": "PEM", "certificateSecret": "d", "skipVerification": True},
        secretBackend={"command": "/e", "arguments": ["f"], "timeout": 9},
        injection="service",
        verifyKubelet=False,
    )
    (pool,) = found.placement.pools
    assert (pool.key, pool.label, pool.value, pool.node.pods, pool.without) == (
        "a1",
        "l",
        "v",
        9,
        frozenset({Feature.NETWORK}),
    )
    assert found.placement.nodes == 7
    assert found.placement.tolerations == ({"key": "k", "operator": "Equal", "effect": "NoSchedule"},)
    assert found.placement.cluster_tolerations == ({"operator": "Exists"},)
    assert dataclasses.astuple(found.proxy) == ("http://p:1", "http://p:2", ("10.0.0.1",))
    assert dataclasses.astuple(found.otlp) == (1, 2)
    assert found.credentials.api_key == ExistingSecret(name="a")
    assert found.credentials.app_key == ExistingSecret(name="b")
    assert found.credentials.cluster_agent_token == ExistingSecret(name="c")
    assert found.metrics_serving.certificate == ExistingSecret(name="d")
    assert (found.metrics_serving.ca_bundle, found.metrics_serving.skip_verification) == ("PEM", True)
    assert found.secret_backend is not None
    assert dataclasses.astuple(found.secret_backend) == ("/e", ("f",), 9)
    assert found.injection == "service"
    assert found.verify_kubelet is False


TAINT = st.fixed_dictionaries({"operator": st.just("Exists")}, optional={"key": st.just("dedicated")})
POOLS = st.lists(
    st.fixed_dictionaries(
        {"name": st.sampled_from(["a1", "b2", "c3"]), "label": st.just("pool"), "value": st.sampled_from("abc")},
        optional={"without": st.lists(st.sampled_from([*get_args(NodeFeature)]), max_size=3)},
    ),
    max_size=2,
    unique_by=(lambda one: str(one["name"]), lambda one: str(one["value"])),
)
OWN = st.fixed_dictionaries(
    {},
    optional={
        "nodes": st.integers(1, 1000),
        "nodeSize": st.fixed_dictionaries({"cpu": st.sampled_from(["1", "2500m", "64"]), "memory": st.just("32Gi")}),
        "pools": POOLS,
        "tolerations": st.lists(TAINT, max_size=2),
        "proxy": st.fixed_dictionaries({"https": st.sampled_from(["http://p", "http://p:3128"])}),
        "otlp": st.fixed_dictionaries({"grpcPort": st.integers(1, 65535), "httpPort": st.integers(1, 65535)}),
        "existingSecrets": st.fixed_dictionaries(
            {}, optional={"apiKey": st.just("x"), "clusterAgentToken": st.just("y")}
        ),
        "externalMetrics": st.fixed_dictionaries({"skipVerification": st.booleans()}),
        "secretBackend": st.fixed_dictionaries({"command": st.just("/own")}),
        "injection": st.sampled_from(["socket", "service"]),
        "pullSecrets": st.lists(st.sampled_from(["m1", "m2"]), unique=True),
        "verifyKubelet": st.booleans(),
    },
)


@hypothesis_settings(max_examples=60, deadline=None)
@given(OWN, COMBINATIONS)
def test_whatever_settings_are_not_refused_make_sound_agents(own: dict[str, Any], features: frozenset[Feature]) -> None:
    found = agents(settings(agents=own or None), dataclasses.replace(PLAN, features=features))
    if not check(found):
        assert_sound(found)


def test_settings_know_the_features_of_a_node() -> None:
    assert set(get_args(NodeFeature)) == {feature.value for feature in NODE_FEATURES}
