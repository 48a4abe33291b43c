"""What is wrong with the agents, and what is allowed but should not go unsaid."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from components.agent import sizing
from components.agent.features import FEATURES, NODE_FEATURES, Feature, missing_requirements
from components.agent.manifests.node_containers import DOGSTATSD_PORT, EXPVAR_PORT, HEALTH_PORT, TRACE_PORT
from components.agent.manifests.system_probe import IPC_PORT
from components.agent.spec import AgentSpec, NodeSize
from infra.naming import is_logical_name
from infra.problems import Problem

_IMAGE = re.compile(
    r"[a-z0-9.-]+(:[0-9]+)?/[a-z0-9._/-]+(:[A-Za-z0-9._-]+@sha256:[0-9a-f]{64}|:[A-Za-z0-9._-]+|@sha256:[0-9a-f]{64})"
)
_CHECK_NAME = re.compile(r"[a-z][a-z0-9_]*")
NAMESPACE_LENGTH = 63 - len("runner-secrets--binding")
"""Of namespaces with Secrets for checks: they are part of logical names."""
_COMMAND_PORT = 5001
"""Where the agent takes commands (`agent status`)."""
_EFFECTS = ("NoSchedule", "PreferNoSchedule", "NoExecute")


def check(spec: AgentSpec) -> list[Problem]:
    """Everything that is wrong with these agents. Names are those of the stack file and of stacks/<environment>.py."""
    return [
        *_features(spec),
        *_images(spec),
        *_ports(spec),
        *_placement(spec),
        *_external_metrics(spec),
        *_checks(spec),
    ]


def notices(spec: AgentSpec) -> list[Problem]:
    """What works, and is less safe than it could be by somebody's choice."""
    found = []
    if not spec.verify_kubelet:
        found.append(
            Problem(
                "agents.verifyKubelet",
                "the agents do not verify that they talk to their node's kubelet",
                "let the cluster sign its kubelets' certificates (serverTLSBootstrap)",
            )
        )
    if Feature.EXTERNAL_METRICS in spec.features and spec.metrics_serving.skip_verification:
        found.append(
            Problem(
                "agents.externalMetrics.skipVerification",
                "the API server does not verify who answers for external metrics",
                "give caBundle and certificateSecret instead",
            )
        )
    return found


def _features(spec: AgentSpec) -> Iterator[Problem]:
    for feature, other in missing_requirements(spec.features):
        yield Problem(
            f"agents.features.{feature}",
            f"cannot work without {other} ({FEATURES[other].what})",
            f"switch on {other}, or {feature} off",
        )
    if Feature.ADMISSION in spec.features and not spec.features & {Feature.APM, Feature.DOGSTATSD}:
        yield Problem(
            f"agents.features.{Feature.ADMISSION}",
            "has no address to tell pods about: the agents take neither traces nor metrics",
            f"switch on {Feature.APM} or {Feature.DOGSTATSD}",
        )


def _images(spec: AgentSpec) -> Iterator[Problem]:
    for where, image in (
        ("agents.version", spec.images.agent),
        ("agents.clusterAgentVersion", spec.images.cluster_agent),
    ):
        if not _IMAGE.fullmatch(image) or image.endswith(":latest"):
            yield Problem(where, f"{image!r} is not pinned", "registry/name:version or registry/name@sha256:...")


def _ports(spec: AgentSpec) -> Iterator[Problem]:
    if Feature.OTLP not in spec.features:
        return
    taken = {
        DOGSTATSD_PORT: "DogStatsD", TRACE_PORT: "traces", HEALTH_PORT: "health", EXPVAR_PORT: "internal metrics",
        IPC_PORT: "system-probe", _COMMAND_PORT: "commands",
    }  # fmt: skip
    for name, port in (("grpcPort", spec.otlp.grpc), ("httpPort", spec.otlp.http)):
        if port in taken:
            yield Problem(f"agents.otlp.{name}", f"port {port} is the agent's own ({taken[port]})", "another port")
    if spec.otlp.grpc == spec.otlp.http:
        yield Problem("agents.otlp", f"gRPC and HTTP share port {spec.otlp.grpc}", "two ports")


def _placement(spec: AgentSpec) -> Iterator[Problem]:
    own = spec.placement
    for name, tolerations in (("tolerations", own.tolerations), ("clusterTolerations", own.cluster_tolerations)):
        for index, toleration in enumerate(tolerations):
            yield from _toleration(f"agents.{name}.{index}", toleration)
    for name, count in (
        ("nodes", own.nodes),
        ("clusterAgentReplicas", own.cluster_agent_replicas),
        ("runnerReplicas", own.runner_replicas),
    ):
        if count < 1:
            yield Problem(f"agents.{name}", f"{count} is too few", "at least 1")
    yield from _size("agents.nodeSize", spec.features, own.node)
    yield from _pools(spec)


