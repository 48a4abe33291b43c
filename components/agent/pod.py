"""The pod every node runs: the agent and the trace agent."""

from __future__ import annotations

import json
from typing import Any

from components.agent.spec import AgentSpec, Resources

CONFIG = "/etc/datadog-agent"
SOCKETS = "/var/run/datadog"
HEALTH_PORT = 5555

# name -> (path on the host, type)
_HOST_PATHS = {
    "proc": ("/proc", ""),
    "cgroups": ("/sys/fs/cgroup", ""),
    "runtime-sockets": ("/var/run", ""),
    "passwd": ("/etc/passwd", "File"),
    "os-release": ("/etc/os-release", "File"),
    "sockets": (SOCKETS, "DirectoryOrCreate"),
    "log-pointers": ("/var/lib/datadog-agent/logs", "DirectoryOrCreate"),
    "pod-logs": ("/var/log/pods", ""),
    "container-logs": ("/var/log/containers", ""),
}
_SCRATCH = ("config", "auth-token", "logs", "tmp")


def pod_template(spec: AgentSpec, name: str, labels: dict[str, str]) -> dict[str, Any]:
    """The template of the DaemonSet's pods."""
    return {
        "metadata": {
            "labels": {
                **labels,
                # The agents are never changed by their own admission webhook.
                "admission.datadoghq.com/enabled": "false",
                "tags.datadoghq.com/env": spec.environment.value,
                "tags.datadoghq.com/service": name,
                "tags.datadoghq.com/version": spec.image.rsplit(":", 1)[-1][-63:],
            }
        },
        "spec": {
            "serviceAccountName": name,
            "automountServiceAccountToken": True,
            # Origin detection over the sockets needs to see the processes that write to them.
            "hostPID": True,
            "nodeSelector": {"kubernetes.io/os": "linux"},
            "tolerations": [{"operator": "Exists"}],
            "priorityClassName": "system-node-critical",
            "securityContext": {"runAsUser": 0},
            "initContainers": _init_containers(spec),
            "containers": [_agent(spec), _trace_agent(spec)],
            "volumes": [{"name": scratch, "emptyDir": {}} for scratch in _SCRATCH]
            + [
                {"name": volume, "hostPath": {"path": path, **({"type": kind} if kind else {})}}
                for volume, (path, kind) in _HOST_PATHS.items()
            ],
        },
    }


def _agent(spec: AgentSpec) -> dict[str, Any]:
    return {
        "name": "agent",
        "image": spec.image,
        "command": ["agent", "run"],
        "env": _common_env(spec)
        + _env(
            DD_HEALTH_PORT=HEALTH_PORT,
            DD_DOGSTATSD_SOCKET=f"{SOCKETS}/dsd.socket",
            DD_DOGSTATSD_NON_LOCAL_TRAFFIC="true",
            DD_DOGSTATSD_ORIGIN_DETECTION="true",
            DD_DOGSTATSD_ORIGIN_DETECTION_CLIENT="true",
            DD_DOGSTATSD_TAG_CARDINALITY="low",
            DD_LOGS_ENABLED="true",
            DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL="true",
            DD_LOGS_CONFIG_K8S_CONTAINER_USE_FILE="true",
            DD_LOGS_CONFIG_AUTO_MULTI_LINE_DETECTION="true",
        ),
        "ports": [{"name": "dogstatsd", "containerPort": 8125, "protocol": "UDP"}],
        "livenessProbe": _probe("/live"),
        "readinessProbe": _probe("/ready"),
        "startupProbe": _probe("/startup"),
        "resources": _resources(spec.agent),
        "securityContext": {"readOnlyRootFilesystem": True, "allowPrivilegeEscalation": False},
        "volumeMounts": [
            *_common_mounts(config_writable=True),
            _mount("tmp", "/tmp", writable=True),  # noqa: S108 (the container's own)
            _mount("passwd", "/etc/passwd"),
            _mount("os-release", "/host/etc/os-release"),
            _mount("log-pointers", "/opt/datadog-agent/run", writable=True),
            _mount("pod-logs", "/var/log/pods"),
            _mount("container-logs", "/var/log/containers"),
        ],
    }


