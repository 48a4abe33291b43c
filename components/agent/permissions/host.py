"""What the node agents see and do on the node itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from components.agent.features import Feature

SOCKETS = "/var/run/datadog"


@dataclass(frozen=True, kw_only=True, slots=True)
class HostPath:
    """A path of the node, and where containers see it."""

    volume: str
    path: str
    type: str = ""
    """What Kubernetes checks or makes before it is mounted; empty for nothing."""
    seen: Mapping[str, str]
    """The container's name -> the path in it."""
    writable: bool = False
    features: frozenset[Feature] = frozenset()
    """It is mounted while one of them is on; empty for always."""
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Capability:
    """A Linux capability of system-probe, beyond those the runtime gives to any container."""

    name: str
    features: frozenset[Feature] = frozenset({Feature.NETWORK})
    why: str


def _at(path: str, *containers: str) -> dict[str, str]:
    return dict.fromkeys(containers, path)


HOST_PATHS: tuple[HostPath, ...] = (
    HostPath(
        volume="proc",
        path="/proc",
        seen=_at("/host/proc", "init-config", "agent", "trace-agent", "system-probe"),
        why="usage of the node; which container a process belongs to",
    ),
    HostPath(
        volume="cgroups",
        path="/sys/fs/cgroup",
        seen=_at("/host/sys/fs/cgroup", "agent", "trace-agent", "system-probe"),
        why="usage and limits of containers",
    ),
    HostPath(
        volume="runtime-sockets",
        path="/var/run",
        seen=_at("/host/var/run", "init-config", "agent", "trace-agent"),
        why="the container runtime's socket, whose name differs between runtimes",
    ),
    HostPath(
        volume="os-release",
        path="/etc/os-release",
        type="File",
        seen=_at("/host/etc/os-release", "agent", "system-probe"),
        why="the node's operating system",
    ),
    HostPath(
        volume="passwd",
        path="/etc/passwd",
        type="File",
        seen=_at("/etc/passwd", "agent"),
        features=frozenset({Feature.PROCESSES}),
        why="the names of processes' users",
    ),
    HostPath(
        volume="sockets",
        path=SOCKETS,
        type="DirectoryOrCreate",
        seen=_at(SOCKETS, "agent", "trace-agent"),
        writable=True,
        features=frozenset({Feature.APM, Feature.DOGSTATSD}),
        why="the sockets that workloads send traces and metrics to",
    ),
    HostPath(
        volume="log-pointers",
        path="/var/lib/datadog-agent/logs",
        type="DirectoryOrCreate",
        seen=_at("/opt/datadog-agent/run", "agent"),
        writable=True,
        features=frozenset({Feature.LOGS}),
        why="how far each log was read, so that a restart neither repeats nor loses lines",
    ),
    HostPath(
        volume="pod-logs",
        path="/var/log/pods",
        seen=_at("/var/log/pods", "agent"),
        features=frozenset({Feature.LOGS}),
        why="the logs",
    ),
    HostPath(
        volume="container-logs",
        path="/var/log/containers",
        seen=_at("/var/log/containers", "agent"),
        features=frozenset({Feature.LOGS}),
        why="links to the logs, by container",
    ),
    HostPath(
        volume="debugfs",
        path="/sys/kernel/debug",
        seen=_at("/sys/kernel/debug", "system-probe"),
        writable=True,
        features=frozenset({Feature.NETWORK}),
        why="to attach eBPF programs to functions of the kernel",
    ),
    HostPath(
        volume="bpffs",
        path="/sys/fs/bpf",
        seen=_at("/sys/fs/bpf", "system-probe"),
        features=frozenset({Feature.NETWORK}),
        why="eBPF objects kept by the kernel",
    ),
    HostPath(
        volume="root",
        path="/",
        seen=_at("/host/root", "system-probe"),
        features=frozenset({Feature.SERVICE_MONITORING}),
        why="the TLS libraries that workloads have open",
    ),
)

CAPABILITIES: tuple[Capability, ...] = (
    Capability(name="SYS_ADMIN", why="to load eBPF programs and to enter network namespaces"),
    Capability(name="SYS_RESOURCE", why="to lift the limit of locked memory for eBPF maps"),
    Capability(name="SYS_PTRACE", why="to read the namespaces and memory maps of other processes"),
    Capability(name="NET_ADMIN", why="to see address translation, to attach packet filters"),
    Capability(name="NET_BROADCAST", why="to hear of changes in address translation"),
    Capability(name="NET_RAW", why="to watch DNS answers"),
    Capability(name="IPC_LOCK", why="to keep eBPF maps in memory"),
    Capability(name="CHOWN", why="to own the socket that it serves"),
    Capability(name="DAC_READ_SEARCH", why="to read what belongs to other users"),
)

HOST_PID: frozenset[Feature] = frozenset({Feature.APM, Feature.DOGSTATSD, Feature.NETWORK})
"""What needs the node's process identifiers: origin detection over sockets, and system-probe."""
