"""How much the agents may use: it follows from what they do and how much there is to look at.

The numbers are estimates to begin with, on the safe side of what operators of these agents report to be too little
(memory limits of 256 MiB with logs and traces on, 512 with system-probe). Memory is both requested and the limit: an
agent that outgrows it is restarted alone instead of taking a workload's memory. CPU may burst to `BURST` times the
request. `kubernetes.memory.usage` against `kubernetes.memory.limits` of the agents shows where to correct them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from components.agent.features import Feature
from components.agent.spec import NodePool, NodeSize, Placement

BURST = 3
PODS_PER_CORE = 15
"""Where a node has few cores, it will not run as many pods as its kubelet would accept."""
STEP = 8
"""Sizes are multiples of this many MiB and millicores."""
SHARE_LIMIT = 1 / 3
"""Of a node: more than this for watching it is a mistake."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Resources:
    """What a container may use: CPU in millicores, memory in MiB."""

    cpu: int
    memory: int

    def manifest(self) -> dict[str, dict[str, str]]:
        """As it stands in a container."""
        memory = f"{self.memory}Mi"
        return {
            "requests": {"cpu": f"{self.cpu}m", "memory": memory},
            "limits": {"cpu": f"{self.cpu * BURST}m", "memory": memory},
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class Demand:
    """What something takes: a fixed part, and a part per unit (pod of the node, node of the cluster)."""

    cpu: float
    memory: float
    cpu_each: float = 0.0
    memory_each: float = 0.0

    def at(self, units: int) -> tuple[float, float]:
        """CPU in millicores and memory in MiB for this many units."""
        return self.cpu + self.cpu_each * units, self.memory + self.memory_each * units


# Container -> what it takes by itself, per pod of its node.
NODE_BASE: Mapping[str, Demand] = {
    "agent": Demand(cpu=100, memory=200, cpu_each=1, memory_each=1.5),
    "trace-agent": Demand(cpu=50, memory=128, cpu_each=0.5, memory_each=1),
    "system-probe": Demand(cpu=100, memory=300, cpu_each=1, memory_each=2),
}
# Container -> what a feature adds to it, per pod of its node.
NODE_EXTRA: Mapping[str, Mapping[Feature, Demand]] = {
    "agent": {
        Feature.LOGS: Demand(cpu=50, memory=64, cpu_each=1, memory_each=1),
        Feature.DOGSTATSD: Demand(cpu=20, memory=48),
        Feature.OTLP: Demand(cpu=50, memory=64),
        Feature.PROCESSES: Demand(cpu=30, memory=32, memory_each=0.5),
        Feature.PROMETHEUS: Demand(cpu=30, memory=48, memory_each=0.5),
        Feature.ORCHESTRATOR: Demand(cpu=10, memory=16),
        Feature.CLUSTER_CHECKS: Demand(cpu=20, memory=64),
    },
    "system-probe": {Feature.SERVICE_MONITORING: Demand(cpu=50, memory=160, memory_each=1)},
}
# What the cluster agent takes, per node of the cluster.
CLUSTER_BASE = Demand(cpu=100, memory=192, cpu_each=1, memory_each=1)
CLUSTER_EXTRA: Mapping[Feature, Demand] = {
    Feature.KUBERNETES_STATE: Demand(cpu=50, memory=64, cpu_each=2, memory_each=6),
    Feature.ORCHESTRATOR: Demand(cpu=20, memory=48, cpu_each=1, memory_each=4),
    Feature.EVENTS: Demand(cpu=10, memory=16),
    Feature.ADMISSION: Demand(cpu=20, memory=32),
    Feature.EXTERNAL_METRICS: Demand(cpu=20, memory=48),
    Feature.CLUSTER_CHECKS: Demand(cpu=20, memory=32),
}
RUNNER = Demand(cpu=100, memory=256, cpu_each=10, memory_each=8)
"""A runner, per check it may have to run: all of them, when the others are gone."""
INIT = Resources(cpu=50, memory=128)
"""Containers that only prepare."""


def node_resources(container: str, features: frozenset[Feature], node: NodeSize) -> Resources:
    """What a container of the node agent may use on such a node."""
    pods = min(node.pods, max(1, node.cpu * PODS_PER_CORE // 1000))
    extra = NODE_EXTRA.get(container, {})
    return _sum([NODE_BASE[container], *(demand for feature, demand in extra.items() if feature in features)], pods)


def cluster_agent_resources(features: frozenset[Feature], placement: Placement) -> Resources:
    """What a replica of the cluster agent may use: the one that leads does all the work."""
    extra = [demand for feature, demand in CLUSTER_EXTRA.items() if feature in features]
    return _sum([CLUSTER_BASE, *extra], placement.nodes)


def runner_resources(checks: int) -> Resources:
    """What a runner may use for this many checks."""
    return _sum([RUNNER], checks)


def node_containers(features: frozenset[Feature]) -> tuple[str, ...]:
    """The containers of a node agent's pod."""
    return (
        "agent",
        *(("trace-agent",) if Feature.APM in features else ()),
        *(("system-probe",) if Feature.NETWORK in features else ()),
    )


def node_total(features: frozenset[Feature], node: NodeSize) -> Resources:
    """What a node agent's pod requests of such a node."""
    each = [node_resources(container, features, node) for container in node_containers(features)]
    return Resources(cpu=sum(one.cpu for one in each), memory=sum(one.memory for one in each))


def pool_features(features: frozenset[Feature], pool: NodePool | None) -> frozenset[Feature]:
    """What the node agents of a pool do; None for all other nodes."""
    return features - pool.without if pool else features


def _sum(demands: list[Demand], units: int) -> Resources:
    at = [demand.at(units) for demand in demands]
    return Resources(cpu=_rounded(sum(cpu for cpu, _ in at)), memory=_rounded(sum(memory for _, memory in at)))


def _rounded(value: float) -> int:
    return math.ceil(value / STEP) * STEP
