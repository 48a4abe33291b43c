"""Redis."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

from tools.servers import process


@contextmanager
def redis_server(folder: Path, *options: str) -> Iterator[int]:
    """A Redis server that keeps nothing; its port. Raises ServerError."""
    (port,) = process.free_ports(1)
    log = folder / "redis.log"
    command: list[str | Path] = [
        "redis-server",
        "--bind",
        process.HERE,
        "--port",
        str(port),
        "--save",
        "",
        "--dir",
        folder,
        *options,
    ]
    with process.started(command, log) as running, redis.Redis(port=port) as client:
        process.wait(running, log, lambda: _answers(client))
        yield port


def _answers(client: redis.Redis) -> bool:
    try:
        return bool(client.ping())
    except redis.ConnectionError:
        return False
