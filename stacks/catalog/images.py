"""The versions of the container images we run, unless a stack's settings name others."""

AGENT_VERSION = "7.81.1"
"""Of the node agents and the runners."""
CLUSTER_AGENT_VERSION = "7.81.1"

PSQL = "docker.io/library/postgres:17.6-alpine3.22"
"""PostgreSQL's client, for the job that makes the monitoring user."""

PROMETHEUS_VERSION = "v3.5.0"
"""A line with long-term support: https://prometheus.io/docs/introduction/release-cycle/"""
GRAFANA_VERSION = "12.3.0"


def image(registry: str, name: str, version: str) -> str:
    """An image by its tag, or by a digest where the version is one."""
    return f"{registry}/{name}{'@' if version.startswith('sha256:') else ':'}{version}"
