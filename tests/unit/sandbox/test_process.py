"""The server as a process: started once, found, stopped, and nothing else."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from sandbox import process
from sandbox.home import Home

pytestmark = pytest.mark.slow


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    home = Home(tmp_path / "home")
    yield home
    if home.path.exists():
        process.stop(home)


def test_a_started_server_serves_is_started_once_and_stops(home: Home) -> None:
    info = process.start(home, kubernetes_version="1.33", http_port=0)
    assert process.start(home, kubernetes_version="1.33", http_port=0) == info
    assert json.loads(home.server_file.read_text()) == info
    assert set(info["grpc"]) == {"datadog", "sentry", "sentry-alerts", "kubernetes", "docker"}
    assert httpx.get(f"{info['http']}/_sandbox/about").json()["kubernetes"] == "1.33"
    assert process.stop(home)
    assert home.running() is None
    assert not process.stop(home)


def test_another_cluster_version_starts_the_server_anew_on_the_same_ports(home: Home) -> None:
    first = process.start(home, kubernetes_version="1.33", http_port=0)
    second = process.start(home, kubernetes_version="1.34", http_port=0)
    assert second["pid"] != first["pid"]
    assert (second["grpc"], second["http"], second["kubernetes_version"]) == (first["grpc"], first["http"], "1.34")


def test_a_taken_port_is_left_to_whoever_has_it(home: Home) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))  # bound, not listening: nobody who only connects can tell
        taken = other.getsockname()[1]
        info = process.start(home, kubernetes_version="1.34", http_port=taken)
    assert info["http"] != f"http://127.0.0.1:{taken}"
    assert httpx.get(info["http"]).status_code == httpx.codes.OK


def test_a_stale_file_makes_nobody_else_stop(home: Home) -> None:
    home.create()
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    home.write_server_info({"pid": other.pid, "grpc": {}, "http": "http://127.0.0.1:1", "kubernetes_version": "1"})
    home.lock_file.write_text(str(other.pid))
    assert not process.stop(home)
    assert other.poll() is None
    other.kill()
    other.wait()


def test_a_server_ends_when_its_home_is_removed(home: Home) -> None:
    pid = process.start(home, kubernetes_version="1.34", http_port=0)["pid"]
    shutil.rmtree(home.path)
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline and _lives(pid):
        time.sleep(0.1)
    assert not _lives(pid)


@pytest.mark.parametrize(
    ("version", "reason"),
    [("1.99", "no schemas for Kubernetes 1.99: choose one of"), ("x", "schemas for Kubernetes x")],
)
def test_an_unknown_cluster_version_is_refused_at_the_start(home: Home, version: str, reason: str) -> None:
    with pytest.raises(process.ProcessError, match=reason) as refused:
        process.start(home, kubernetes_version=version, http_port=0)
    assert "Traceback" not in str(refused.value)


def _lives(pid: int) -> bool:
    try:
        os.waitpid(pid, os.WNOHANG)
        os.kill(pid, 0)
    except (ChildProcessError, ProcessLookupError):
        return Path(f"/proc/{pid}/cmdline").exists() and Path(f"/proc/{pid}/cmdline").read_bytes() != b""
    return True
