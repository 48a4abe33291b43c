"""The programs a control plane consists of: found, or in the API server's case built with Go.

The build (docs/adr/0013-real-api-server.md) makes one file, `.cluster/bin/kube-apiserver`, which is kept until the
module files it is built from change.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from tools.golang import GoError, Module, fingerprint

BUILD = Path(__file__).resolve().parents[2] / ".cluster"
MODULE = Module(Path(__file__).resolve().parent / "apiserver")
PACKAGE = "k8s.io/kubernetes"

Log = Callable[[str], object]


class ClusterMissingError(Exception):
    """A program is not there and cannot be built; the message says which, and what to do."""


@dataclass(frozen=True, slots=True)
class Programs:
    """Where the programs are."""

    api_server: Path
    etcd: Path
    openssl: Path

    def __str__(self) -> str:
        return f"{self.api_server} with {self.etcd}"


def find_or_build(log: Log) -> Programs:
    """The programs, the API server built now if need be. Raises ClusterMissingError."""
    return Programs(etcd=_installed("etcd", "etcd-server"), openssl=_installed("openssl"), api_server=_api_server(log))


def _installed(name: str, package: str = "") -> Path:
    # Debian keeps servers in a folder that not everybody has on PATH.
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    if not found:
        raise ClusterMissingError(f"There is no {name} here: install the package {package or name}.")
    return Path(found)


def _api_server(log: Log) -> Path:
    if installed := shutil.which("kube-apiserver"):
        return Path(installed)
    command = BUILD / "bin" / "kube-apiserver"
    stamp = BUILD / "stamp"
    wanted = fingerprint([MODULE])
    if not (command.exists() and stamp.exists() and stamp.read_text() == wanted):
        _build(command, log)
        stamp.write_text(wanted)
    return command


def _build(command: Path, log: Log) -> None:
    started = monotonic()
    version = MODULE.version_of(PACKAGE)
    major, minor, _ = version.removeprefix("v").split(".", 2)
    said = "k8s.io/component-base/version"
    link = f"-X {said}.gitVersion={version} -X {said}.gitMajor={major} -X {said}.gitMinor={minor}"
    log(f"== Cluster: building kube-apiserver {version} with Go, once (about four minutes)")
    try:
        MODULE.build(f"{PACKAGE}/cmd/kube-apiserver", command, link)
    except (GoError, OSError) as error:
        raise ClusterMissingError(f"The API server could not be built: {error}") from None
    log(f"== Cluster: built in {monotonic() - started:.0f} s")
