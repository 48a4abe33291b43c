"""The kubelet and container checks of the node agents.

Containers of pods with the labels `tags.datadoghq.com/*` also carry `service` and `version`; `env` is at least the
host's.
"""

from __future__ import annotations

from functools import partial

from contract.telemetry import model
from contract.telemetry.model import ServiceCheck, Source, Status, Tag
from contract.telemetry.tags import CONTAINER, HOST, OWNER, UNIFIED, free

_CONTAINER = (*UNIFIED, Tag("team"), *CONTAINER, *HOST)
_RUNTIME = (*_CONTAINER, *free("container_name", "container_id"))
_POD = (*UNIFIED, Tag("team"), *free("kube_namespace", "pod_name"), *OWNER, *HOST)
_VOLUME = (*HOST, *free("kube_namespace", "persistentvolumeclaim"))

_kubelet = partial(model.gauge, source=Source.KUBELET)
_kubelet_count = partial(model.count, source=Source.KUBELET)
_container = partial(model.gauge, source=Source.CONTAINER)

METRICS = (
    # The kubelet about containers and pods.
    _kubelet("kubernetes.cpu.usage.total", "nanocore", _CONTAINER, "Processor a container uses."),
    _kubelet("kubernetes.cpu.requests", "core", _CONTAINER, "Processor a container reserves."),
    _kubelet("kubernetes.cpu.limits", "core", _CONTAINER, "Processor a container may use."),
    _kubelet("kubernetes.memory.usage", "byte", _CONTAINER, "Memory a container uses, caches included."),
    _kubelet("kubernetes.memory.working_set", "byte", _CONTAINER, "Memory that counts against a container's limit."),
    _kubelet("kubernetes.memory.requests", "byte", _CONTAINER, "Memory a container reserves."),
    _kubelet("kubernetes.memory.limits", "byte", _CONTAINER, "Memory a container may use."),
    _kubelet("kubernetes.memory.usage_pct", "fraction", _CONTAINER, "Share of its limit that a container uses."),
    _kubelet("kubernetes.filesystem.usage_pct", "fraction", _CONTAINER, "Share of its disk that a container uses."),
    _kubelet("kubernetes.containers.restarts", None, _CONTAINER, "Restarts of a container."),
    _kubelet("kubernetes.containers.running", None, _POD, "Containers at work."),
    _kubelet("kubernetes.pods.running", None, _POD, "Pods at work."),
    _kubelet("kubernetes.liveness_probe.failure.total", None, _CONTAINER, "Liveness probes failed so far."),
    _kubelet("kubernetes.readiness_probe.failure.total", None, _CONTAINER, "Readiness probes failed so far."),
    _kubelet("kubernetes.network.rx_bytes", "byte", _POD, "What a pod receives.", per="second"),
    _kubelet("kubernetes.network.tx_bytes", "byte", _POD, "What a pod sends.", per="second"),
    # The kubelet about its node and volumes.
    _kubelet("kubernetes.cpu.capacity", "core", HOST, "Processor of a node."),
    _kubelet("kubernetes.memory.capacity", "byte", HOST, "Memory of a node."),
    _kubelet_count("kubernetes.kubelet.evictions", None, (*HOST, Tag("eviction_signal")), "Pods put off a node."),
    _kubelet("kubernetes.kubelet.volume.stats.capacity_bytes", "byte", _VOLUME, "Size of a volume."),
    _kubelet("kubernetes.kubelet.volume.stats.used_bytes", "byte", _VOLUME, "What is used of a volume."),
    _kubelet("kubernetes.kubelet.volume.stats.available_bytes", "byte", _VOLUME, "What is left of a volume."),
    _kubelet("kubernetes.kubelet.volume.stats.inodes", "inode", _VOLUME, "Files a volume takes."),
    _kubelet("kubernetes.kubelet.volume.stats.inodes_used", "inode", _VOLUME, "Files on a volume."),
    # The container runtime.
    _container("container.cpu.usage", "nanocore", _RUNTIME, "Processor a container uses."),
    _container("container.cpu.limit", "nanocore", _RUNTIME, "Processor a container may use."),
    _container("container.cpu.throttled", "nanosecond", _RUNTIME, "Time a container was held back."),
    _container("container.memory.usage", "byte", _RUNTIME, "Memory a container uses, caches included."),
    _container("container.memory.working_set", "byte", _RUNTIME, "Memory that counts against a container's limit."),
    _container("container.memory.limit", "byte", _RUNTIME, "Memory a container may use."),
    _container("container.memory.oom_events", None, _RUNTIME, "Times a container ran out of memory."),
    _container("container.restarts", None, _RUNTIME, "Restarts of a container."),
    _container("container.uptime", "second", _RUNTIME, "Time since a container started."),
    _container("container.net.rcvd", "byte", _RUNTIME, "What a container receives."),
    _container("container.net.sent", "byte", _RUNTIME, "What a container sends."),
    _container("container.io.read", "byte", _RUNTIME, "What a container reads from disk."),
    _container("container.io.write", "byte", _RUNTIME, "What a container writes to disk."),
)

CHECKS = (
    ServiceCheck(
        name="kubernetes.kubelet.check",
        tags=HOST,
        statuses=frozenset({Status.OK, Status.CRITICAL}),
        source=Source.KUBELET,
        description="Whether the kubelet of a node is well.",
    ),
)
