"""Commands built with Go from ordinary modules: each from a folder with the `go.mod` and `go.sum` that pin it."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


class GoError(Exception):
    """Go is not there, or could not do it; the message says which, with Go's words."""


@dataclass(frozen=True, slots=True)
class Module:
    """A folder with module files."""

    folder: Path

    def version_of(self, requirement: str) -> str:
        """The version of a required module. Raises GoError where it is not required."""
        found = re.search(rf"{re.escape(requirement)} (v\S+)", (self.folder / "go.mod").read_text())
        if not found:
            raise GoError(f"{self.folder.name}/go.mod does not require {requirement}")
        return found[1]

    def source_of(self, requirement: str) -> Path:
        """The folder that Go keeps a required module's sources in. Raises GoError."""
        return Path(self._go("list", "-m", "-f", "{{.Dir}}", requirement).strip())

    def build(self, package: str, output: Path, link: str = "") -> None:
        """Build the command of this package, with further flags for the linker. Raises GoError."""
        # Neither C nor debugging information: both cost time, and nobody debugs these commands here.
        flags = ["-mod=readonly", "-gcflags=all=-dwarf=false", "-ldflags", f"-s -w {link}"]
        output.parent.mkdir(parents=True, exist_ok=True)
        self._go("build", *flags, "-o", str(output), package)

    def _go(self, *arguments: str) -> str:
        go = shutil.which("go")
        if not go:
            raise GoError("There is no Go here: install Go 1.25 or newer, so that `go version` works.")
        done = subprocess.run(  # noqa: S603
            [go, *arguments],
            cwd=self.folder,
            env={**os.environ, "CGO_ENABLED": "0"},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise GoError(f"go {arguments[0]} failed in {self.folder}:\n{done.stderr}")
        return done.stdout


def fingerprint(modules: Iterable[Module]) -> str:
    """Changes when one of the module files does."""
    files = [module.folder / name for module in modules for name in ("go.mod", "go.sum")]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
