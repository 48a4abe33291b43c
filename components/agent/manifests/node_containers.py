"""The containers of a node agent's pod."""

from __future__ import annotations

from components.agent import sizing
from components.agent.features import Feature, needed
from components.agent.manifests import config_maps, environment
from components.agent.manifests.environment import CONFIG
from components.agent.manifests.parts import (
    ROOT,
    Manifest,
    command_probes,
    env,
    health_probes,
    mount,
    port_probes,
)
from components.agent.permissions.host import CAPABILITIES, HOST_PATHS, SOCKETS
from components.agent.spec import AgentSpec, CheckConfig, NodeSize

HEALTH_PORT, EXPVAR_PORT = 5555, 6000
DOGSTATSD_PORT, TRACE_PORT = 8125, 8126
DOGSTATSD_SOCKET, TRACE_SOCKET = f"{SOCKETS}/dsd.socket", f"{SOCKETS}/apm.socket"
RUN_SETUP = "for script in $(find /etc/cont-init.d/ -type f -name '*.sh' | sort); do bash $script; done"
"""What the image does at its start to make its configuration."""


def init_containers(spec: AgentSpec, features: frozenset[Feature]) -> list[Manifest]:
    """Two steps that fill the scratch volume with the configuration: the root file systems are read-only."""
    files = [mount("checks", "/conf.d")] if config_maps.node_checks(spec) else []
    if Feature.NETWORK in features:
        files.append(_config_of_system_probe())
    common = {"image": spec.images.agent, "resources": sizing.INIT.manifest(), "securityContext": ROOT}
    return [
        {
            "name": "init-volume",
            "command": ["bash", "-c", f"cp -r {CONFIG} /opt"],
            "volumeMounts": [mount("config", "/opt/datadog-agent", writable=True)],
            **common,
        },
        {
            "name": "init-config",
            "command": ["bash", "-c", RUN_SETUP],
            "env": [*environment.common(spec), *environment.on_node(spec)],
            "volumeMounts": [
                mount("config", CONFIG, writable=True),
                mount("logs", "/var/log/datadog", writable=True),
                mount("tmp", "/tmp", writable=True),  # noqa: S108 (the container's own)
                *files,
                *_host_mounts("init-config", features),
            ],
            **common,
        },
    ]


def agent(spec: AgentSpec, features: frozenset[Feature], node: NodeSize) -> Manifest:
    """The agent itself."""
    secrets_needed = any(check.secrets for check in checks_run_on_nodes(spec))
    probe = _sockets_of_system_probe(writable=False) if Feature.NETWORK in features else []
    run = [] if Feature.LOGS in features else [mount("run", "/opt/datadog-agent/run", writable=True)]
    return {
        "name": "agent",
        "image": spec.images.agent,
        "command": ["agent", "run"],
        "env": [
            *environment.common(spec),
            *environment.on_node(spec),
            *environment.secret_backend(spec, needed=secrets_needed),
            *_agent_env(spec, features),
        ],
        "ports": _ports(spec, features),
        **health_probes(HEALTH_PORT),
        "resources": sizing.node_resources("agent", features, node).manifest(),
        "securityContext": ROOT,
        "volumeMounts": [
            mount("config", CONFIG, writable=True),
            mount("auth-token", f"{CONFIG}/auth", writable=True),
            *_scratch(),
            *run,
            *probe,
            *_host_mounts("agent", features),
        ],
    }


def trace_agent(spec: AgentSpec, features: frozenset[Feature], node: NodeSize) -> Manifest:
    """Takes traces in."""
    own = env(
        DD_APM_ENABLED=True,
        DD_APM_NON_LOCAL_TRAFFIC=True,
        DD_APM_RECEIVER_PORT=TRACE_PORT,
        DD_APM_RECEIVER_SOCKET=TRACE_SOCKET,
    )
    # It reports on itself to DogStatsD.
    statsd = env(DD_DOGSTATSD_SOCKET=DOGSTATSD_SOCKET) if Feature.DOGSTATSD in features else []
    settings = f"{CONFIG}/datadog.yaml"
    return {
        "name": "trace-agent",
        "image": spec.images.agent,
        "command": ["trace-loader", settings, "trace-agent", f"-config={settings}"],
        "env": [*environment.common(spec), *environment.on_node(spec), *own, *statsd],
        "ports": [{"name": "traces", "containerPort": TRACE_PORT, "protocol": "TCP"}],
        **port_probes(TRACE_PORT),
        "resources": sizing.node_resources("trace-agent", features, node).manifest(),
        "securityContext": ROOT,
        "volumeMounts": [
            mount("config", CONFIG),
            mount("auth-token", f"{CONFIG}/auth"),
            *_scratch(),
            *_host_mounts("trace-agent", features),
        ],
    }


def system_probe(spec: AgentSpec, features: frozenset[Feature], node: NodeSize) -> Manifest:
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
        "command": ["system-probe", f"--config={CONFIG}/{config_maps.SYSTEM_PROBE_FILE}"],
        "env": [*environment.common(spec), *environment.on_node(spec), *_ipc(), *services],
        **command_probes("test", "-S", f"{config_maps.SYSTEM_PROBE_SOCKETS}/sysprobe.sock"),
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
            *_scratch(),
            *_sockets_of_system_probe(writable=True),
            *_host_mounts("system-probe", features),
        ],
    }