def _trace_agent(spec: AgentSpec) -> dict[str, Any]:
    return {
        "name": "trace-agent",
        "image": spec.image,
        "command": [
            "trace-loader", f"{CONFIG}/datadog.yaml", "trace-agent", f"-config={CONFIG}/datadog.yaml",
        ],
        "env": _common_env(spec)
        + _env(
            DD_APM_ENABLED="true",
            DD_APM_NON_LOCAL_TRAFFIC="true",
            DD_APM_RECEIVER_PORT=8126,
            DD_APM_RECEIVER_SOCKET=f"{SOCKETS}/apm.socket",
            DD_DOGSTATSD_SOCKET=f"{SOCKETS}/dsd.socket",
        ),
        "ports": [{"name": "traces", "containerPort": 8126, "protocol": "TCP"}],
        "livenessProbe": {"tcpSocket": {"port": 8126}, **_PROBE_TIMES},
        "resources": _resources(spec.trace_agent),
        "securityContext": {"readOnlyRootFilesystem": True, "allowPrivilegeEscalation": False},
        "volumeMounts": _common_mounts(config_writable=False),
    }  # fmt: skip


def _init_containers(spec: AgentSpec) -> list[dict[str, Any]]:
    # The root file systems are read-only: the image's configuration is copied to a scratch volume first.
    return [
        {
            "name": "init-volume",
            "image": spec.image,
            "command": ["bash", "-c", f"cp -r {CONFIG} /opt"],
            "resources": _resources(spec.trace_agent),
            "securityContext": {"readOnlyRootFilesystem": True, "allowPrivilegeEscalation": False},
            "volumeMounts": [_mount("config", "/opt/datadog-agent", writable=True)],
        },
        {
            "name": "init-config",
            "image": spec.image,
            "command": [
                "bash",
                "-c",
                "for script in $(find /etc/cont-init.d/ -type f -name '*.sh' | sort); do bash $script; done",
            ],
            "env": _common_env(spec),
            "resources": _resources(spec.trace_agent),
            "securityContext": {"readOnlyRootFilesystem": True, "allowPrivilegeEscalation": False},
            "volumeMounts": [
                _mount("logs", "/var/log/datadog", writable=True),
                _mount("config", CONFIG, writable=True),
                _mount("proc", "/host/proc"),
                _mount("runtime-sockets", "/host/var/run"),
            ],
        },
    ]


def _common_env(spec: AgentSpec) -> list[dict[str, Any]]:
    return [
        {"name": "DD_API_KEY", "valueFrom": {"secretKeyRef": {"name": "datadog-agent-api-key", "key": "api-key"}}},
        {"name": "DD_KUBERNETES_KUBELET_HOST", "valueFrom": {"fieldRef": {"fieldPath": "status.hostIP"}}},
        *_env(
            DD_SITE=spec.site,
            DD_CLUSTER_NAME=spec.cluster_name,
            DD_ENV=spec.environment,
            DD_TAGS=json.dumps([f"env:{spec.environment}"]),
            DD_AUTH_TOKEN_FILE_PATH=f"{CONFIG}/auth/token",
            DD_KUBERNETES_USE_ENDPOINT_SLICES="true",
            KUBERNETES="yes",
        ),
    ]


def _common_mounts(*, config_writable: bool) -> list[dict[str, Any]]:
    return [
        _mount("config", CONFIG, writable=config_writable),
        _mount("auth-token", f"{CONFIG}/auth", writable=config_writable),
        _mount("logs", "/var/log/datadog", writable=True),
        _mount("sockets", SOCKETS, writable=True),
        _mount("proc", "/host/proc"),
        _mount("cgroups", "/host/sys/fs/cgroup"),
        _mount("runtime-sockets", "/host/var/run"),
    ]


def _env(**values: str | int) -> list[dict[str, Any]]:
    return [{"name": name, "value": str(value)} for name, value in values.items()]


def _mount(volume: str, path: str, *, writable: bool = False) -> dict[str, Any]:
    return {"name": volume, "mountPath": path, **({} if writable else {"readOnly": True})}


_PROBE_TIMES = {"initialDelaySeconds": 15, "periodSeconds": 15, "timeoutSeconds": 5}


def _probe(path: str) -> dict[str, Any]:
    return {"httpGet": {"path": path, "port": HEALTH_PORT}, **_PROBE_TIMES, "failureThreshold": 6}


def _resources(resources: Resources) -> dict[str, Any]:
    memory = f"{resources.memory}Mi"
    return {
        "requests": {"cpu": f"{resources.cpu_request}m", "memory": memory},
        "limits": {"cpu": f"{resources.cpu_limit}m", "memory": memory},
    }
