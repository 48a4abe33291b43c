"""Sizes grow with what there is to do and to look at, and never shrink."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from components.agent import sizing
from components.agent.features import Feature
from components.agent.spec import NodeSize, Placement
from tests.unit.components.agent.examples import COMBINATIONS

NODES = st.builds(NodeSize, cpu=st.integers(500, 64_000), memory=st.integers(1024, 512_000), pods=st.integers(1, 500))


@given(COMBINATIONS, st.sampled_from(list(Feature)), NODES)
def test_a_feature_never_takes_less(features: frozenset[Feature], feature: Feature, node: NodeSize) -> None:
    less, more = sizing.node_total(features - {feature}, node), sizing.node_total(features | {feature}, node)
    assert less.cpu <= more.cpu
    assert less.memory <= more.memory


@given(COMBINATIONS, NODES, st.integers(1, 100))
def test_more_pods_never_take_less(features: frozenset[Feature], node: NodeSize, more: int) -> None:
    bigger = NodeSize(cpu=node.cpu * 2, memory=node.memory, pods=node.pods + more)
    assert sizing.node_total(features, node).memory <= sizing.node_total(features, bigger).memory


@given(COMBINATIONS, st.integers(1, 500))
def test_more_nodes_take_more_of_the_cluster_agent(features: frozenset[Feature], nodes: int) -> None:
    few, many = (sizing.cluster_agent_resources(features, Placement(nodes=count)) for count in (nodes, nodes + 10))
    assert few.memory < many.memory


def test_a_known_node() -> None:
    # 4 cores carry 60 pods: 200 + 60 * 1.5 for the agent, 64 + 60 for logs.
    assert sizing.node_resources("agent", frozenset({Feature.LOGS}), NodeSize()).memory == 416
    # As many pods as the kubelet takes, where it takes fewer.
    assert sizing.node_resources("agent", frozenset(), NodeSize(pods=10)).memory == 216


def test_memory_is_reserved_and_cpu_may_burst() -> None:
    manifest = sizing.Resources(cpu=100, memory=256).manifest()
    assert manifest["requests"] == {"cpu": "100m", "memory": "256Mi"}
    assert manifest["limits"] == {"cpu": "300m", "memory": "256Mi"}
