"""Names, tags and vocabularies: the words that specs, tags, routing and policy share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, unique
from typing import Any

PROJECT = "genonaut-monitoring"
LABELS = "monitoring.genonaut.io"
"""Prefix of our Kubernetes labels."""
UNIFIED_LABELS: Mapping[str, str] = {tag: f"tags.datadoghq.com/{tag}" for tag in ("env", "service", "version")}
"""Tag -> the label of workloads and pods that carries it
(https://docs.datadoghq.com/getting_started/tagging/unified_service_tagging/)."""

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


BURN_IN = "stage:burn-in"
"""The tag of alerts that are being tried: Datadog records them, and they reach nobody."""

ROLLOUT = "rollout:expected"
"""The tag of alerts that a rollout sets off by itself."""

PAGERS = ("pagerduty-", "oncall-", "opsgenie-")
"""How the handles of recipients begin that wake somebody."""


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
        values = {f"pulumi_{key}": value for key, value in self._values(logical_name).items()}
        return ["managed_by:pulumi", *(f"{key}:{value}" for key, value in values.items())]

    def labels(self, logical_name: str) -> dict[str, str]:
        """Kubernetes labels of the object with this logical name."""
        values = {f"{LABELS}/{key}": value for key, value in self._values(logical_name).items()}
        return {"app.kubernetes.io/managed-by": "pulumi", **values}

    def labelled(self, metadata: Mapping[str, Any], logical_name: str) -> dict[str, Any]:
        """The metadata of the Kubernetes object with this logical name, with our labels among its own."""
        return {**metadata, "labels": {**(metadata.get("labels") or {}), **self.labels(logical_name)}}

    def sentence(self, logical_name: str) -> str:
        """For objects that carry a description but no tags."""
        return f"{self._sentence_prefix}{logical_name}"

    def logical_name_in(self, text: str) -> str | None:
        """The logical name in a text that ends with `sentence(...)`; None where it is not of this stack."""
        _, found, logical_name = text.partition(self._sentence_prefix)
        return logical_name.strip() if found else None

    def title(self, base: str) -> str:
        """For objects that carry nothing but a name that people read."""
        return f"{base}{self.title_suffix}"

    @property
    def title_suffix(self) -> str:
        """What every `title(...)` of this stack ends with."""
        return f" [{self.stack}]"

    def path(self, leaf: str) -> str:
        """For objects that carry nothing but a name that machines read."""
        return f"{self.path_prefix}{leaf}"

    @property
    def path_prefix(self) -> str:
        """What every `path(...)` of this stack begins with."""
        return f"{PROJECT}/{self.stack}/"

    def slug(self, base: str) -> str:
        """For objects that carry nothing but a slug."""
        return f"{base}-{self.stack}"

    @property
    def tag_filter(self) -> list[str]:
        """Datadog tags that all taggable objects of this stack carry, and no others."""
        return [f"pulumi_project:{PROJECT}", f"pulumi_stack:{self.stack}"]

    @property
    def label_selector(self) -> str:
        """Selects all Kubernetes objects of this stack, and no others."""
        return f"{LABELS}/project={PROJECT},{LABELS}/stack={self.stack}"

    @property
    def _sentence_prefix(self) -> str:
        return f"Managed by Pulumi: {PROJECT}/{self.stack}/"

    def _values(self, logical_name: str) -> dict[str, str]:
        return {"project": PROJECT, "stack": self.stack, "name": logical_name}


def is_logical_name(name: str) -> bool:
    """Whether a catalog key can be a Pulumi logical name here: lower case letters, digits and hyphens, at most 63."""
    return _LOGICAL_NAME.fullmatch(name) is not None
