"""The DaemonSets of the node agents: one, and one more for every pool of nodes that differs."""

from __future__ import annotations

from components.agent import sizing
from components.agent.features import Feature
from components.agent.manifests import config_maps, system_probe
from components.agent.manifests.node_containers import agent, init_containers, trace_agent
from components.agent.manifests.parts import (
    PRIORITY,
    pod_labels,
    pull_secrets,
    selector,
    volumes,
)
from components.agent.permissions.accounts import Account
from components.agent.permissions.host import HOST_PATHS, HOST_PID
from components.agent.spec import AgentSpec, NodePool
from components.manifests import Manifest, checksum, manifest

POOL_LABEL = "monitoring.genonaut.io/pool"


def node_agents(spec: AgentSpec) -> dict[str, Manifest]:
    """By logical name."""
    pools: tuple[NodePool | None, ...] = (None, *spec.placement.pools)
    return {_name(pool): _daemon_set(spec, pool) for pool in pools}


def _name(pool: NodePool | None) -> str:
    return f"{Account.NODE}-{pool.key}" if pool else Account.NODE.value


def _daemon_set(spec: AgentSpec, pool: NodePool | None) -> Manifest:
    # The account's own labels select all node agents; the pool's tells the DaemonSets apart.
    own = {POOL_LABEL: pool.key if pool else "default"}
    labels = {**pod_labels(spec, Account.NODE, spec.images.agent), **own}
    found = manifest(
        "apps/v1",
        "DaemonSet",
        _name(pool),
        spec.namespace,
        spec={
            "selector": {"matchLabels": {**selector(Account.NODE), **own}},
            "updateStrategy": {"type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": "10%"}},
            "revisionHistoryLimit": 10,
            "template": _template(spec, pool, labels),
        },
    )
    found["metadata"]["labels"] = labels
    # Nodes are updated a tenth at a time: with many, this takes longer than the ten minutes that Pulumi waits.
    found["metadata"]["annotations"] = {"pulumi.com/timeoutSeconds": "3600"}
    return found


def _template(spec: AgentSpec, pool: NodePool | None, labels: dict[str, str]) -> Manifest:
    features = sizing.pool_features(spec.features, pool)
    node = pool.node if pool else spec.placement.node
    first = init_containers(spec, features)
    containers = [agent(spec, features, node)]
    if Feature.APM in features:
        containers.append(trace_agent(spec, features, node))
    if Feature.NETWORK in features:
        containers.append(system_probe.container(spec, features, node))
    node_checks, probe = config_maps.node_checks(spec), system_probe.files(features)
    files = config_maps.check_files(spec, Account.NODE)
    sources: dict[str, Manifest] = {
        one.volume: {"hostPath": {"path": one.path, **({"type": one.type} if one.type else {})}} for one in HOST_PATHS
    }
    sources["checks"] = config_maps.source(config_maps.NODE_CHECKS, node_checks)
    sources["check-files"] = config_maps.source(config_maps.check_files_of(Account.NODE), files)
    sources[system_probe.VOLUME] = config_maps.source(system_probe.CONFIG_MAP, probe)
    return {
        "metadata": {
            "labels": labels,
            "annotations": {**checksum(node_checks, probe, files), **_apparmor(spec, features)},
        },
        "spec": {
            "serviceAccountName": Account.NODE.value,
            "automountServiceAccountToken": True,
            "hostPID": bool(HOST_PID & features),
            "nodeSelector": {"kubernetes.io/os": "linux", **({pool.label: pool.value} if pool else {})},
            **_not_in_pools(spec, pool),
            "tolerations": [dict(toleration) for toleration in spec.placement.tolerations],
            "priorityClassName": PRIORITY,
            "securityContext": {"runAsUser": 0, "seccompProfile": {"type": "RuntimeDefault"}},
            "terminationGracePeriodSeconds": 30,
            **pull_secrets(spec),
            "initContainers": first,
            "containers": containers,
            "volumes": volumes([*first, *containers], sources),
        },
    }


def _not_in_pools(spec: AgentSpec, pool: NodePool | None) -> Manifest:
    if pool or not spec.placement.pools:
        return {}
    pools = spec.placement.pools
    expression = {"key": pools[0].label, "operator": "NotIn", "values": [one.value for one in pools]}
    terms = {"nodeSelectorTerms": [{"matchExpressions": [expression]}]}
    return {"affinity": {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": terms}}}


def _apparmor(spec: AgentSpec, features: frozenset[Feature]) -> dict[str, str]:
    if Feature.NETWORK not in features or spec.minor_version >= system_probe.APPARMOR_FIELD:
        return {}
    return {"container.apparmor.security.beta.kubernetes.io/system-probe": "unconfined"}
