"""Secrets never reach the disk: what is kept of one is a keyed fingerprint."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from sandbox.wire import Secret, plain, walk

FINGERPRINT = "$fingerprint"
MASK = "•••••••• (secret)"
CHANGED = "[changed outside of the program]"
"""Stands for a secret that is no longer the one the engine knows; what it is now cannot be told."""


class Vault:
    """Turns secrets into fingerprints with one cloud's key, and back where the reader knows the secret already."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def fingerprint(self, value: Any) -> dict[str, str]:
        """What is kept of a secret scalar: HMAC-SHA256 of its JSON form."""
        text = json.dumps(value, sort_keys=True).encode()
        return {FINGERPRINT: hmac.new(self._key, text, hashlib.sha256).hexdigest()}

    def conceal(self, value: Any) -> Any:
        """A copy fit for the disk: every leaf of a secret value becomes its fingerprint."""

        def hide(leaf: Any) -> Any:
            return walk(plain(leaf.value), self._conceal_scalar) if isinstance(leaf, Secret) else leaf

        return walk(value, hide)

    def _conceal_scalar(self, value: Any) -> Any:
        return value if value is None else self.fingerprint(value)

    def reveal(self, stored: Any, *known: Any) -> Any:
        """A stored value with each fingerprint opened by the first `known` value that has the secret at its place."""
        if is_fingerprint(stored):
            for candidate in (plain(each) for each in known):
                if candidate is not None and self.fingerprint(candidate) == stored:
                    return Secret(candidate)
            return Secret(CHANGED)
        if isinstance(stored, Mapping):
            return {
                name: self.reveal(value, *(_member(each, name) for each in known)) for name, value in stored.items()
            }
        if isinstance(stored, list):
            return [self.reveal(value, *(_member(each, index) for each in known)) for index, value in enumerate(stored)]
        return stored


def is_fingerprint(value: Any) -> bool:
    """Whether a stored value stands for a secret."""
    return isinstance(value, Mapping) and set(value) == {FINGERPRINT}


def _member(value: Any, key: str | int) -> Any:
    opened = value.value if isinstance(value, Secret) else value
    if isinstance(opened, Mapping):
        return opened.get(key)
    return opened[key] if isinstance(opened, list) and isinstance(key, int) and key < len(opened) else None


def masked(value: Any) -> Any:
    """A stored value as a person may see it: fingerprints become dots."""
    if is_fingerprint(value):
        return MASK
    if isinstance(value, Mapping):
        return {name: masked(each) for name, each in value.items()}
    return [masked(each) for each in value] if isinstance(value, list) else value
