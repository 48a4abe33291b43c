"""Every container says what it needs, and cannot take more than that."""

from __future__ import annotations

from collections.abc import Iterator

from policy.rules.model import Resource, Rule, Settings, part
from policy.rules.workloads import containers, pod_of

WANTED = (("requests", "cpu"), ("requests", "memory"), ("limits", "cpu"), ("limits", "memory"))


def check(resource: Resource, _: Settings) -> Iterator[str]:
    """Containers without a request or a limit."""
    for container in containers(*found) if (found := pod_of(resource)) else ():
        missing = [
            f"{kind}.{what}" for kind, what in WANTED if part(container.body, "resources", kind, what) in (None, "")
        ]
        if missing:
            yield f"{container.where}.resources: {', '.join(missing)} not set; say what it needs and may take at most"


RULE = Rule(
    name="containers-limited",
    summary="Every container requests and limits CPU and memory, so that watching a node cannot take it down.",
    remedy="Set `resources.requests` and `resources.limits`, each with `cpu` and `memory`.",
    check=check,
)
