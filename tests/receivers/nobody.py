"""Receivers that are gone, and receivers that take connections and never answer."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tools.receivers.sentry import KEY, PROJECT
from tools.servers import process


def gone(folder: Path) -> dict[str, str]:
    """Addresses on which nobody listens."""
    (port,) = process.free_ports(1)
    return _environment(port, folder / "nobody.socket")


@contextmanager
def stuck(folder: Path) -> Iterator[dict[str, str]]:
    """Addresses on which somebody listens who reads nothing and answers nothing."""
    with ExitStack() as ending:
        tcp = ending.enter_context(socket.socket())
        tcp.bind((process.HERE, 0))
        tcp.listen(1)
        path = folder / "stuck.socket"
        ending.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)).bind(str(path))
        yield _environment(tcp.getsockname()[1], path)


def _environment(port: int, path: Path) -> dict[str, str]:
    address = f"{process.HERE}:{port}"
    return {
        "DD_TRACE_AGENT_URL": f"http://{address}",
        "DD_DOGSTATSD_URL": f"unix://{path}",
        "SENTRY_DSN": f"http://{KEY}@{address}/{PROJECT}",
    }
