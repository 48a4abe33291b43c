"""The versions of the container images we run, unless a stack's settings name others."""

AGENT_VERSION = "7.81.1"
"""Of the node agents and the runners."""
CLUSTER_AGENT_VERSION = "7.81.1"

PSQL = "docker.io/library/postgres:17.6-alpine3.22"
"""PostgreSQL's client, for the job that makes the monitoring user."""