def _pools(spec: AgentSpec) -> Iterator[Problem]:
    pools = spec.placement.pools
    for index, pool in enumerate(pools):
        where = f"agents.pools.{index}"
        if not is_logical_name(pool.key):
            yield Problem(f"{where}.name", f"{pool.key!r} is no name", "lower case letters, digits, hyphens")
        if foreign := sorted(pool.without - NODE_FEATURES):
            yield Problem(f"{where}.without", f"{', '.join(foreign)} is not the node agents'", "features of a node")
        features = sizing.pool_features(spec.features, pool)
        for feature, other in missing_requirements(features):
            if other in pool.without:
                yield Problem(f"{where}.without", f"{feature} cannot work without {other}", f"{feature} as well")
        yield from _size(f"{where}.nodeSize", features, pool.node)
    for name, values in (("name", [pool.key for pool in pools]), ("value", [pool.value for pool in pools])):
        for value, count in Counter(values).items():
            if count > 1:
                yield Problem("agents.pools", f"{count} pools have the {name} {value!r}", "one each")
    if len(labels := sorted({pool.label for pool in pools})) > 1:
        # A node has one value of a label, and so one agent; of two labels it could match two pools.
        yield Problem("agents.pools", f"are told apart by {', '.join(labels)}", "the same label for all")


def _toleration(where: str, toleration: Mapping[str, Any]) -> Iterator[Problem]:
    operator = toleration.get("operator", "Equal")
    if not toleration.get("key") and operator != "Exists":
        yield Problem(where, "tolerates nothing", "a key, or operator: Exists for every taint")
    if operator not in {"Exists", "Equal"}:
        yield Problem(f"{where}.operator", f"{operator!r} is no operator", "Exists or Equal")
    if operator == "Exists" and toleration.get("value"):
        yield Problem(f"{where}.value", "has no meaning with operator: Exists", "one of the two")
    if (effect := toleration.get("effect")) and effect not in _EFFECTS:
        yield Problem(f"{where}.effect", f"{effect!r} is no effect", ", ".join(_EFFECTS))


def _size(where: str, features: frozenset[Feature], node: NodeSize) -> Iterator[Problem]:
    if min(node.cpu, node.memory, node.pods) <= 0:
        yield Problem(where, "is no size", "CPU, memory and pods above 0")
        return
    total = sizing.node_total(features, node)
    for name, wanted, there, unit in (("cpu", total.cpu, node.cpu, "m"), ("memory", total.memory, node.memory, "Mi")):
        if wanted > there * sizing.SHARE_LIMIT:
            share = f"{sizing.SHARE_LIMIT:.0%}"
            yield Problem(
                f"{where}.{name}",
                f"the agents would take {wanted}{unit} of a node's {there}{unit}, more than {share}",
                "bigger nodes, or fewer features on these",
            )


def _external_metrics(spec: AgentSpec) -> Iterator[Problem]:
    if Feature.EXTERNAL_METRICS not in spec.features:
        return
    own, where = spec.metrics_serving, "agents.externalMetrics"
    verified = (own.ca_bundle, own.certificate)
    if own.skip_verification and own.ca_bundle:
        yield Problem(where, "gives a caBundle and skips verification", "one of the two")
    elif not own.skip_verification and None in verified:
        yield Problem(
            where,
            "the API server could not verify who answers",
            "caBundle and certificateSecret, or skipVerification: true",
        )
    if own.ca_bundle and "BEGIN CERTIFICATE" not in own.ca_bundle:
        yield Problem(f"{where}.caBundle", "is no certificate", "PEM text: -----BEGIN CERTIFICATE----- ...")


def _checks(spec: AgentSpec) -> Iterator[Problem]:
    names = Counter(name for one in spec.checks for name in one.files)
    for name in sorted(name for name, count in names.items() if count > 1):
        yield Problem("agents.checks", f"two have a file {name}", "names that say which check they belong to")
    for one in spec.checks:
        where = f"agents.checks.{one.check}"
        if not _CHECK_NAME.fullmatch(one.check):
            yield Problem(
                where, f"{one.check!r} is no check's name", "as in the integration's folder, such as postgres"
            )
        if not one.instances:
            yield Problem(where, "has no instance", "at least one")
        if one.cluster_check and Feature.CLUSTER_CHECKS not in spec.features:
            yield Problem(where, f"is a cluster check while {Feature.CLUSTER_CHECKS} is off", "switch it on")
        for namespace in sorted({secret.namespace for secret in one.secrets}):
            if len(namespace) > NAMESPACE_LENGTH:
                yield Problem(where, f"namespace {namespace!r} is too long", f"at most {NAMESPACE_LENGTH} characters")
        handles = {secret.handle for secret in one.secrets}
        used = set(re.findall(r"ENC\[k8s_secret@[^]]*\]", repr((one.instances, one.init_config))))
        for handle in sorted(used - handles):
            yield Problem(where, f"names {handle}, which nobody may read", "add it to the check's secrets")
        for handle in sorted(handles - used):
            yield Problem(where, f"may read {handle} without naming it", "take it out of the check's secrets")
