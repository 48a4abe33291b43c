"""The cluster agent: what belongs to the cluster rather than to a node."""

from __future__ import annotations

import json

from components.agent import sizing
from components.agent.features import Feature
from components.agent.manifests import config_maps, environment, secrets
from components.agent.manifests.deployments import deployment
from components.agent.manifests.environment import CONFIG
from components.agent.manifests.node_containers import DOGSTATSD_SOCKET, TRACE_SOCKET
from components.agent.manifests.parts import (
    env,
    env_field,
    health_probes,
    mount,
)
from components.agent.permissions.accounts import Account
from components.agent.permissions.host import SOCKETS
from components.agent.permissions.of_cluster_agent import EVENT_TOKEN, LEADER_LEASE, WEBHOOK, WEBHOOK_CERTIFICATE
from components.agent.spec import AgentSpec
from components.manifests import RESTRICTED, Manifest, checksum

AGENT_PORT, METRICS_PORT, WEBHOOK_PORT, EXTERNAL_METRICS_PORT = 5005, 5000, 8000, 8443
HEALTH_PORT = 5556
ADMISSION_SERVICE = f"{Account.CLUSTER}-admission"
_CERTIFICATE = "/etc/datadog-agent-certificate"
_USER = 101
"""Nobody in particular."""


def cluster_agents(spec: AgentSpec) -> dict[str, Manifest]:
    """Its Deployment by logical name; empty when it is off."""
    if Feature.CLUSTER_AGENT not in spec.features:
        return {}
    files = config_maps.cluster_checks(spec)
    sources = {"checks": config_maps.source(config_maps.CLUSTER_CHECKS, files)}
    if spec.metrics_serving.certificate:
        sources["certificate"] = {"secret": {"secretName": spec.metrics_serving.certificate.name}}
    found = deployment(
        spec,
        Account.CLUSTER,
        image=spec.images.cluster_agent,
        replicas=spec.placement.cluster_agent_replicas,
        user=_USER,
        before=[_prepare(spec)],
        container=_cluster_agent(spec),
        sources=sources,
        annotations={**checksum(files), **_watched_by_the_node_agent()},
    )
    return {Account.CLUSTER.value: found}


def _watched_by_the_node_agent() -> dict[str, str]:
    # Its own metrics: datadog.cluster_agent.*. Said here, because the agent's own rule goes by the image's name, which
    # a mirror may change.
    checks = {"datadog_cluster_agent": {"instances": [{"prometheus_url": f"http://%%host%%:{METRICS_PORT}/metrics"}]}}
    return {"ad.datadoghq.com/cluster-agent.checks": json.dumps(checks)}


def _prepare(spec: AgentSpec) -> Manifest:
    return {
        "name": "init-volume",
        "image": spec.images.cluster_agent,
        "command": ["cp", "-r", CONFIG, "/opt"],
        "resources": sizing.INIT.manifest(),
        "securityContext": RESTRICTED,
        "volumeMounts": [mount("config", "/opt/datadog-agent", writable=True)],
    }


def _cluster_agent(spec: AgentSpec) -> Manifest:
    checks = [mount("checks", "/conf.d")] if config_maps.cluster_checks(spec) else []
    certified = Feature.EXTERNAL_METRICS in spec.features and spec.metrics_serving.certificate
    certificate = [mount("certificate", _CERTIFICATE)] if certified else []
    return {
        "name": "cluster-agent",
        "image": spec.images.cluster_agent,
        "env": _env(spec),
        "ports": _ports(spec),
        **health_probes(HEALTH_PORT),
        "resources": sizing.cluster_agent_resources(spec.features, spec.placement).manifest(),
        "securityContext": RESTRICTED,
        "volumeMounts": [
            mount("config", CONFIG, writable=True),
            mount("run", "/opt/datadog-agent/run", writable=True),
            mount("logs", "/var/log/datadog", writable=True),
            mount("tmp", "/tmp", writable=True),  # noqa: S108 (the container's own)
            *checks,
            *certificate,
        ],
    }


