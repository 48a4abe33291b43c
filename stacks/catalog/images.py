"""The container images we run, pinned."""

AGENT = "registry.datadoghq.com/agent:7.81.1"
"""The node agent."""

PSQL = "docker.io/library/postgres:17.6-alpine3.22"
"""PostgreSQL's client, for the job that makes the monitoring user."""
