"""Find the installed Pulumi engine, or build one with Go from ordinary modules.

The build (see docs/adr/0002-real-engine.md) makes three files in `.engine/bin`: the `pulumi` command, the Python
language host and the host's launcher. They are kept until one of the module files they are built from changes.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

ROOT = Path(__file__).resolve().parents[2]
MODULES = Path(__file__).resolve().parent
BUILD = ROOT / ".engine"

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
    wanted = _fingerprint()
    if not (command.exists() and stamp.exists() and stamp.read_text() == wanted):
        _build(log)
        stamp.write_text(wanted)
    return Engine(command, _required("cli", "github.com/pulumi/pulumi/pkg/v3"), built_here=True)


def _path_without_build() -> str:
    ours = str(BUILD / "bin")
    return os.pathsep.join(p for p in os.environ.get("PATH", os.defpath).split(os.pathsep) if p != ours)


def _version_of(command: str) -> str:
    done = subprocess.run([command, "version"], capture_output=True, text=True, check=False)  # noqa: S603
    return done.stdout.strip() or "of unknown version"


def _fingerprint() -> str:
    files = [MODULES / part / name for part in ("cli", "host") for name in ("go.mod", "go.sum")]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _required(part: str, module: str) -> str:
    found = re.search(rf"{re.escape(module)} (v\S+)", (MODULES / part / "go.mod").read_text())
    if not found:
        raise EngineMissingError(f"tools/engine/{part}/go.mod does not require {module}")
    return found[1]


def _build(log: Log) -> None:
    go = shutil.which("go")
    if not go:
        raise EngineMissingError(MISSING)
    started = monotonic()
    binaries = BUILD / "bin"
    binaries.mkdir(parents=True, exist_ok=True)
    version = _required("cli", "github.com/pulumi/pulumi/pkg/v3")
    log(f"== Engine: building pulumi {version} with Go, once (about four minutes)")
    sdk = "github.com/pulumi/pulumi/sdk/v3"
    stamp = f"-X {sdk}/go/common/version.Version={version}"
    _compile(go, "cli", "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi", binaries / "pulumi", stamp)
    log("== Engine: building the Python language host")
    host = binaries / "pulumi-language-python"
    _compile(go, "host", f"{sdk}/python/cmd/{host.name}", host)
    sources = _go(go, "cli", "list", "-m", "-f", "{{.Dir}}", sdk).strip()
    launcher = binaries / "pulumi-language-python-exec"
    shutil.copyfile(Path(sources) / "python" / "cmd" / launcher.name, launcher)
    launcher.chmod(0o755)
    log(f"== Engine: built in {monotonic() - started:.0f} s")


def _compile(go: str, part: str, package: str, output: Path, stamp: str = "") -> None:
    # Neither C nor debugging information: both cost time, and nobody debugs the engine here.
    flags = ["-mod=readonly", "-gcflags=all=-dwarf=false", "-ldflags", f"-s -w {stamp}"]
    _go(go, part, "build", *flags, "-o", str(output), package)


def _go(go: str, part: str, *arguments: str) -> str:
    done = subprocess.run(  # noqa: S603
        [go, *arguments],
        cwd=MODULES / part,
        env={**os.environ, "CGO_ENABLED": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise EngineMissingError(
            f"Go could not build the engine (go {arguments[0]} in tools/engine/{part}):\n{done.stderr}"
        )
    return done.stdout
