"""The catalog of services, in our words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique


@unique
class Kind(StrEnum):
    """What an entry is about, by Datadog's names."""

    SERVICE = "service"
    DATASTORE = "datastore"


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact:
    """How to reach whoever looks after a service."""

    name: str
    type: str
    """slack, email or another word; those two get a picture on the site."""
    contact: str
    """An address: for Slack the channel's URL."""


@dataclass(frozen=True, kw_only=True, slots=True)
class EntrySpec:
    """One thing that somebody owns."""

    key: str
    name: str
    """The value of its `service` tag."""
    kind: Kind
    type: str
    """What it is technically, such as web or redis."""
    owner: str
    """The handle of a team."""
    description: str
    importance: str
    languages: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    """Names of the entries it cannot do without."""
    runbooks: tuple[str, ...]
    """File names in docs/runbooks, without `.md`."""
    dashboards: tuple[str, ...] = ()
    """Keys of the dashboards that show it."""
    repository: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SoftwareSpec:
    """All entries of an organisation."""

    stack: str
    page_url: str
    """Where people look at Datadog, such as https://app.datadoghq.eu."""
    runbook_base_url: str
    teams: frozenset[str]
    """Handles of the teams there are."""
    dashboards: frozenset[str]
    """Keys of the dashboards there are."""
    contacts: tuple[Contact, ...]
    """Whom alerts wake."""
    entries: tuple[EntrySpec, ...]
