"""The one seeded source of everything the cloud makes up."""

from __future__ import annotations

import hashlib
import string
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

EPOCH = datetime(2025, 1, 1, tzinfo=UTC)
"""Vendor timestamps start here and advance a second for each creation, so that two runs can be compared."""


@dataclass(frozen=True)
class Making:
    """One object being made or rebuilt: from the same seed and sequence number come the same values."""

    seed: int
    sequence: int
    token: str
    name: str
    previous: Mapping[str, Any] | None = None
    """Its properties before this update; None at creation."""

    def _digest(self, purpose: str) -> bytes:
        return hashlib.sha256(f"{self.seed}/{self.sequence}/{self.token}/{purpose}".encode()).digest()

    def hex(self, purpose: str, length: int = 32) -> str:
        """Hexadecimal digits (at most 64)."""
        return self._digest(purpose).hex()[:length]

    def shared(self, purpose: str, low: int, high: int) -> int:
        """A whole number that depends on the seed and the purpose alone, so that two objects can agree on it."""
        return low + int.from_bytes(hashlib.sha256(f"{self.seed}/{purpose}".encode()).digest()[:8]) % (high - low)

    def letters(self, purpose: str, length: int) -> str:
        """Lower-case letters and digits (at most 32)."""
        alphabet = string.ascii_lowercase + string.digits
        return "".join(alphabet[byte % len(alphabet)] for byte in self._digest(purpose)[:length])

    def number(self, purpose: str, low: int, high: int) -> int:
        """A whole number from `low` up to, not including, `high`."""
        return low + int.from_bytes(self._digest(purpose)[:8]) % (high - low)

    def uuid(self, purpose: str) -> str:
        """A UUID."""
        return str(uuid.UUID(bytes=self._digest(purpose)[:16], version=4))

    def time(self) -> str:
        """When the vendor says the object was made: ISO 8601, UTC."""
        return (EPOCH + timedelta(seconds=self.sequence)).isoformat().replace("+00:00", "Z")
