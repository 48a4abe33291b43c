"""The versions of the container images we run, unless a stack's settings name others."""

AGENT_VERSION = "7.81.1"
"""Of the node agents and the runners."""
CLUSTER_AGENT_VERSION = "7.81.1"
