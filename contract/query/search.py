"""The tree of searches over logs, events, spans and their kin (Datadog's "Log Search Syntax")."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from contract.query.tree import And, Everything, Not, Or, TemplateVariable, offset


@dataclass(frozen=True, slots=True)
class Term:
    """A word, kept as written: wildcards (`*`, `?`) and backslashes are part of it."""

    text: str
    position: int = offset()


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in double quotes, without the quotes."""

    text: str
    position: int = offset()


@dataclass(frozen=True, slots=True)
class Limit:
    """A numeric condition: `>=40`."""

    operator: str
    value: str
    position: int = offset()


@dataclass(frozen=True, slots=True)
class Range:
    """A numeric range, `[1 TO 5]` with its ends or `{1 TO 5}` without."""

    low: str
    high: str
    inclusive: bool
    position: int = offset()


@dataclass(frozen=True, slots=True)
class Attribute:
    """A tag or attribute and what it must match: `service:api`, `@http.status_code:>=500`, `@a:(x OR y)`."""

    name: str
    value: Search | Limit | Range
    position: int = offset()


@dataclass(frozen=True, slots=True)
class Network:
    """An address attribute within one of several networks: `CIDR(@network.client.ip, 13.0.0.0/8)`."""

    attribute: str
    blocks: tuple[str, ...]
    position: int = offset()


Search: TypeAlias = Everything | TemplateVariable | Term | Phrase | Attribute | Network | And | Or | Not
