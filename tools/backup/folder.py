"""A backup as a folder: written in one step, verified by its checksums. Knows files, nothing of what is in them."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

SUMS = "SHA256SUMS"
"""The checksums of all other files, as `sha256sum --check` reads them."""
MANIFEST = "manifest.json"
STATE = "state.json"
OBJECTS = "objects.json"
DEFINITIONS = "definitions"
FORMAT = 1
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


class BackupError(Exception):
    """A backup cannot be made, read or restored; the message says why, and what would be right."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was verified."""

    folder: Path
    files: Mapping[str, bytes]
    """Path in the folder -> what is in it."""

    def json(self, name: str) -> Any:
        """One of its files, read as JSON."""
        return json.loads(self.files[name])

    @property
    def manifest(self) -> dict[str, Any]:
        """What the backup says of itself: stack, time, commit, versions."""
        return dict(self.json(MANIFEST))

    @property
    def deployment(self) -> dict[str, Any]:
        """The state's resources and pending operations."""
        return dict(self.json(STATE)["deployment"])


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files and their checksums into a new folder, read them back, and only then give it its name.

    Raises BackupError when the folder is there already, or cannot be written.
    """
    if folder.exists():
        raise BackupError(f"{folder} exists. A backup is never written over: name another folder, or leave OUT out.")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        partial = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        try:
            for name, content in {**files, SUMS: _sums(files)}.items():
                _write_file(partial / name, content)
            found = damage(partial)
            if found:
                raise BackupError("\n".join(["The disk does not hold what was written:", *found]))
            partial.rename(folder)
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise
    except OSError as error:
        raise BackupError(f"{folder} cannot be written: {error}") from None


def damage(folder: Path) -> list[str]:
    """Every file that is missing, changed or not of the backup, one line each; empty when it is whole."""
    if not folder.is_dir():
        return [f"{folder}: there is no such folder"]
    try:
        lines = (folder / SUMS).read_text().splitlines()
    except (OSError, UnicodeDecodeError):
        return [f"{folder / SUMS}: missing or unreadable, so this is no backup, or nothing says whether it is whole"]
    expected = {match[2]: match[1] for line in lines if (match := _LINE.fullmatch(line))}
    found = [
        f"{folder / SUMS}: line {n} is no checksum" for n, line in enumerate(lines, 1) if not _LINE.fullmatch(line)
    ]
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()} - {SUMS}
    for name in sorted({*expected, *present, MANIFEST, STATE}):
        path = folder / name
        if name not in present:
            found.append(f"{path}: missing")
        elif name not in expected:
            found.append(f"{path}: not of this backup")
        elif sha256(path.read_bytes()).hexdigest() != expected[name]:
            found.append(f"{path}: damaged")
    return found


def read(folder: Path) -> Backup:
    """A whole backup. Raises BackupError with every damaged file."""
    found = damage(folder)
    if found:
        raise BackupError("\n".join(["This backup is not whole:", *(f"  {line}" for line in found)]))
    backup = Backup(
        folder, {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    )
    if backup.manifest.get("format") != FORMAT:
        raise BackupError(
            f"{folder}: made by another version, of format {backup.manifest.get('format')}, not {FORMAT}."
        )
    return backup


def _sums(files: Mapping[str, bytes]) -> bytes:
    return "".join(f"{sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items())).encode()


def _write_file(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
