"""What the provider can do with one kind of thing."""

from __future__ import annotations

from typing import Any, Protocol

from sentry_alerts.client import Client

Values = dict[str, Any]
"""Inputs as the engine hands them over: plain, by their camel-case names."""


class Kind(Protocol):
    """One resource type. Ids are `ORGANIZATION/NUMBER`, for settings `ORGANIZATION/PROJECT`."""

    immutable: frozenset[str]
    """Inputs that cannot be changed: another value makes another object."""

    def create(self, client: Client, values: Values) -> str:
        """Make it; returns its id."""

    def read(self, client: Client, id_: str, known: Values) -> Values | None:
        """Its inputs as they are now, or None when it is gone; `known` are the ones of the state."""

    def update(self, client: Client, id_: str, values: Values) -> None:
        """Make it what the values say."""

    def delete(self, client: Client, id_: str) -> None:
        """Remove it; no error when it is gone."""
