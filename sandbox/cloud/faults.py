"""Failing on purpose: which operation is hit, and how."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field

from sandbox.cloud.errors import InjectedFault
from sandbox.cloud.records import Fault, FaultKind, OperationName, When
from sandbox.cloud.store import Store


@dataclass(frozen=True)
class Verdict:
    """What happens to one operation: seconds to wait before and after the commit, and the failures then raised."""

    delays: dict[When, float] = field(default_factory=dict)
    failures: dict[When, InjectedFault] = field(default_factory=dict)


class Faults:
    """The faults asked for, counted down by the operations that pass."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(
        self,
        kind: FaultKind,
        operation: OperationName | None = None,
        count: int = 1,
        *,
        delay: float = 0.0,
        when: When = "before",
        message: str = "",
    ) -> None:
        """Ask for a fault: see `Fault` for what `count` means for each kind."""
        with self._store.writing() as connection:
            connection.execute(
                'insert into faults (kind, operation, remaining, delay, "when", message) values (?, ?, ?, ?, ?, ?)',
                (kind, operation or "", count, delay, when, message),
            )

    def list(self) -> list[Fault]:
        """Faults that have not happened yet."""
        with self._store.reading() as connection:
            return [Fault(**dict(row)) for row in connection.execute("select * from faults order by sequence")]

    def clear(self) -> int:
        """Forget them all; returns how many there were."""
        with self._store.writing() as connection:
            return connection.execute("delete from faults").rowcount

    def count_down(self, connection: sqlite3.Connection, operation: OperationName) -> Verdict:
        """Let one operation pass the faults: each that concerns it is counted down, and hits when its turn has come."""
        verdict = Verdict()
        rows = connection.execute("select * from faults where operation in ('', ?) order by sequence", (operation,))
        for fault in [Fault(**dict(row)) for row in rows]:
            connection.execute("update faults set remaining = remaining - 1 where sequence = ?", (fault.sequence,))
            if fault.kind == "rate-limit":
                verdict.failures["before"] = InjectedFault("rate-limit", fault.message)
            elif fault.remaining == 1 and fault.kind == "fail":
                verdict.failures[fault.when] = InjectedFault("fail", fault.message)
            elif fault.remaining == 1:
                verdict.delays[fault.when] = fault.delay
        connection.execute("delete from faults where remaining <= 0")
        return verdict
