"""Names, tags and vocabularies: the words that specs, tags, routing and policy share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum, unique

PROJECT = "genonaut-monitoring"

# A Kubernetes label value and the strictest of the names made from a logical name (RFC 1123 label).
_LOGICAL_NAME = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


@unique
class Environment(StrEnum):
    """Where Genonaut runs; the value of the `env` tag."""

    PRODUCTION = "production"
    STAGING = "staging"
    SANDBOX = "sandbox"


@unique
class Tier(StrEnum):
    """How urgent an alert is; the value of the `tier` tag, which routing goes by."""

    CRITICAL = "critical"
    WARNING = "warning"
    BUSINESS = "business"


@unique
class Team(StrEnum):
    """Who owns a service and its alerts; the value of the `team` tag."""

    BACKEND = "genonaut-backend"
    FRONTEND = "genonaut-frontend"
    PLATFORM = "genonaut-platform"
    PRODUCT = "genonaut-product"


@dataclass(frozen=True, slots=True)
class Mark:
    """What says that an object in somebody's cloud belongs to one stack of this project.

    Recovery finds objects by it (`make recover`), so it stands on everything that can carry it: as tags in Datadog,
    as labels in Kubernetes, and as the stack's name in the names of objects that carry neither.
    """

    stack: str

    def tags(self, logical_name: str) -> list[str]:
        """Datadog tags of the object with this logical name."""
        return [f"{key}:{value}" for key, value in self._values(logical_name).items()]

    def labels(self, logical_name: str) -> dict[str, str]:
        """Kubernetes labels of the object with this logical name."""
        values = {f"monitoring.genonaut.io/{key.removeprefix('pulumi_')}": value
                  for key, value in self._values(logical_name).items() if key != "managed_by"}
        return {"app.kubernetes.io/managed-by": "pulumi", **values}

    def sentence(self, logical_name: str) -> str:
        """For objects that carry a description but no tags."""
        return f"Managed by Pulumi: {PROJECT}/{self.stack}/{logical_name}"

    def _values(self, logical_name: str) -> dict[str, str]:
        return {
            "managed_by": "pulumi",
            "pulumi_project": PROJECT,
            "pulumi_stack": self.stack,
            "pulumi_name": logical_name,
        }


def is_logical_name(name: str) -> bool:
    """Whether a catalog key can be a Pulumi logical name here: lower case letters, digits and hyphens, at most 63."""
    return _LOGICAL_NAME.fullmatch(name) is not None
