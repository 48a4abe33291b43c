"""actionlint, the installed one or one built with Go into `.workflows/bin` (docs/adr/0030-delivery.md)."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from tools.golang import GoError, Module, fingerprint

BUILD = Path(__file__).resolve().parents[2] / ".workflows"
MODULE = Module(Path(__file__).resolve().parent / "actionlint")
PACKAGE = "github.com/rhysd/actionlint"


class LintersMissingError(Exception):
    """actionlint is not there and cannot be built; the message says what to do."""


def actionlint(log: Callable[[str], object]) -> Path:
    """The command, built now if need be. Raises LintersMissingError."""
    if installed := shutil.which("actionlint"):
        return Path(installed)
    command, stamp = BUILD / "bin" / "actionlint", BUILD / "stamp"
    wanted = fingerprint([MODULE])
    if not (command.exists() and stamp.exists() and stamp.read_text() == wanted):
        version = MODULE.version_of(PACKAGE)
        log(f"== Workflows: building actionlint {version} with Go, once")
        try:
            MODULE.build(f"{PACKAGE}/cmd/actionlint", command, f"-X {PACKAGE}.version={version}")
        except (GoError, OSError) as error:
            raise LintersMissingError(f"actionlint could not be built: {error}") from None
        stamp.write_text(wanted)
    return command
