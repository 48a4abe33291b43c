"""PostgreSQL."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tools.servers import process

Row = tuple[Any, ...]
NOBODY = 65534
"""The user and group `nobody` of every Linux."""
DATABASE = "genonaut"


def programs() -> Path | None:
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
    _run(
        [
            *unprivileged(), programs / "initdb", "-D", data, "-U", "postgres", "--encoding=UTF8", "--locale=C.UTF-8",
            "--no-sync", "--auth-local=trust", "--auth-host=scram-sha-256",
        ]
    )  # fmt: skip
    return data


@dataclass(frozen=True)
class Postgres:
    """A running server."""

    folder: Path
    port: int

    @property
    def log(self) -> str:
        """What it has logged."""
        return (self.folder / "postgres.log").read_text(encoding="utf-8")

    @property
    def pid(self) -> int:
        """The process that listens."""
        return int((self.folder / "data" / "postmaster.pid").read_text().split()[0])

    def variables(self, user: str, database: str = DATABASE, password: str | None = None) -> dict[str, str]:
        """What makes psql connect: over the socket, or with a password over TCP."""
        at = {"PGHOST": str(self.folder)} if password is None else {"PGHOST": process.HERE, "PGPASSWORD": password}
        return {**at, "PGPORT": str(self.port), "PGDATABASE": database, "PGUSER": user}

    @contextmanager
    def session(
        self, user: str = "postgres", password: str | None = None, database: str = DATABASE
    ) -> Iterator[psycopg.Connection[Row]]:
        """A connection on which each statement is a transaction of its own."""
        names = {"PGHOST": "host", "PGPORT": "port", "PGDATABASE": "dbname", "PGUSER": "user", "PGPASSWORD": "password"}
        given = {names[key]: value for key, value in self.variables(user, database, password).items()}
        with psycopg.connect(autocommit=True, **given) as connection:  # type: ignore[arg-type]
            yield connection


@contextmanager
def postgres(programs: Path, template: Path, folder: Path, settings: str) -> Iterator[Postgres]:
    """A server on a copy of a data folder, with an empty database. Raises ServerError."""
    folder.mkdir()
    data = shutil.copytree(template, folder / "data")
    (port,) = process.free_ports(1)
    with (data / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write(f"{settings}\nport = {port}\nunix_socket_directories = '{folder}'\n")
    _give_away(folder)
    server = Postgres(folder, port)
    with serving(programs, server):
        with server.session(database="postgres") as connection:
            connection.execute(f"CREATE DATABASE {DATABASE}")
        yield server


@contextmanager
def serving(programs: Path, server: Postgres) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server whose folder is ready, or was used before."""
    log = server.folder / "postgres.log"
    user = NOBODY if os.getuid() == 0 else None
    # SIGINT is PostgreSQL's fast shutdown: it does not wait until clients go.
    command: list[str | Path] = [programs / "postgres", "-D", server.folder / "data"]
    with process.started(command, log, cwd=server.folder, user=user, stop=signal.SIGINT) as running:
        process.wait(running, log, lambda: _answers(server))
        yield running


def _answers(server: Postgres) -> bool:
    try:
        with server.session(database="postgres"):
            return True
    except psycopg.OperationalError:
        return False


def _give_away(folder: Path) -> None:
    if os.getuid() == 0:
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, NOBODY, NOBODY)


def _run(command: Sequence[str | Path]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")  # noqa: S603
    if done.returncode != 0:
        raise process.ServerError(done.stderr)
