"""What the node agents are, in our words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import SecretStr

from infra.naming import Environment


@dataclass(frozen=True, kw_only=True, slots=True)
class Resources:
    """What a container may use: CPU in millicores, memory in MiB. The limit of memory is its request."""

    cpu_request: int
    cpu_limit: int
    memory: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SecretKey:
    """One key of a Kubernetes Secret that a check reads."""

    namespace: str
    name: str
    key: str

    @property
    def handle(self) -> str:
        """What stands in a check's configuration for the value (https://docs.datadoghq.com/agent/configuration/secrets-management/)."""
        return f"ENC[k8s_secret@{self.namespace}/{self.name}/{self.key}]"


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckConfig:
    """The configuration of one agent check: a file of `conf.d/<check>.d`."""

    check: str
    """The check's name, such as `postgres`."""
    instances: tuple[Mapping[str, Any], ...]
    init_config: Mapping[str, Any] = field(default_factory=dict[str, Any])
    cluster_check: bool = False
    """Whether it runs once in the cluster, handed out by the cluster agent, rather than on every node."""
    secrets: tuple[SecretKey, ...] = ()
    """What its instances name by `SecretKey.handle`: whoever runs the check may read these, and nothing else."""


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
