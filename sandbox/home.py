"""One sandbox's folder: where its cloud, its log and its addresses are."""

from __future__ import annotations

import fcntl
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

DEFAULT_HOME = Path(".sandbox")
HOME_VARIABLE = "GENONAUT_SANDBOX_HOME"


@dataclass(frozen=True)
class Home:
    """The folder of one sandbox. Several may run side by side, each in its own."""

    path: Path

    @property
    def database(self) -> Path:
        """The cloud."""
        return self.path / "cloud.db"

    @property
    def log(self) -> Path:
        """What the server in the background prints."""
        return self.path / "server.log"

    @property
    def server_file(self) -> Path:
        """Addresses of the running server, as JSON."""
        return self.path / "server.json"

    @property
    def lock_file(self) -> Path:
        """Locked by the server as long as it lives, with its process id in it; no stale `server.json` is believed."""
        return self.path / "server.lock"

    def create(self) -> None:
        """Make the folder, kept out of git."""
        self.path.mkdir(parents=True, exist_ok=True)
        ignore = self.path / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n")

    def acquire(self) -> IO[str] | None:
        """Take the server's lock; None when another server of this home lives."""
        handle = self.lock_file.open("a")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            handle.close()
            return None
        return handle

    def running(self) -> dict[str, Any] | None:
        """`server.json` of the living server; None when none lives or it does not serve yet."""
        if not self.lock_file.exists():
            return None
        free = self.acquire()
        if free is not None:
            free.close()
            return None
        info = self.server_info()
        # Until the new server serves, the file is still the one of the server before it.
        return info if info is not None and str(info["pid"]) == self.lock_file.read_text() else None

    def server_info(self) -> dict[str, Any] | None:
        """`server.json` as it is, whether its server lives or not."""
        try:
            return dict(json.loads(self.server_file.read_text()))
        except (FileNotFoundError, json.JSONDecodeError):
            return None

    def write_server_info(self, info: dict[str, Any]) -> None:
        """Write `server.json` in one step."""
        partial = self.server_file.with_suffix(f".{os.getpid()}.part")
        partial.write_text(json.dumps(info, indent=2) + "\n")
        partial.replace(self.server_file)
