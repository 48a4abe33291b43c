"""Real servers on loopback, each with a folder of its own, that end with the test that began them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import redis

Row = tuple[Any, ...]
NOBODY = 65534
"""The user and group `nobody` of every Linux."""

SETTINGS = """
listen_addresses = '127.0.0.1'
shared_preload_libraries = 'pg_stat_statements'
pg_stat_statements.track = all
log_statement = all
fsync = off
"""


def postgres_programs() -> Path | None:
    """The folder of PostgreSQL's server programs: of those on the PATH, or of Debian's newest, which are not on it."""
    on_path = [Path(found).resolve().parent for found in [shutil.which("initdb")] if found]
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    return next((folder for folder in [*on_path, *debian] if (folder / "initdb").exists()), None)


def unprivileged() -> list[str]:
    """What makes a command run as somebody PostgreSQL accepts: it refuses root."""
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"] if os.getuid() == 0 else []


def initialize(programs: Path, folder: Path) -> Path:
    """A data folder in `folder`, to be copied. Everybody may log in over the socket, over TCP with a password."""
    folder.mkdir()
    _give_away(folder)
    data = folder / "data"
    command: list[str | Path] = [
        programs / "initdb",
        "-D",
        data,
        "-U",
        "postgres",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
    ]
    _run([*unprivileged(), *command, "--auth-local=trust", "--auth-host=scram-sha-256"])
    return data


@dataclass(frozen=True)
class Postgres:
    """A running server."""

    folder: Path
    port: int

    @property
    def log(self) -> str:
        """What it has logged: with every statement, as it was sent."""
        return (self.folder / "log").read_text(encoding="utf-8")

    def variables(self, user: str, database: str = "genonaut", password: str | None = None) -> dict[str, str]:
        """What makes psql connect: over the socket, or with a password over TCP."""
        at = {"PGHOST": str(self.folder)} if password is None else {"PGHOST": "127.0.0.1", "PGPASSWORD": password}
        return {**at, "PGPORT": str(self.port), "PGDATABASE": database, "PGUSER": user}

    @contextmanager
    def session(
        self, user: str = "postgres", password: str | None = None, database: str = "genonaut"
    ) -> Iterator[psycopg.Connection[Row]]:
        """A connection on which each statement is a transaction of its own, as the check's are."""
        names = {"PGHOST": "host", "PGPORT": "port", "PGDATABASE": "dbname", "PGUSER": "user", "PGPASSWORD": "password"}
        given = {names[key]: value for key, value in self.variables(user, database, password).items()}
        with psycopg.connect(autocommit=True, **given) as connection:  # type: ignore[arg-type]
            yield connection


@contextmanager
def postgres(programs: Path, template: Path, folder: Path, settings: str = SETTINGS) -> Iterator[Postgres]:
    """A server on a copy of a data folder, with an empty database `genonaut`."""
    folder.mkdir()
    data = shutil.copytree(template, folder / "data")
    port = free_port()
    with (data / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write(f"{settings}\nport = {port}\nunix_socket_directories = '{folder}'\n")
    _give_away(folder)
    with (folder / "log").open("w", encoding="utf-8") as log:
        command: list[str | Path] = [*unprivileged(), programs / "postgres", "-D", data]
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
        try:
            server = Postgres(folder, port)
            _until(lambda: _create_database(server), process, folder / "log")
            yield server
        finally:
            process.terminate()
            process.wait(timeout=30)


def psql(file: Path, variables: Mapping[str, str], answers: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
    """Run a file of SQL as the page tells people to, without a terminal, with lines on standard input."""
    return subprocess.run(
        ["psql", "--no-psqlrc", "--set", "ON_ERROR_STOP=1", "--single-transaction", "--file", file],
        env={"PATH": os.environ["PATH"], **variables}, input="".join(f"{answer}\n" for answer in answers),
        text=True, capture_output=True, check=False, start_new_session=True, timeout=60,
    )  # fmt: skip


@contextmanager
def redis_server(folder: Path, *options: str) -> Iterator[int]:
    """A Redis server that keeps nothing; its port."""
    port = free_port()
    command = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", str(folder), *options]
    with (folder / "log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            _until(redis.Redis(port=port).ping, process, folder / "log")
            yield port
        finally:
            process.terminate()
            process.wait(timeout=30)


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _create_database(server: Postgres) -> None:
    with server.session(database="postgres") as connection:
        connection.execute("CREATE DATABASE genonaut")


def _until(ready: Any, process: subprocess.Popen[bytes], log: Path, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            ready()
            return
        except (psycopg.OperationalError, redis.ConnectionError):
            if process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"the server does not answer:\n{log.read_text(encoding='utf-8')}") from None
            time.sleep(0.05)


def _give_away(folder: Path) -> None:
    if os.getuid() == 0:
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, NOBODY, NOBODY)


def _run(command: Sequence[str | Path]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    assert done.returncode == 0, done.stderr
