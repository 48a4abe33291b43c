"""What several containers mount."""

from __future__ import annotations

from components.agent.features import Feature, needed
from components.agent.manifests.parts import (
    mount,
)
from components.agent.permissions.host import HOST_PATHS
from components.manifests import Manifest


def scratch() -> list[Manifest]:
    """Where any agent writes."""
    return [
        mount("logs", "/var/log/datadog", writable=True),
        mount("tmp", "/tmp", writable=True),  # noqa: S108 (the container's own)
    ]


def host_mounts(container: str, features: frozenset[Feature]) -> list[Manifest]:
    """The paths of the node that a container sees."""
    return [
        mount(one.volume, one.seen[container], writable=one.writable)
        for one in HOST_PATHS
        if container in one.seen and needed(one.features, features)
    ]
