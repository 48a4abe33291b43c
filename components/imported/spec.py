"""What was made on Datadog's pages, as its API shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportedMonitor:
    """A monitor with everything it had, tags and handles included."""

    key: str
    """Logical name."""
    stack: str
    """The one stack that owns it."""
    name: str
    type: str
    """As in the API, such as `query alert`."""
    query: str
    message: str
    tags: tuple[str, ...] = ()
    priority: int | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    """As in the API."""
    assets: tuple[Mapping[str, Any], ...] = ()
    """Runbooks, as in the API."""
    blind_because: str = ""
    """Why it is kept although its query selects nothing that we know of; empty: it selects something."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportedDashboard:
    """A dashboard with everything that was on it."""

    key: str
    stack: str
    body: Mapping[str, Any]
    """As in the API, without what the server adds."""
    blind_because: str = ""
    """As for a monitor."""


Entry: TypeAlias = ImportedMonitor | ImportedDashboard


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportedSpec:
    """Everything imported into one stack."""

    entries: tuple[Entry, ...]

    @property
    def keys(self) -> frozenset[str]:
        """The logical names of all entries."""
        return frozenset(one.key for one in self.entries)
