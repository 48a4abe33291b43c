"""One rule of a role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from components.agent.features import Feature, needed
from components.agent.permissions.accounts import Account

READ = ("get", "list", "watch")
SCAN = ("list", "watch")


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One rule of a role."""

    account: Account
    verbs: tuple[str, ...]
    group: str = ""
    resources: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """The only objects it concerns; empty for all."""
    urls: tuple[str, ...] = ()
    """Paths that are no resources; in place of these."""
    namespaced: bool = False
    """Whether it concerns the agents' namespace only."""
    features: frozenset[Feature] = frozenset()
    """It is given while one of them is on; empty for always."""
    before: int | None = None
    """Given below this minor version of Kubernetes only."""
    since: int = 0
    """Given from this minor version of Kubernetes on."""
    why: str

    def given(self, features: frozenset[Feature], minor_version: int) -> bool:
        """Whether the role has it."""
        in_version = self.since <= minor_version < (self.before or minor_version + 1)
        return in_version and needed(self.features, features)

    def manifest(self) -> dict[str, Any]:
        """As it stands in a role."""
        if self.urls:
            return {"nonResourceURLs": list(self.urls), "verbs": list(self.verbs)}
        names = {"resourceNames": list(self.names)} if self.names else {}
        return {"apiGroups": [self.group], "resources": list(self.resources), **names, "verbs": list(self.verbs)}
