"""The rows of the cloud as frozen records."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict, dataclass
from typing import Any, Literal

OperationName = Literal["create", "read", "update", "delete"]
FaultKind = Literal["fail", "rate-limit", "slow"]
When = Literal["before", "after"]


@dataclass(frozen=True)
class CloudObject:
    """One object: `inputs` is what was asked for, `properties` what the vendor answers, with fingerprints for secrets.

    `sequence` counts creations from 1 and is never used again; `created` and `updated` are UTC in ISO 8601.
    """

    sequence: int
    provider: str
    type: str
    id: str
    urn: str
    inputs: dict[str, Any]
    properties: dict[str, Any]
    created: str
    updated: str

    @property
    def name(self) -> str:
        """The logical name the program gave it, or its id when it was not made by a program."""
        return self.urn.rsplit("::", 1)[-1] or self.id

    def as_json(self) -> dict[str, Any]:
        """Everything, for the page and the command line."""
        return {**asdict(self), "name": self.name}

    @staticmethod
    def of(row: sqlite3.Row) -> CloudObject:
        """From a row of `objects`."""
        return CloudObject(
            sequence=row["sequence"],
            provider=row["provider"],
            type=row["type"],
            id=row["id"],
            urn=row["urn"],
            inputs=json.loads(row["inputs"]),
            properties=json.loads(row["properties"]),
            created=row["created"],
            updated=row["updated"],
        )


@dataclass(frozen=True)
class Operation:
    """One line of the operations log. `outcome` is "ok", or why it was refused or failed."""

    sequence: int
    time: str
    operation: OperationName
    provider: str
    type: str
    id: str
    urn: str
    outcome: str


@dataclass(frozen=True)
class Fault:
    """A failure that was asked for and has not happened yet.

    `remaining`: for "fail" and "slow" the operation that many from now is hit, for "rate-limit" that many are refused.
    `operation` is empty for "any". `delay` is in seconds.
    """

    sequence: int
    kind: FaultKind
    operation: str
    remaining: int
    delay: float
    when: When
    message: str
