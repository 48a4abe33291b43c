"""Runners: agents that run nothing but the cluster's checks, so that a slow database burdens no node agent."""

from __future__ import annotations

from components.agent import sizing
from components.agent.features import Feature
from components.agent.manifests import config_maps, environment
from components.agent.manifests.deployments import deployment
from components.agent.manifests.environment import CONFIG
from components.agent.manifests.node_containers import RUN_SETUP
from components.agent.manifests.parts import (
    env,
    env_field,
    health_probes,
    mount,
)
from components.agent.permissions.accounts import Account
from components.agent.spec import CHECK_FILES, AgentSpec
from components.manifests import RESTRICTED, Manifest, checksum

HEALTH_PORT, API_PORT = 5557, 5005
# The checks of the image itself concern a node, which is not this pod's business.
_CLEAR = f"find {CONFIG}/conf.d -name '*.yaml.default' -delete"
_USER = 100
"""The image's user dd-agent, who may run the program that reads secrets."""


def runners(spec: AgentSpec) -> dict[str, Manifest]:
    """Their Deployment by logical name; empty when they are off."""
    if Feature.RUNNERS not in spec.features:
        return {}
    files = config_maps.check_files(spec, Account.RUNNER)
    found = deployment(
        spec,
        Account.RUNNER,
        image=spec.images.agent,
        replicas=spec.placement.runner_replicas,
        user=_USER,
        before=[
            _step(spec, "init-volume", f"cp -r {CONFIG} /opt", "/opt/datadog-agent"),
            _step(spec, "init-config", f"{RUN_SETUP}; {_CLEAR}", CONFIG),
        ],
        container=_runner(spec),
        sources={"check-files": config_maps.source(config_maps.check_files_of(Account.RUNNER), files)},
        annotations=checksum(files) if files else {},
    )
    return {Account.RUNNER.value: found}


def _step(spec: AgentSpec, name: str, command: str, path: str) -> Manifest:
    return {
        "name": name,
        "image": spec.images.agent,
        "command": ["bash", "-c", command],
        "env": environment.common(spec),
        "resources": sizing.INIT.manifest(),
        "securityContext": RESTRICTED,
        "volumeMounts": [
            mount("config", path, writable=True),
            mount("logs", "/var/log/datadog", writable=True),
            mount("tmp", "/tmp", writable=True),  # noqa: S108 (the container's own)
        ],
    }


def _runner(spec: AgentSpec) -> Manifest:
    checks = spec.checks_run_by(Account.RUNNER)
    files = [mount("check-files", CHECK_FILES)] if config_maps.check_files(spec, Account.RUNNER) else []
    return {
        "name": "agent",
        "image": spec.images.agent,
        "command": ["agent", "run"],
        "env": [
            *environment.common(spec),
            *environment.cluster_agent(spec),
            *environment.secret_backend(spec, needed=any(check.secrets for check in checks)),
            env_field("DD_CLC_RUNNER_HOST", "status.podIP"),
            env_field("DD_CLC_RUNNER_ID", "metadata.name"),
            env_field("DD_HOSTNAME", "spec.nodeName"),
            *env(
                DD_CLC_RUNNER_ENABLED=True,
                DD_CLC_RUNNER_PORT=API_PORT,
                DD_EXTRA_CONFIG_PROVIDERS="clusterchecks",
                DD_HEALTH_PORT=HEALTH_PORT,
                DD_AUTH_TOKEN_FILE_PATH=f"{CONFIG}/auth/token",
                # The node agent reports the node.
                DD_ENABLE_METADATA_COLLECTION=False,
                DD_USE_DOGSTATSD=False,
                DD_APM_ENABLED=False,
                DD_LOGS_ENABLED=False,
                DD_PROCESS_CONFIG_PROCESS_COLLECTION_ENABLED=False,
                DD_PROCESS_CONFIG_CONTAINER_COLLECTION_ENABLED=False,
            ),
        ],
        "ports": [{"name": "runner", "containerPort": API_PORT, "protocol": "TCP"}],
        **health_probes(HEALTH_PORT),
        "resources": sizing.runner_resources(len(checks)).manifest(),
        "securityContext": RESTRICTED,
        "volumeMounts": [
            mount("config", CONFIG, writable=True),
            mount("auth-token", f"{CONFIG}/auth", writable=True),
            *files,
            mount("run", "/opt/datadog-agent/run", writable=True),
            mount("logs", "/var/log/datadog", writable=True),
            mount("tmp", "/tmp", writable=True),  # noqa: S108 (the container's own)
        ],
    }