APPARMOR_FIELD = 30
"""The minor version of Kubernetes from which on AppArmor is a field; before, it is an annotation of the pod."""


def checks_run_on_nodes(spec: AgentSpec) -> list[CheckConfig]:
    """Checks that a node agent may run: its own, and without runners those of the cluster."""
    runners = Feature.RUNNERS in spec.features
    return [check for check in spec.checks if not (check.cluster_check and runners)]


def _agent_env(spec: AgentSpec, features: frozenset[Feature]) -> list[Manifest]:
    on = features.__contains__
    found = env(
        DD_HEALTH_PORT=HEALTH_PORT,
        DD_EXPVAR_PORT=EXPVAR_PORT,
        DD_LOGS_ENABLED=on(Feature.LOGS),
        DD_APM_ENABLED=on(Feature.APM),
        DD_USE_DOGSTATSD=on(Feature.DOGSTATSD),
        DD_PROCESS_CONFIG_PROCESS_COLLECTION_ENABLED=on(Feature.PROCESSES),
        DD_PROCESS_CONFIG_CONTAINER_COLLECTION_ENABLED=True,
        DD_PROCESS_CONFIG_RUN_IN_CORE_AGENT_ENABLED=True,
        DD_ORCHESTRATOR_EXPLORER_ENABLED=on(Feature.ORCHESTRATOR),
        DD_CONTAINER_LIFECYCLE_ENABLED=True,
        DD_CONTAINER_IMAGE_ENABLED=True,
        DD_KUBELET_CORE_CHECK_ENABLED=True,
        # The cluster agent's own check does it, under the same names.
        DD_IGNORE_AUTOCONF="kubernetes_state",
    )
    if on(Feature.DOGSTATSD):
        found += env(
            DD_DOGSTATSD_PORT=DOGSTATSD_PORT,
            DD_DOGSTATSD_SOCKET=DOGSTATSD_SOCKET,
            DD_DOGSTATSD_NON_LOCAL_TRAFFIC=True,
            DD_DOGSTATSD_ORIGIN_DETECTION=True,
            DD_DOGSTATSD_ORIGIN_DETECTION_CLIENT=True,
            DD_DOGSTATSD_TAG_CARDINALITY="low",
        )
    if on(Feature.LOGS):
        found += env(
            DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL=True,
            DD_LOGS_CONFIG_K8S_CONTAINER_USE_FILE=True,
            DD_LOGS_CONFIG_AUTO_MULTI_LINE_DETECTION=True,
        )
    if on(Feature.PROCESSES):
        found += env(DD_STRIP_PROCESS_ARGS=True)
    if on(Feature.OTLP):
        found += env(
            DD_OTLP_CONFIG_RECEIVER_PROTOCOLS_GRPC_ENDPOINT=f"0.0.0.0:{spec.otlp.grpc}",
            DD_OTLP_CONFIG_RECEIVER_PROTOCOLS_HTTP_ENDPOINT=f"0.0.0.0:{spec.otlp.http}",
        )
    if on(Feature.PROMETHEUS):
        found += env(
            DD_PROMETHEUS_SCRAPE_ENABLED=True,
            DD_PROMETHEUS_SCRAPE_SERVICE_ENDPOINTS=on(Feature.CLUSTER_CHECKS),
            DD_PROMETHEUS_SCRAPE_VERSION=2,
        )
    if on(Feature.CLUSTER_CHECKS):
        providers = "endpointschecks" if on(Feature.RUNNERS) else "clusterchecks endpointschecks"
        found += env(DD_EXTRA_CONFIG_PROVIDERS=providers)
    if on(Feature.NETWORK):
        found += _ipc()
    return found


def _ipc() -> list[Manifest]:
    return env(DD_AGENT_IPC_PORT=environment.IPC_PORT, DD_AGENT_IPC_CONFIG_REFRESH_INTERVAL=60)


def _ports(spec: AgentSpec, features: frozenset[Feature]) -> list[Manifest]:
    ports: list[Manifest] = []
    if Feature.DOGSTATSD in features:
        ports.append({"name": "dogstatsd", "containerPort": DOGSTATSD_PORT, "protocol": "UDP"})
    if Feature.OTLP in features:
        ports.append({"name": "otlp-grpc", "containerPort": spec.otlp.grpc, "protocol": "TCP"})
        ports.append({"name": "otlp-http", "containerPort": spec.otlp.http, "protocol": "TCP"})
    return ports


def _scratch() -> list[Manifest]:
    return [
        mount("logs", "/var/log/datadog", writable=True),
        mount("tmp", "/tmp", writable=True),  # noqa: S108 (the container's own)
    ]


def _sockets_of_system_probe(*, writable: bool) -> list[Manifest]:
    return [
        mount("system-probe-sockets", config_maps.SYSTEM_PROBE_SOCKETS, writable=writable),
        _config_of_system_probe(),
    ]


def _config_of_system_probe() -> Manifest:
    name = config_maps.SYSTEM_PROBE_FILE
    return mount("system-probe-config", f"{CONFIG}/{name}", sub_path=name)


def _host_mounts(container: str, features: frozenset[Feature]) -> list[Manifest]:
    return [
        mount(one.volume, one.seen[container], writable=one.writable)
        for one in HOST_PATHS
        if container in one.seen and needed(one.features, features)
    ]
