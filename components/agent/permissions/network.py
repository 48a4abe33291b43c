"""Who may talk to the agents, and whom they may talk to.

A NetworkPolicy knows addresses and ports, not names, and Datadog's addresses change: what leaves the cluster is limited
by port. docs/adr/0011-agents.md says what this leaves open.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique

from components.agent.features import Feature
from components.agent.permissions.accounts import Account


@unique
class Peer(StrEnum):
    """The other side of a connection."""

    ANYWHERE = "anywhere"
    PODS = "pods of this cluster"
    NODE_AGENTS = "node agents"
    CLUSTER_AGENTS = "cluster agents"
    RUNNERS = "runners"
    METADATA = "the cloud's metadata address"


@dataclass(frozen=True, kw_only=True, slots=True)
class Connection:
    """One permitted kind of connection."""

    account: Account
    incoming: bool = False
    peer: Peer = Peer.ANYWHERE
    tcp: tuple[int, ...] = ()
    udp: tuple[int, ...] = ()
    """No port at all means every port."""
    features: frozenset[Feature] = frozenset()
    """It is permitted while one of them is on; empty for always."""
    why: str


def _everyone(*, tcp: tuple[int, ...] = (), udp: tuple[int, ...] = (), why: str) -> tuple[Connection, ...]:
    return tuple(Connection(account=account, tcp=tcp, udp=udp, why=why) for account in Account)


CONNECTIONS: tuple[Connection, ...] = (
    *_everyone(tcp=(53,), udp=(53,), why="DNS, wherever the cluster has it (with a cache on each node: on the node)"),
    *_everyone(tcp=(443,), why="Datadog; in many clusters the API server, too"),
    *_everyone(tcp=(6443,), why="the API server, where it is not behind 443"),
    Connection(account=Account.NODE, tcp=(10250,), why="the kubelet"),
    Connection(account=Account.NODE, udp=(123,), why="the clock (check `ntp`)"),
    Connection(
        account=Account.NODE, peer=Peer.METADATA, tcp=(80,), why="the node's names and tags at the cloud provider"
    ),
    Connection(
        account=Account.NODE,
        peer=Peer.PODS,
        why="checks of pods: which ports follows from annotations that nobody knows in advance",
    ),
    Connection(
        account=Account.NODE,
        incoming=True,
        peer=Peer.PODS,
        udp=(8125,),
        features=frozenset({Feature.DOGSTATSD}),
        why="metrics from workloads without the socket",
    ),
    Connection(
        account=Account.NODE,
        incoming=True,
        peer=Peer.PODS,
        tcp=(8126,),
        features=frozenset({Feature.APM}),
        why="traces from workloads without the socket",
    ),
    Connection(
        account=Account.CLUSTER,
        incoming=True,
        peer=Peer.NODE_AGENTS,
        tcp=(5000, 5005),
        features=frozenset({Feature.CLUSTER_AGENT}),
        why="tags, checks to run; its own metrics",
    ),
    Connection(
        account=Account.CLUSTER,
        incoming=True,
        peer=Peer.CLUSTER_AGENTS,
        tcp=(5005,),
        features=frozenset({Feature.CLUSTER_AGENT}),
        why="replicas ask the one that leads",
    ),
    Connection(
        account=Account.CLUSTER,
        peer=Peer.CLUSTER_AGENTS,
        tcp=(5005,),
        features=frozenset({Feature.CLUSTER_AGENT}),
        why="replicas ask the one that leads",
    ),
    Connection(
        account=Account.CLUSTER,
        incoming=True,
        peer=Peer.RUNNERS,
        tcp=(5005,),
        features=frozenset({Feature.RUNNERS}),
        why="checks to run",
    ),
    Connection(
        account=Account.RUNNER,
        peer=Peer.CLUSTER_AGENTS,
        tcp=(5005,),
        features=frozenset({Feature.RUNNERS}),
        why="checks to run",
    ),
    Connection(
        account=Account.CLUSTER,
        peer=Peer.RUNNERS,
        tcp=(5005,),
        features=frozenset({Feature.RUNNERS}),
        why="how busy each runner is, to spread the checks",
    ),
    Connection(
        account=Account.RUNNER,
        incoming=True,
        peer=Peer.CLUSTER_AGENTS,
        tcp=(5005,),
        features=frozenset({Feature.RUNNERS}),
        why="how busy each runner is, to spread the checks",
    ),
    Connection(
        account=Account.CLUSTER,
        incoming=True,
        tcp=(8000,),
        features=frozenset({Feature.ADMISSION}),
        why="the API server asks the webhook; its address is no pod's",
    ),
    Connection(
        account=Account.CLUSTER,
        incoming=True,
        tcp=(8443,),
        features=frozenset({Feature.EXTERNAL_METRICS}),
        why="the API server asks for external metrics; its address is no pod's",
    ),
    Connection(
        account=Account.RUNNER,
        peer=Peer.PODS,
        features=frozenset({Feature.RUNNERS}),
        why="checks of services in the cluster",
    ),
)
