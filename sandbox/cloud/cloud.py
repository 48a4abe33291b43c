"""Create, read, update and delete objects, each with its line in the operations log and its faults."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sandbox.cloud.errors import AlreadyExists, CloudError, NotFound
from sandbox.cloud.faults import Faults, Verdict
from sandbox.cloud.records import CloudObject, Operation, OperationName, When
from sandbox.cloud.store import Store, now

Properties = dict[str, Any]
Build = Callable[[int], tuple[str, Properties]]
"""From an object's creation sequence number to its id and its properties."""
Edit = Callable[[CloudObject], tuple[Properties, Properties]]
"""From an object to its new inputs and properties."""


class Cloud:
    """All objects of one sandbox. As at the vendors, a create always makes a new one, except where names are unique."""

    def __init__(self, database: Path, seed: int = 1) -> None:
        self.store = Store(database, seed)
        self.faults = Faults(self.store)
        self.seed = int(self.store.setting("seed"))
        self.key = bytes.fromhex(self.store.setting("key"))

    def create(
        self, token: str, urn: str, inputs: Properties, build: Build, unique_key: str | None = None
    ) -> CloudObject:
        """Make an object. Raises `AlreadyExists` when `unique_key` is taken, `InjectedFault` when asked to fail."""

        def commit(connection: sqlite3.Connection) -> CloudObject:
            try:
                sequence = connection.execute(
                    "insert into objects (provider, type, id, urn, unique_key, inputs, properties, created, updated)"
                    " values (?, ?, '', ?, ?, ?, '', ?, ?) returning sequence",
                    (_provider(token), token, urn, unique_key, json.dumps(inputs), now(), now()),
                ).fetchone()[0]
            except sqlite3.IntegrityError as error:
                raise AlreadyExists(unique_key or token) from error
            id_, properties = build(sequence)
            connection.execute(
                "update objects set id = ?, properties = ? where sequence = ?", (id_, json.dumps(properties), sequence)
            )
            return _find(connection, token, id_)

        return self._run("create", token, urn, commit)

    def update(self, token: str, id_: str, urn: str, edit: Edit) -> CloudObject:
        """Change an object. Raises `NotFound`, `InjectedFault`."""

        def commit(connection: sqlite3.Connection) -> CloudObject:
            return _write(connection, _find(connection, token, id_), edit)

        return self._run("update", token, urn, commit, id_)

    def delete(
        self, token: str, id_: str, urn: str = "", also: Callable[[CloudObject], bool] = lambda _: False
    ) -> None:
        """Remove an object, and the others for which `also` holds. Raises `NotFound`, `InjectedFault`."""

        def commit(connection: sqlite3.Connection) -> CloudObject:
            gone = _find(connection, token, id_)
            others = [
                CloudObject.of(row) for row in connection.execute("select * from objects") if also(CloudObject.of(row))
            ]
            for each in (gone, *others):
                connection.execute("delete from objects where sequence = ?", (each.sequence,))
            return gone

        self._run("delete", token, urn, commit, id_)

    def read(self, token: str, id_: str, urn: str = "") -> CloudObject | None:
        """An object as the vendor shows it, or None; the read is logged."""
        found = self.find(token, id_)
        with self.store.writing() as connection:
            _log(connection, "read", token, id_, urn=urn, outcome="ok" if found else "not found")
        return found

    def find(self, token: str, id_: str) -> CloudObject | None:
        """An object without a trace in the log."""
        with self.store.reading() as connection:
            row = connection.execute("select * from objects where type = ? and id = ?", (token, id_)).fetchone()
        return CloudObject.of(row) if row else None

    def objects(self, token: str | None = None) -> list[CloudObject]:
        """All objects, or those of one type, in the order of their creation."""
        query, args = ("select * from objects where type = ? order by sequence", (token,)) if token else (
            "select * from objects order by sequence", ())  # fmt: skip
        with self.store.reading() as connection:
            return [CloudObject.of(row) for row in connection.execute(query, args)]

    def operations(self) -> list[Operation]:
        """The whole log, oldest first."""
        with self.store.reading() as connection:
            return [Operation(**dict(row)) for row in connection.execute("select * from operations order by sequence")]

    def edit_outside(self, token: str, id_: str, edit: Edit) -> CloudObject:
        """Change an object as somebody would by hand: no fault, no line in the log. Raises `NotFound`."""
        with self.store.writing() as connection:
            return _write(connection, _find(connection, token, id_), edit)

    def remove_outside(self, token: str, id_: str) -> None:
        """Remove an object as somebody would by hand. Raises `NotFound`."""
        with self.store.writing() as connection:
            sequence = _find(connection, token, id_).sequence
            connection.execute("delete from objects where sequence = ?", (sequence,))

    def reset(self) -> None:
        """Empty the cloud: objects, log, faults; creation counts from 1 again."""
        with self.store.writing() as connection:
            for table in ("objects", "operations", "faults", "sqlite_sequence"):
                connection.execute(f"delete from {table}")  # noqa: S608 -- fixed names

    def log_refusal(self, operation: OperationName, token: str, id_: str, urn: str, reason: str) -> None:
        """Put an operation in the log that was refused before it reached the cloud."""
        with self.store.writing() as connection:
            _log(connection, operation, token, id_, urn=urn, outcome=reason)

    def _run(
        self,
        operation: OperationName,
        token: str,
        urn: str,
        commit: Callable[[sqlite3.Connection], CloudObject],
        id_: str = "",
    ) -> CloudObject:
        with self.store.writing() as connection:
            verdict = self.faults.count_down(connection, operation)
        try:
            with _hit(verdict, "before"), self.store.writing() as connection:
                done = commit(connection)
                _log(connection, operation, token, done.id, urn=urn, outcome="ok")
        except CloudError as error:
            self.log_refusal(operation, token, id_, urn, f"{type(error).__name__}: {error}")
            raise
        with _hit(verdict, "after"):
            return done


@contextmanager
def _hit(verdict: Verdict, when: When) -> Iterator[None]:
    time.sleep(verdict.delays.get(when, 0.0))
    if when in verdict.failures:
        raise verdict.failures[when]
    yield


def _find(connection: sqlite3.Connection, token: str, id_: str) -> CloudObject:
    row = connection.execute("select * from objects where type = ? and id = ?", (token, id_)).fetchone()
    if row is None:
        raise NotFound(f"{token} {id_}")
    return CloudObject.of(row)


def _write(connection: sqlite3.Connection, found: CloudObject, edit: Edit) -> CloudObject:
    inputs, properties = edit(found)
    connection.execute(
        "update objects set inputs = ?, properties = ?, updated = ? where sequence = ?",
        (json.dumps(inputs), json.dumps(properties), now(), found.sequence),
    )
    return _find(connection, found.type, found.id)


def _log(connection: sqlite3.Connection, operation: str, token: str, id_: str, *, urn: str, outcome: str) -> None:
    connection.execute(
        "insert into operations (time, operation, provider, type, id, urn, outcome) values (?, ?, ?, ?, ?, ?, ?)",
        (now(), operation, _provider(token), token, id_, urn, outcome),
    )


def _provider(token: str) -> str:
    return token.split(":", 1)[0]
