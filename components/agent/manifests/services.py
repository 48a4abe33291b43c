"""Addresses in the cluster."""

from __future__ import annotations

from components.agent.features import Feature
from components.agent.manifests.cluster_agent import (
    ADMISSION_SERVICE,
    AGENT_PORT,
    EXTERNAL_METRICS_PORT,
)
from components.agent.manifests.node_containers import DOGSTATSD_PORT, TRACE_PORT
from components.agent.manifests.parts import (
    selector,
)
from components.agent.permissions.accounts import Account
from components.agent.spec import AgentSpec
from components.manifests import Manifest, manifest

METRICS_SERVICE = f"{Account.CLUSTER}-metrics-api"
_Ports = dict[str, tuple[int, str]]
"""The port's name in the pod -> the service's port and protocol."""


def services(spec: AgentSpec) -> dict[str, Manifest]:
    """By logical name."""
    found: dict[str, Manifest] = {}
    if ports := _node_ports(spec):
        # Each pod reaches the agent of its own node.
        found[f"{Account.NODE}-service"] = _service(
            spec, Account.NODE.value, Account.NODE, ports, internalTrafficPolicy="Local"
        )
    if Feature.CLUSTER_AGENT in spec.features:
        own: _Ports = {"agent": (AGENT_PORT, "TCP")}
        found[f"{Account.CLUSTER}-service"] = _service(spec, Account.CLUSTER.value, Account.CLUSTER, own)
    if Feature.ADMISSION in spec.features:
        own = {"webhook": (443, "TCP")}
        found[ADMISSION_SERVICE] = _service(spec, ADMISSION_SERVICE, Account.CLUSTER, own)
    if Feature.EXTERNAL_METRICS in spec.features:
        own = {"metrics-api": (EXTERNAL_METRICS_PORT, "TCP")}
        found[METRICS_SERVICE] = _service(spec, METRICS_SERVICE, Account.CLUSTER, own)
    return found


def _node_ports(spec: AgentSpec) -> _Ports:
    ports: _Ports = {}
    if Feature.DOGSTATSD in spec.features:
        ports["dogstatsd"] = (DOGSTATSD_PORT, "UDP")
    if Feature.APM in spec.features:
        ports["traces"] = (TRACE_PORT, "TCP")
    if Feature.OTLP in spec.features:
        ports["otlp-grpc"] = (spec.otlp.grpc, "TCP")
        ports["otlp-http"] = (spec.otlp.http, "TCP")
    return ports


def _service(spec: AgentSpec, name: str, account: Account, ports: _Ports, **more: str) -> Manifest:
    found = manifest(
        "v1",
        "Service",
        name,
        spec.namespace,
        spec={
            "type": "ClusterIP",
            "selector": selector(account),
            "ports": [
                {"name": port, "port": outside, "protocol": protocol, "targetPort": port}
                for port, (outside, protocol) in ports.items()
            ],
            **more,
        },
    )
    # Pods find the cluster agent by variables that only a service older than they gives them, and Pulumi would wait for
    # the service's pods before it makes any.
    found["metadata"]["annotations"] = {"pulumi.com/skipAwait": "true"}
    return found
