"""Find the installed Pulumi engine, or build one with Go from ordinary modules.

The build (see docs/adr/0002-real-engine.md) makes three files in `.engine/bin`: the `pulumi` command, the Python
language host and the host's launcher. They are kept until one of the module files they are built from changes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from tools.golang import GoError, Module, fingerprint

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / ".engine"
CLI = Module(Path(__file__).resolve().parent / "cli")
HOST = Module(Path(__file__).resolve().parent / "host")
PACKAGE = "github.com/pulumi/pulumi/pkg/v3"
SDK = "github.com/pulumi/pulumi/sdk/v3"

MISSING = """No Pulumi engine here. Either
  - install Pulumi (https://www.pulumi.com/docs/install/), so that `pulumi version` works, or
  - install Go 1.25 or newer, so that `go version` works: the engine is then built once, in about four minutes."""

Log = Callable[[str], object]


class EngineMissingError(Exception):
    """There is no engine and none can be built; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Engine:
    """A usable engine."""

    command: Path
    version: str
    built_here: bool

    def __str__(self) -> str:
        origin = "built here" if self.built_here else "installed"
        return f"pulumi {self.version} ({origin}: {self.command})"

    def environment(self, base: Mapping[str, str] = os.environ) -> dict[str, str]:
        """The environment variables to run it with: the project's Python first on PATH, then the engine's folder.

        The built language host takes its interpreter from PATH and does not read `runtime.options.virtualenv`.
        """
        path = [str(ROOT / ".venv" / "bin"), str(self.command.parent), base.get("PATH", os.defpath)]
        return {**base, "PATH": os.pathsep.join(path), "PULUMI_SKIP_UPDATE_CHECK": "1"}


def find_or_build(log: Log) -> Engine:
    """The installed engine if there is one, else the built one, built now if need be.

    Raises EngineMissingError where neither pulumi nor Go is there, or the build fails.
    """
    installed = shutil.which("pulumi", path=_path_without_build())
    if installed:
        return Engine(Path(installed), _version_of(installed), built_here=False)
    command = BUILD / "bin" / "pulumi"
    stamp = BUILD / "stamp"
    wanted = fingerprint((CLI, HOST))
    if not (command.exists() and stamp.exists() and stamp.read_text() == wanted):
        _build(log)
        stamp.write_text(wanted)
    return Engine(command, CLI.version_of(PACKAGE), built_here=True)


def _path_without_build() -> str:
    ours = str(BUILD / "bin")
    return os.pathsep.join(p for p in os.environ.get("PATH", os.defpath).split(os.pathsep) if p != ours)


def _version_of(command: str) -> str:
    done = subprocess.run([command, "version"], capture_output=True, text=True, check=False)  # noqa: S603
    return done.stdout.strip() or "of unknown version"


def _build(log: Log) -> None:
    if not shutil.which("go"):
        raise EngineMissingError(MISSING)
    started = monotonic()
    binaries = BUILD / "bin"
    log(f"== Engine: building pulumi {CLI.version_of(PACKAGE)} with Go, once (about four minutes)")
    stamp = f"-X {SDK}/go/common/version.Version={CLI.version_of(PACKAGE)}"
    try:
        CLI.build(f"{PACKAGE}/cmd/pulumi", binaries / "pulumi", stamp)
        log("== Engine: building the Python language host")
        host = binaries / "pulumi-language-python"
        HOST.build(f"{SDK}/python/cmd/{host.name}", host)
        launcher = binaries / "pulumi-language-python-exec"
        shutil.copyfile(CLI.source_of(SDK) / "python" / "cmd" / launcher.name, launcher)
    except GoError as error:
        raise EngineMissingError(f"The engine could not be built: {error}") from None
    launcher.chmod(0o755)
    log(f"== Engine: built in {monotonic() - started:.0f} s")
