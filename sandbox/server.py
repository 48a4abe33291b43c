"""The server: one process, one gRPC port for each provider, one HTTP port."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import grpc
import uvicorn
from pulumi.runtime.proto.provider_pb2_grpc import ResourceProviderServicer, add_ResourceProviderServicer_to_server
from starlette.applications import Starlette

from sandbox.checks.kubernetes import UnknownVersionError
from sandbox.cloud import Cloud
from sandbox.home import Home
from sandbox.page.app import application
from sandbox.provider.lifecycle import Lifecycle
from sandbox.provider.servicer import Provider
from sandbox.schema.cache import SchemaError, Schemas
from sandbox.schema.model import PACKAGES
from sentry_alerts import PACKAGE as SENTRY_ALERTS
from sentry_alerts.client import Client
from sentry_alerts.provider.servicer import Provider as SentryAlerts

LOOPBACK = "127.0.0.1"
WORKERS = 64
"""Threads that answer the engine: it runs up to 16 operations per CPU at once, and a slowed one holds its thread."""
GRPC_OPTIONS = (("grpc.max_receive_message_length", 400 * 1024 * 1024), ("grpc.so_reuseport", 0))
"""Messages as large as Pulumi's own plugins allow; a port is never shared with another server."""
GRACE = 1.0
"""Seconds that requests under way may take when the server stops."""
HOME_CHECK = 2.0
"""Seconds between looks at whether the home is still there."""


class StartError(Exception):
    """The server cannot start; the message says why and what to do."""


@dataclass(frozen=True)
class Settings:
    """What a server is started with."""

    kubernetes_version: str
    http_port: int


def serve(home: Home, settings: Settings) -> None:
    """Serve until a signal comes or the home is removed. Raises `StartError`."""
    home.create()
    lock = home.acquire()
    if lock is None:
        raise StartError(f"a sandbox runs already in {home.path}")
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    before = home.server_info() or {}
    listener = _listen(settings.http_port, before)
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    cloud, schemas = Cloud(home.database), Schemas()
    try:
        lives = [Lifecycle(package, schemas, cloud, settings.kubernetes_version) for package in PACKAGES]
    except (UnknownVersionError, SchemaError) as error:
        raise StartError(str(error)) from error
    address = f"http://{LOOPBACK}:{listener.getsockname()[1]}"
    providers: dict[str, ResourceProviderServicer] = {life.package.name: Provider(life) for life in lives}
    # Our own provider is no stand-in: it is the real one, and talks to the stand-in of Sentry's API.
    providers[SENTRY_ALERTS] = SentryAlerts(lambda _base_url, token: Client(f"{address}/sentry/api/", token))
    ports, servers = _serve_providers(providers, before.get("grpc", {}))
    _serve_http(application(cloud, schemas, settings.kubernetes_version), listener)
    home.write_server_info(
        {"pid": os.getpid(), "grpc": ports, "http": address, "kubernetes_version": settings.kubernetes_version}
    )
    while not stopping.wait(HOME_CHECK) and home.lock_file.exists():
        pass
    for ended in [server.stop(grace=GRACE) for server in servers]:
        ended.wait()
    lock.truncate(0)
    # A slowed operation may still sleep in its thread; the cloud's file is whole at any moment.
    os._exit(0)


def _serve_providers(
    providers: Mapping[str, ResourceProviderServicer], before: Mapping[str, int]
) -> tuple[dict[str, int], list[grpc.Server]]:
    pool = ThreadPoolExecutor(WORKERS)
    ports, servers = {}, []
    for name, provider in providers.items():
        server = grpc.server(pool, options=GRPC_OPTIONS)
        add_ResourceProviderServicer_to_server(provider, server)
        ports[name] = _bind(server, before.get(name, 0))
        server.start()
        servers.append(server)
    return ports, servers


def _serve_http(app: Starlette, listener: socket.socket) -> None:
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
    threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True).start()
    while not server.started:
        time.sleep(0.01)


def _bind(server: grpc.Server, port: int) -> int:
    """Take the port this home had before, so that prepared shells stay right, or a free one."""
    try:
        return int(server.add_insecure_port(f"{LOOPBACK}:{port}"))
    except RuntimeError:
        return int(server.add_insecure_port(f"{LOOPBACK}:0"))


def _listen(wanted: int, before: Mapping[str, Any]) -> socket.socket:
    """Take the wanted port, else the one this home had before, so that open pages stay right, else a free one."""
    had = int(before.get("http", ":0").rsplit(":", 1)[-1])
    for port in filter(None, (wanted, had)):
        with suppress(OSError):
            return _bound(port)
    return _bound(0)


def _bound(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((LOOPBACK, port))
        listener.listen(128)
    except OSError:
        listener.close()
        raise
    return listener
