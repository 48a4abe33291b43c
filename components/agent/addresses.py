"""Where workloads reach the agent of their node, for those that nobody else tells."""

from __future__ import annotations

from components.agent.features import Feature
from components.agent.manifests.node_containers import DOGSTATSD_PORT, TRACE_PORT
from components.agent.permissions.accounts import Account
from components.agent.spec import AgentSpec


def addresses(spec: AgentSpec) -> dict[str, str]:
    """Environment variables of the tracer and of DogStatsD clients; none where the admission controller sets them.

    Without it no pod has the volume with the sockets, so this is the service, which answers on each node.
    """
    if Feature.ADMISSION in spec.features:
        return {}
    host = f"{Account.NODE}.{spec.namespace}.svc"
    found = {}
    if Feature.APM in spec.features:
        found["DD_TRACE_AGENT_URL"] = f"http://{host}:{TRACE_PORT}"
    if Feature.DOGSTATSD in spec.features:
        found["DD_DOGSTATSD_URL"] = f"udp://{host}:{DOGSTATSD_PORT}"
    return found
