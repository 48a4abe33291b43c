"""`python -m reports.agents`: writes what docs/agents says about features, permissions and sizes, from their tables."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from components.agent import sizing
from components.agent.features import FEATURES, Feature
from components.agent.permissions.api import RULES
from components.agent.permissions.host import CAPABILITIES, HOST_PATHS, HOST_PID
from components.agent.permissions.network import CONNECTIONS, Connection
from components.agent.permissions.rule import Rule
from components.agent.spec import NodeSize, Placement
from stacks.specs import PLANS

FOLDER = Path(__file__).parent.parent / "docs" / "agents"
_WRITTEN = "<!-- Written by `python -m reports.agents`. -->"
_NODES = (NodeSize(cpu=2000, memory=8192), NodeSize(cpu=4000, memory=16384), NodeSize(cpu=16000, memory=65536))
_CLUSTERS = (3, 10, 50)


def pages() -> dict[str, str]:
    """The name of each page and its text."""
    return {"features.md": _features(), "permissions.md": _permissions(), "sizing.md": _sizing()}


def _features() -> str:
    plans = {environment.value: plan.agents.features for environment, plan in PLANS.items()}
    rows = [
        [
            f"`{feature}`",
            meaning.what,
            _names(meaning.requires),
            *("on" if feature in on else "" for on in plans.values()),
        ]
        for feature, meaning in FEATURES.items()
    ]
    return _page(
        "What the agents do",
        "Which features are on is said in `stacks/production.py` and `stacks/staging.py`. What only a switched-off\n"
        "feature needs is not in the cluster: variables, ports, volumes, capabilities, rules.",
        _table(["feature", "what", "needs", *plans], rows),
    )


def _permissions() -> str:
    host = [
        [f"`{one.path}`", "read, write" if one.writable else "read", ", ".join(one.seen), _names(one.features), one.why]
        for one in HOST_PATHS
    ]
    capabilities = [[f"`{one.name}`", _names(one.features), one.why] for one in CAPABILITIES]
    return _page(
        "What the agents may do, and why",
        "Each line holds while one of its features is on; a line without one always holds. The manifests are made\n"
        "from the same tables (`components/agent/permissions`).",
        "## At the Kubernetes API",
        "Secrets that a check reads are added one by one, by name, for whoever runs the check. With external metrics\n"
        "on, the cluster agent is also bound to Kubernetes' own roles `system:auth-delegator` and, in `kube-system`,\n"
        "`extension-apiserver-authentication-reader`; the autoscaler's account may read `external.metrics.k8s.io`.",
        _table(["account", "may", "on", "where", "Kubernetes", "features", "why"], [_rule(one) for one in RULES]),
        "## On the node",
        f"The node agents run as root. They see the node's processes (`hostPID`) for {_names(HOST_PID)}.",
        _table(["path", "may", "containers", "features", "why"], host),
        "## Linux capabilities of system-probe",
        _table(["capability", "features", "why"], capabilities),
        "## On the network",
        "Besides: the ports of OpenTelemetry (in), of the web proxy and of what configured checks look at (out).",
        _table(["account", "direction", "peer", "ports", "features", "why"], [_connection(one) for one in CONNECTIONS]),
    )


def _sizing() -> str:
    node_rows = []
    for environment, plan in PLANS.items():
        for node in _NODES:
            total = sizing.node_total(plan.agents.features, node)
            share = max(total.cpu / node.cpu, total.memory / node.memory)
            each = [
                f"{name} {one.cpu}m, {one.memory} MiB"
                for name in sizing.node_containers(plan.agents.features)
                for one in [sizing.node_resources(name, plan.agents.features, node)]
            ]
            node_rows.append(
                [
                    environment.value,
                    f"{node.cpu // 1000} CPU, {node.memory // 1024} GiB",
                    "; ".join(each),
                    f"{share:.0%}",
                ]
            )
    cluster_rows = []
    for environment, plan in PLANS.items():
        for nodes in _CLUSTERS:
            one = sizing.cluster_agent_resources(plan.agents.features, Placement(nodes=nodes))
            cluster_rows.append([environment.value, str(nodes), f"{one.cpu}m, {one.memory} MiB"])
    return _page(
        "How much the agents may use",
        "It follows from the features and from what there is to look at (`components/agent/sizing.py`); set\n"
        "`agents.nodeSize`, `agents.pools` and `agents.nodes` in the stack's file. The numbers are estimates to begin\n"
        "with: compare `kubernetes.memory.usage` with `kubernetes.memory.limits` of the agents, and correct the\n"
        f"table. Memory is both request and limit; CPU may go to {sizing.BURST} times the request. More than\n"
        f"{sizing.SHARE_LIMIT:.0%} of a node is refused.",
        "## Node agents",
        _table(["environment", "node", "containers", "largest share"], node_rows),
        "## Cluster agent, each replica",
        _table(["environment", "nodes", "size"], cluster_rows),
    )


def _rule(one: Rule) -> list[str]:
    what = [f"`{item}`" for item in (one.urls or one.resources)]
    group = f" ({one.group})" if one.group else ""
    named = f" named {', '.join(f'`{name}`' for name in one.names)}" if one.names else ""
    where = "the agents' namespace" if one.namespaced else "the cluster"
    versions = f"before 1.{one.before}" if one.before else f"from 1.{one.since}" if one.since else ""
    return [
        one.account,
        ", ".join(one.verbs),
        ", ".join(what) + group + named,
        where,
        versions,
        _names(one.features),
        one.why,
    ]


def _connection(one: Connection) -> list[str]:
    ports = [*(f"TCP {port}" for port in one.tcp), *(f"UDP {port}" for port in one.udp)] or ["all"]
    direction = "in" if one.incoming else "out"
    return [one.account, direction, one.peer, ", ".join(ports), _names(one.features), one.why]


def _names(features: Iterable[Feature]) -> str:
    return ", ".join(f"`{feature}`" for feature in sorted(features))


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _page(title: str, *parts: str) -> str:
    return "\n\n".join([_WRITTEN, f"# {title}", *parts]) + "\n"


def main() -> None:
    """Write the pages."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text)


if __name__ == "__main__":
    main()
