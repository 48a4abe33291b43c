"""An API server with its store, on loopback and free ports: started empty, ended with everything it kept.

Nothing runs pods or controllers: there is no scheduler, no kubelet, and no namespace is ever deleted.
"""

from __future__ import annotations

import secrets
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tools.cluster.programs import Programs
from tools.servers.process import HERE, free_ports, started

START_LIMIT = 120.0
"""Seconds a start may take; on an idle machine it is about five."""
POLL = 0.1


class ClusterError(Exception):
    """A program did not start; the message says what it wrote last."""


@dataclass(frozen=True, slots=True)
class ApiServer:
    """A running API server."""

    url: str
    certificate: Path
    token: str
    """Of somebody who may do everything."""

    def client(self) -> httpx.Client:
        """A client for somebody who may do everything; close it after use."""
        return httpx.Client(
            base_url=self.url,
            verify=ssl.create_default_context(cafile=self.certificate),
            headers={"Authorization": f"Bearer {self.token}"},
            timeout=30,
        )


@contextmanager
def running(programs: Programs) -> Iterator[ApiServer]:
    """An empty cluster for as long as the block runs. Raises ClusterError."""
    with ExitStack() as ending:
        folder = Path(ending.enter_context(tempfile.TemporaryDirectory(prefix="cluster-")))
        store = _start_store(programs, folder, ending)
        server = _start_server(programs, folder, store, ending)
        yield server


def _start_store(programs: Programs, folder: Path, ending: ExitStack) -> str:
    client, peer = (f"http://{HERE}:{port}" for port in free_ports(2))
    command = [
        str(programs.etcd), "--name=one", f"--data-dir={folder / 'etcd'}",
        f"--listen-client-urls={client}", f"--advertise-client-urls={client}",
        f"--listen-peer-urls={peer}", f"--initial-advertise-peer-urls={peer}", f"--initial-cluster=one={peer}",
    ]  # fmt: skip
    process = ending.enter_context(started(command, folder / "etcd.log"))
    with httpx.Client(base_url=client, timeout=5) as http:
        _wait(process, folder / "etcd.log", http, "/health")
    return client


def _start_server(programs: Programs, folder: Path, store: str, ending: ExitStack) -> ApiServer:
    key = folder / "accounts.key"
    # The server does not start without a key for the tokens of service accounts, which nothing here uses.
    subprocess.run(  # noqa: S603
        [str(programs.openssl), "genrsa", "-out", str(key), "2048"], check=True, capture_output=True, timeout=60
    )
    token = secrets.token_hex(32)
    tokens = folder / "tokens.csv"
    tokens.write_text(f'{token},tester,tester,"system:masters"\n')
    (port,) = free_ports(1)
    command = [
        str(programs.api_server), f"--etcd-servers={store}", f"--bind-address={HERE}", f"--advertise-address={HERE}",
        f"--secure-port={port}", f"--cert-dir={folder}", f"--token-auth-file={tokens}", "--authorization-mode=RBAC",
        "--service-cluster-ip-range=10.0.0.0/24", "--service-account-issuer=https://kubernetes.default.svc",
        f"--service-account-key-file={key}", f"--service-account-signing-key-file={key}",
        # Concerns pods only, which nobody makes here.
        "--disable-admission-plugins=ServiceAccount",
    ]  # fmt: skip
    log = folder / "apiserver.log"
    process = ending.enter_context(started(command, log))
    server = ApiServer(f"https://{HERE}:{port}", folder / "apiserver.crt", token)
    _wait_for_file(process, log, server.certificate)
    with server.client() as http:
        _wait(process, log, http, "/readyz")
    return server


def _wait(process: subprocess.Popen[bytes], log: Path, http: httpx.Client, path: str) -> None:
    deadline = time.monotonic() + START_LIMIT
    while True:
        try:
            if http.get(path).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass
        _still_starting(process, log, deadline)


def _wait_for_file(process: subprocess.Popen[bytes], log: Path, file: Path) -> None:
    deadline = time.monotonic() + START_LIMIT
    while not file.exists():
        _still_starting(process, log, deadline)


def _still_starting(process: subprocess.Popen[bytes], log: Path, deadline: float) -> None:
    if process.poll() is not None or time.monotonic() > deadline:
        raise ClusterError(f"{log.stem} did not start:\n{log.read_text(errors='replace')[-2000:]}")
    time.sleep(POLL)
