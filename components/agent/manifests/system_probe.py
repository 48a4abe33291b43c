"""system-probe: connections and requests of the node's workloads, seen by eBPF."""

from __future__ import annotations

from components.agent import sizing
from components.agent.features import Feature, needed
from components.agent.manifests import environment
from components.agent.manifests.environment import CONFIG
from components.agent.manifests.mounts import host_mounts, scratch
from components.agent.manifests.parts import (
    command_probes,
    env,
    mount,
)
from components.agent.permissions.host import CAPABILITIES
from components.agent.spec import AgentSpec, NodeSize
from components.manifests import Manifest, json_text

CONFIG_MAP = "datadog-agent-system-probe"
VOLUME = "system-probe-config"
FILE = "system-probe.yaml"
SOCKETS = "/var/run/sysprobe"
IPC_PORT = 5009
APPARMOR_FIELD = 30
"""The minor version of Kubernetes from which on AppArmor is a field; before, it is an annotation of the pod."""


def container(spec: AgentSpec, features: frozenset[Feature], node: NodeSize) -> Manifest:
    """Watches the node's kernel.

    Not privileged: it has the capabilities of the table, and the runtime's seccomp profile, which lets through the
    calls that go with them (docs/adr/0011-agents.md).
    """
    watching = Feature.SERVICE_MONITORING in features
    services = env(DD_SYSTEM_PROBE_SERVICE_MONITORING_ENABLED=True, HOST_ROOT="/host/root") if watching else []
    capabilities = [one.name for one in CAPABILITIES if needed(one.features, features)]
    apparmor = {"appArmorProfile": {"type": "Unconfined"}} if spec.minor_version >= APPARMOR_FIELD else {}
    return {
        "name": "system-probe",
        "image": spec.images.agent,
        "command": ["system-probe", f"--config={CONFIG}/{FILE}"],
        "env": [*environment.common(spec), *environment.on_node(spec), *ipc(), *services],
        **command_probes("test", "-S", f"{SOCKETS}/sysprobe.sock"),
        "resources": sizing.node_resources("system-probe", features, node).manifest(),
        "securityContext": {
            "privileged": False,
            "readOnlyRootFilesystem": True,
            # AppArmor's usual profile forbids tracing.
            **apparmor,
            "seccompProfile": {"type": "RuntimeDefault"},
            "capabilities": {"add": capabilities},
        },
        "volumeMounts": [
            mount("config", CONFIG),
            mount("auth-token", f"{CONFIG}/auth"),
            *scratch(),
            *sockets(writable=True),
            *host_mounts("system-probe", features),
        ],
    }


def files(features: frozenset[Feature]) -> dict[str, str]:
    """What system-probe is told on all nodes: its path -> text; empty where it does not run."""
    if Feature.NETWORK not in features:
        return {}
    content = {
        "system_probe_config": {
            "enabled": True,
            "sysprobe_socket": f"{SOCKETS}/sysprobe.sock",
            # Only programs that fit any kernel with type information (BTF, in distributions since about 2020):
            # compiling on the node would need its kernel headers and package manager.
            "enable_co_re": True,
            "enable_runtime_compiler": False,
            "enable_kernel_header_download": False,
            "enable_conntrack": True,
            "collect_dns_stats": True,
        },
        # system-probe sends connections itself; the process agent, which used to, does not run.
        "network_config": {"enabled": True, "direct_send": True},
        "discovery": {"enabled": False},
    }
    return {FILE: json_text(content)}


def sockets(*, writable: bool) -> list[Manifest]:
    """The mounts by which it and the agent talk."""
    return [
        mount("system-probe-sockets", SOCKETS, writable=writable),
        configuration(),
    ]


def configuration() -> Manifest:
    """The mount of its configuration, which the others read as well."""
    return mount(VOLUME, f"{CONFIG}/{FILE}", sub_path=FILE)


def ipc() -> list[Manifest]:
    """The variables by which it learns from the agent about containers and tags."""
    return env(DD_AGENT_IPC_PORT=IPC_PORT, DD_AGENT_IPC_CONFIG_REFRESH_INTERVAL=60)
