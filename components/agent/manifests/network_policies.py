"""One policy for each account, made from the table of components/agent/permissions/network.py."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from components.agent.features import Feature, needed
from components.agent.manifests.parts import (
    selector,
)
from components.agent.manifests.rbac import accounts
from components.agent.permissions.accounts import Account
from components.agent.permissions.network import CONNECTIONS, Connection, Peer
from components.agent.spec import AgentSpec, CheckConfig
from components.manifests import Manifest, manifest

_PEERS: dict[Peer, list[Manifest]] = {
    Peer.ANYWHERE: [],
    Peer.PODS: [{"namespaceSelector": {}}],
    Peer.NODE_AGENTS: [{"podSelector": {"matchLabels": selector(Account.NODE)}}],
    Peer.CLUSTER_AGENTS: [{"podSelector": {"matchLabels": selector(Account.CLUSTER)}}],
    Peer.RUNNERS: [{"podSelector": {"matchLabels": selector(Account.RUNNER)}}],
    # https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html; Azure has it, too
    Peer.METADATA: [{"ipBlock": {"cidr": "169.254.169.254/32"}}],
}


def network_policies(spec: AgentSpec) -> dict[str, Manifest]:
    """By logical name."""
    return {f"{account}-network": _policy(spec, account) for account in accounts(spec)}


def _policy(spec: AgentSpec, account: Account) -> Manifest:
    permitted = [
        one
        for one in (*CONNECTIONS, *_from_settings(spec))
        if one.account is account and needed(one.features, spec.features)
    ]
    return manifest(
        "networking.k8s.io/v1",
        "NetworkPolicy",
        account.value,
        spec.namespace,
        spec={
            "podSelector": {"matchLabels": selector(account)},
            "policyTypes": ["Ingress", "Egress"],
            "ingress": [_rule(one, "from") for one in permitted if one.incoming],
            "egress": [_rule(one, "to") for one in permitted if not one.incoming],
        },
    )


def _rule(connection: Connection, side: str) -> Manifest:
    peers = _PEERS[connection.peer]
    ports = [{"protocol": "TCP", "port": port} for port in connection.tcp]
    ports += [{"protocol": "UDP", "port": port} for port in connection.udp]
    return {**({side: peers} if peers else {}), **({"ports": ports} if ports else {})}


def _from_settings(spec: AgentSpec) -> Iterator[Connection]:
    yield Connection(
        account=Account.NODE,
        incoming=True,
        peer=Peer.PODS,
        tcp=(spec.otlp.grpc, spec.otlp.http),
        features=frozenset({Feature.OTLP}),
        why="OpenTelemetry from workloads",
    )
    if ports := {port for url in (spec.proxy.http, spec.proxy.https) if url and (port := _url_port(url))}:
        for account in Account:
            yield Connection(account=account, tcp=tuple(sorted(ports)), why="the web proxy")
    for account in (Account.NODE, Account.RUNNER):
        if targets := _targets(spec, account):
            yield Connection(account=account, tcp=targets, why="what configured checks look at, also outside")


def _targets(spec: AgentSpec, account: Account) -> tuple[int, ...]:
    return tuple(sorted({port for check in spec.checks_run_by(account) for port in _ports_of(check)}))


def _ports_of(check: CheckConfig) -> Iterator[int]:
    for instance in check.instances:
        for value in (instance.get("port"), *instance.values()):
            if isinstance(value, str) and "://" in value and (found := _url_port(value)):
                yield found
        if isinstance(port := instance.get("port"), int):
            yield port


def _url_port(url: str) -> int | None:
    """The port of a URL, or that of its scheme; None where it cannot be told."""
    try:
        parts = urlsplit(url)
        return parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return None
