"""What the agents can do: one switch each, and what each stands on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, unique


@unique
class Feature(StrEnum):
    """One thing the agents do. Whatever only it needs goes when it is switched off."""

    APM = "apm"
    DOGSTATSD = "dogstatsd"
    OTLP = "otlp"
    LOGS = "logs"
    PROCESSES = "processes"
    NETWORK = "network"
    SERVICE_MONITORING = "service-monitoring"
    PROMETHEUS = "prometheus"
    REMOTE_CONFIGURATION = "remote-configuration"
    CLUSTER_AGENT = "cluster-agent"
    EVENTS = "events"
    KUBERNETES_STATE = "kubernetes-state"
    ORCHESTRATOR = "orchestrator"
    CLUSTER_CHECKS = "cluster-checks"
    RUNNERS = "runners"
    ADMISSION = "admission"
    EXTERNAL_METRICS = "external-metrics"


@dataclass(frozen=True, kw_only=True, slots=True)
class Meaning:
    """What a feature is, and which others it cannot work without."""

    what: str
    requires: tuple[Feature, ...] = ()


FEATURES: Mapping[Feature, Meaning] = {
    Feature.APM: Meaning(what="traces, over a socket on the node and TCP 8126"),
    Feature.DOGSTATSD: Meaning(what="metrics from our own code, over a socket on the node and UDP 8125"),
    Feature.OTLP: Meaning(
        what="OpenTelemetry over gRPC and HTTP; traces go on to the trace agent", requires=(Feature.APM,)
    ),
    Feature.LOGS: Meaning(what="the logs of all containers, read from the node's files"),
    Feature.PROCESSES: Meaning(what="the processes of every node, their arguments stripped"),
    Feature.NETWORK: Meaning(what="connections between workloads (Cloud Network Monitoring), by eBPF in system-probe"),
    Feature.SERVICE_MONITORING: Meaning(
        what="requests, errors and latency seen on the wire (Universal Service Monitoring)",
        requires=(Feature.NETWORK,),
    ),
    Feature.PROMETHEUS: Meaning(what="metrics of pods with the annotation prometheus.io/scrape"),
    Feature.REMOTE_CONFIGURATION: Meaning(what="settings changed from Datadog's site"),
    Feature.CLUSTER_AGENT: Meaning(what="one agent for what belongs to the cluster rather than to a node"),
    Feature.EVENTS: Meaning(what="Kubernetes events", requires=(Feature.CLUSTER_AGENT,)),
    Feature.KUBERNETES_STATE: Meaning(
        what="the state of workloads: wanted and available replicas, restarts, jobs", requires=(Feature.CLUSTER_AGENT,)
    ),
    Feature.ORCHESTRATOR: Meaning(what="the Kubernetes explorer on Datadog's site", requires=(Feature.CLUSTER_AGENT,)),
    Feature.CLUSTER_CHECKS: Meaning(
        what="checks that run once in the cluster, such as those of databases", requires=(Feature.CLUSTER_AGENT,)
    ),
    Feature.RUNNERS: Meaning(
        what="pods of their own for these checks, instead of the node agents", requires=(Feature.CLUSTER_CHECKS,)
    ),
    Feature.ADMISSION: Meaning(
        what="tells new pods where the agents are and who they are", requires=(Feature.CLUSTER_AGENT,)
    ),
    Feature.EXTERNAL_METRICS: Meaning(
        what="scaling by Datadog metrics (HorizontalPodAutoscaler)", requires=(Feature.CLUSTER_AGENT,)
    ),
}

NODE_FEATURES = frozenset(
    {
        Feature.APM, Feature.DOGSTATSD, Feature.OTLP, Feature.LOGS, Feature.PROCESSES, Feature.NETWORK,
        Feature.SERVICE_MONITORING, Feature.PROMETHEUS,
    }
)  # fmt: skip
"""What the agent on a node does by itself: a pool of nodes can be without it."""


def missing_requirements(features: frozenset[Feature]) -> list[tuple[Feature, Feature]]:
    """Each feature that is on while one that it cannot work without is off, with the latter."""
    return [
        (feature, other)
        for feature in sorted(features)
        for other in FEATURES[feature].requires
        if other not in features
    ]


def needed(by: frozenset[Feature], features: frozenset[Feature]) -> bool:
    """Whether something that these features need is needed while those are on; what names none is always needed."""
    return not by or bool(by & features)
