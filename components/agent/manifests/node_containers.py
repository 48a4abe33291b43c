"""The containers of a node agent's pod."""

from __future__ import annotations

import json

from components.agent import sizing
from components.agent.features import Feature
from components.agent.manifests import config_maps, environment, system_probe
from components.agent.manifests.environment import CONFIG
from components.agent.manifests.mounts import host_mounts, scratch
from components.agent.manifests.parts import (
    ROOT,
    env,
    health_probes,
    mount,
    port_probes,
)
from components.agent.permissions.accounts import Account
from components.agent.permissions.host import SOCKETS
from components.agent.spec import CHECK_FILES, AgentSpec, LogMask, NodeSize
from components.manifests import Manifest

HEALTH_PORT, EXPVAR_PORT = 5555, 6000
DOGSTATSD_PORT, TRACE_PORT = 8125, 8126
DOGSTATSD_SOCKET, TRACE_SOCKET = f"{SOCKETS}/dsd.socket", f"{SOCKETS}/apm.socket"
RUN_SETUP = "for script in $(find /etc/cont-init.d/ -type f -name '*.sh' | sort); do bash $script; done"
"""What the image does at its start to make its configuration."""


def init_containers(spec: AgentSpec, features: frozenset[Feature]) -> list[Manifest]:
    """Two steps that fill the scratch volume with the configuration: the root file systems are read-only."""
    files = [mount("checks", "/conf.d")] if config_maps.node_checks(spec) else []
    if Feature.NETWORK in features:
        files.append(system_probe.configuration())
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
                *scratch(),
                *files,
                *host_mounts("init-config", features),
            ],
            **common,
        },
    ]


def agent(spec: AgentSpec, features: frozenset[Feature], node: NodeSize) -> Manifest:
    """The agent itself."""
    secrets_needed = any(check.secrets for check in spec.checks_run_by(Account.NODE))
    files = [mount("check-files", CHECK_FILES)] if config_maps.check_files(spec, Account.NODE) else []
    probe = system_probe.sockets(writable=False) if Feature.NETWORK in features else []
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
            *files,
            *scratch(),
            *run,
            *probe,
            *host_mounts("agent", features),
        ],
    }


def trace_agent(spec: AgentSpec, features: frozenset[Feature], node: NodeSize) -> Manifest:
    """Takes traces in."""
    own = env(
        DD_APM_ENABLED=True,
        DD_APM_NON_LOCAL_TRAFFIC=True,
        DD_APM_RECEIVER_PORT=TRACE_PORT,
        DD_APM_RECEIVER_SOCKET=TRACE_SOCKET,
        # Errors are taken in although a tracer's own rules leave their trace out: docs/traces.md.
        DD_APM_FEATURES="error_rare_sample_tracer_drop",
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
            *scratch(),
            *host_mounts("trace-agent", features),
        ],
    }


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
        if spec.masks:
            found += env(DD_LOGS_CONFIG_PROCESSING_RULES=json.dumps([_mask(one) for one in spec.masks]))
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
        found += system_probe.ipc()
    return found


def _ports(spec: AgentSpec, features: frozenset[Feature]) -> list[Manifest]:
    ports: list[Manifest] = []
    if Feature.DOGSTATSD in features:
        ports.append({"name": "dogstatsd", "containerPort": DOGSTATSD_PORT, "protocol": "UDP"})
    if Feature.OTLP in features:
        ports.append({"name": "otlp-grpc", "containerPort": spec.otlp.grpc, "protocol": "TCP"})
        ports.append({"name": "otlp-http", "containerPort": spec.otlp.http, "protocol": "TCP"})
    return ports


def _mask(mask: LogMask) -> dict[str, str]:
    """A rule for all containers (https://docs.datadoghq.com/agent/logs/advanced_log_collection/#global-processing-rules)."""
    return {
        "type": "mask_sequences",
        "name": mask.name,
        "pattern": mask.pattern,
        "replace_placeholder": mask.replacement,
    }
