"""The container images we run, pinned."""

AGENT = "registry.datadoghq.com/agent:7.81.1"
"""The node agent."""
