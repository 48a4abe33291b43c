"""The SQLite file: its tables, and transactions that survive a kill."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

BUSY_TIMEOUT = 30.0
"""Seconds to wait for another process that writes."""

TABLES = """
create table if not exists objects (
    sequence integer primary key autoincrement,
    provider text not null, type text not null, id text not null, urn text not null,
    unique_key text unique, inputs text not null, properties text not null,
    created text not null, updated text not null,
    unique (type, id));
create table if not exists operations (
    sequence integer primary key autoincrement,
    time text not null, operation text not null, provider text not null, type text not null,
    id text not null, urn text not null, outcome text not null);
create table if not exists faults (
    sequence integer primary key autoincrement,
    kind text not null, operation text not null, remaining integer not null,
    delay real not null, "when" text not null, message text not null);
create table if not exists settings (key text primary key, value text not null);
"""


def now() -> str:
    """The time, UTC, ISO 8601 with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Store:
    """Opens the file anew for each transaction: safe between threads and between the server and the command line."""

    def __init__(self, path: Path, seed: int = 1) -> None:
        self.path = path
        # As long as one connection is open, closing another does not copy the write-ahead log back.
        self._open = self._connect()
        with closing(self._connect()) as connection:
            connection.execute("pragma journal_mode = wal")
            connection.executescript(TABLES)
            for key, value in (("seed", str(seed)), ("key", secrets.token_hex(32))):
                connection.execute("insert or ignore into settings values (?, ?)", (key, value))

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=BUSY_TIMEOUT, isolation_level=None, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        connection.execute("pragma synchronous = normal")
        return connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection for queries."""
        with closing(self._connect()) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that holds the write lock from its start: all of it happens, or nothing."""
        with closing(self._connect()) as connection:
            connection.execute("begin immediate")
            try:
                yield connection
            except BaseException:
                connection.execute("rollback")
                raise
            connection.execute("commit")

    def setting(self, key: str) -> str:
        """A value the cloud was made with."""
        with self.reading() as connection:
            return str(connection.execute("select value from settings where key = ?", (key,)).fetchone()[0])