def _env(spec: AgentSpec) -> list[Manifest]:
    on = spec.features.__contains__
    found = [
        *environment.common(spec),
        *environment.tagging(spec),
        env_field("DD_POD_NAME", "metadata.name"),
        env_field("DD_CLUSTER_AGENT_SERVICE_ACCOUNT_NAME", "spec.serviceAccountName"),
        secrets.token(spec),
        *env(
            DD_CLUSTER_AGENT_KUBERNETES_SERVICE_NAME=Account.CLUSTER.value,
            DD_KUBE_RESOURCES_NAMESPACE=spec.namespace,
            DD_HEALTH_PORT=HEALTH_PORT,
            DD_LEADER_ELECTION=True,
            DD_LEADER_ELECTION_DEFAULT_RESOURCE="lease",
            DD_LEADER_LEASE_NAME=LEADER_LEASE,
            DD_COLLECT_KUBERNETES_EVENTS=on(Feature.EVENTS),
            DD_CLUSTER_CHECKS_ENABLED=on(Feature.CLUSTER_CHECKS),
            DD_ORCHESTRATOR_EXPLORER_ENABLED=on(Feature.ORCHESTRATOR),
            DD_ADMISSION_CONTROLLER_ENABLED=on(Feature.ADMISSION),
            DD_EXTERNAL_METRICS_PROVIDER_ENABLED=on(Feature.EXTERNAL_METRICS),
        ),
    ]
    if on(Feature.EVENTS):
        found += env(DD_CLUSTER_AGENT_TOKEN_NAME=EVENT_TOKEN)
    if on(Feature.ORCHESTRATOR):
        found += env(DD_ORCHESTRATOR_EXPLORER_CONTAINER_SCRUBBING_ENABLED=True)
    if on(Feature.CLUSTER_CHECKS):
        found += env(
            DD_EXTRA_CONFIG_PROVIDERS="kube_endpoints kube_services",
            DD_EXTRA_LISTENERS="kube_endpoints kube_services",
            # These belong to no host, whose tags they would otherwise get.
            DD_CLUSTER_CHECKS_EXTRA_TAGS=f"env:{spec.environment}",
            DD_CLUSTER_CHECKS_ADVANCED_DISPATCHING_ENABLED=on(Feature.RUNNERS),
        )
        if on(Feature.PROMETHEUS):
            found += env(DD_PROMETHEUS_SCRAPE_ENABLED=True, DD_PROMETHEUS_SCRAPE_SERVICE_ENDPOINTS=True)
    if spec.secret_backend:
        # Handles in checks go to whoever runs them; the cluster agent reads those of its own settings only.
        found += [*environment.secret_backend(spec, needed=False), *env(DD_SECRET_BACKEND_SKIP_CHECKS=True)]
    return [*found, *_admission(spec), *_external_metrics(spec)]


def _admission(spec: AgentSpec) -> list[Manifest]:
    if Feature.ADMISSION not in spec.features:
        return []
    own = env(
        DD_ADMISSION_CONTROLLER_WEBHOOK_NAME=WEBHOOK,
        DD_ADMISSION_CONTROLLER_SERVICE_NAME=ADMISSION_SERVICE,
        DD_ADMISSION_CONTROLLER_PORT=WEBHOOK_PORT,
        DD_ADMISSION_CONTROLLER_CERTIFICATE_SECRET_NAME=WEBHOOK_CERTIFICATE,
        # Pods start without us rather than not at all.
        DD_ADMISSION_CONTROLLER_FAILURE_POLICY="Ignore",
        DD_ADMISSION_CONTROLLER_MUTATION_ENABLED=True,
        DD_ADMISSION_CONTROLLER_MUTATE_UNLABELLED=False,
        DD_ADMISSION_CONTROLLER_VALIDATION_ENABLED=False,
        # Our services bring their tracer with them.
        DD_ADMISSION_CONTROLLER_AUTO_INSTRUMENTATION_ENABLED=False,
        DD_ADMISSION_CONTROLLER_INJECT_CONFIG_MODE=spec.injection,
    )
    if spec.injection == "service":
        return [*own, *env(DD_ADMISSION_CONTROLLER_INJECT_CONFIG_LOCAL_SERVICE_NAME=Account.NODE.value)]
    if Feature.APM in spec.features:
        own += env(DD_TRACE_AGENT_HOST_SOCKET_PATH=SOCKETS, DD_APM_RECEIVER_SOCKET=TRACE_SOCKET)
    if Feature.DOGSTATSD in spec.features:
        own += env(DD_DOGSTATSD_HOST_SOCKET_PATH=SOCKETS, DD_DOGSTATSD_SOCKET=DOGSTATSD_SOCKET)
    return own


def _external_metrics(spec: AgentSpec) -> list[Manifest]:
    if Feature.EXTERNAL_METRICS not in spec.features:
        return []
    found = [
        secrets.app_key(spec),
        *env(DD_EXTERNAL_METRICS_PROVIDER_PORT=EXTERNAL_METRICS_PORT, DD_EXTERNAL_METRICS_AGGREGATOR="avg"),
    ]
    if spec.metrics_serving.certificate:
        # Options of the Kubernetes API server library that the metrics server is built with.
        files = {"tls-cert-file": f"{_CERTIFICATE}/tls.crt", "tls-private-key-file": f"{_CERTIFICATE}/tls.key"}
        found += env(DD_EXTERNAL_METRICS_PROVIDER_CONFIG=json.dumps(files))
    return found


def _ports(spec: AgentSpec) -> list[Manifest]:
    ports = [("agent", AGENT_PORT), ("metrics", METRICS_PORT)]
    if Feature.ADMISSION in spec.features:
        ports.append(("webhook", WEBHOOK_PORT))
    if Feature.EXTERNAL_METRICS in spec.features:
        ports.append(("metrics-api", EXTERNAL_METRICS_PORT))
    return [{"name": name, "containerPort": port, "protocol": "TCP"} for name, port in ports]
