"""What the reference app works with: PostgreSQL, Redis, and ComfyUI's stand-in."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tools.servers import process
from tools.servers.postgres import DATABASE, initialize, postgres, programs, serving
from tools.servers.redis import redis_server

USER = "genonaut_app"
PASSWORD = "made-up-password"  # noqa: S105 -- of a database that lives as long as the block
_SETTINGS = """
listen_addresses = '127.0.0.1'
fsync = off
max_connections = 60
"""
NEEDED = ("redis-server", "prometheus")


class Backends:
    """The running servers, for as long as `ending` is open."""

    def __init__(self, programs: Path, folder: Path, ending: ExitStack) -> None:
        self._programs = programs
        self._ending = ending
        template = initialize(programs, folder / "template")
        self.postgres = ending.enter_context(postgres(programs, template, folder / "postgres", _SETTINGS))
        with self.postgres.session() as session:
            session.execute(f"CREATE ROLE {USER} LOGIN PASSWORD '{PASSWORD}'")
            session.execute(f"ALTER DATABASE {DATABASE} OWNER TO {USER}")
        (folder / "redis").mkdir()
        self.redis_port = ending.enter_context(redis_server(folder / "redis"))
        self.comfyui = ending.enter_context(_comfyui(folder / "comfyui.log"))

    @property
    def environment(self) -> dict[str, str]:
        """What the app reads of it (examples/genonaut/settings.py)."""
        at = f"{process.HERE}:{self.postgres.port}/{DATABASE}"
        return {
            "GENONAUT_DATABASE_URL": f"postgresql+psycopg://{USER}:{PASSWORD}@{at}",
            "GENONAUT_REDIS_URL": f"redis://{process.HERE}:{self.redis_port}/0",
            "GENONAUT_COMFYUI_URL": self.comfyui,
        }

    @contextmanager
    def without_database(self) -> Iterator[None]:
        """Nothing listens on PostgreSQL's port while the block runs."""
        pid = self.postgres.pid
        os.kill(pid, signal.SIGINT)
        process.wait_for_end(pid)
        try:
            yield
        finally:
            self._ending.enter_context(serving(self._programs, self.postgres))


def missing() -> list[str]:
    """The programs that are not installed here."""
    absent = [program for program in NEEDED if shutil.which(program) is None]
    return absent if programs() else [*absent, "postgresql"]


@contextmanager
def backends(folder: Path) -> Iterator[Backends]:
    """Run them with an empty database that belongs to the app's own user. Raises ServerError."""
    found = programs()
    if found is None:
        raise process.ServerError("PostgreSQL is not installed")
    with ExitStack() as ending:
        yield Backends(found, folder, ending)


@contextmanager
def _comfyui(log: Path) -> Iterator[str]:
    (port,) = process.free_ports(1)
    command = [
        sys.executable, "-m", "uvicorn", "examples.genonaut.comfyui_stand_in:app", "--port", str(port),
        "--log-level", "warning",
    ]  # fmt: skip
    with process.started(command, log) as running:
        url = f"http://{process.HERE}:{port}"
        process.wait(running, log, lambda: process.is_ready(f"{url}/system_stats"))
        yield url
