"""What the node agents are, in our words."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import SecretStr

from infra.naming import Environment


@dataclass(frozen=True, kw_only=True, slots=True)
class Resources:
    """What a container may use: CPU in millicores, memory in MiB. The limit of memory is its request."""

    cpu_request: int
    cpu_limit: int
    memory: int


@dataclass(frozen=True, kw_only=True, slots=True)
class AgentSpec:
    """One agent per node: infrastructure metrics, DogStatsD and traces over sockets, container logs."""

    environment: Environment
    cluster_name: str
    namespace: str
    site: str
    api_key: SecretStr
    image: str
    agent: Resources
    trace_agent: Resources
