"""What differs between environments, from environment variables."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """Where the service finds what it needs, and how long it waits for it. Times are seconds."""

    database_url: str
    redis_url: str
    comfyui_url: str
    pool_size: int
    """Connections to the database that one process keeps; it opens no others."""
    pool_timeout: float
    connect_timeout: int
    statement_timeout: float
    comfyui_timeout: float
    """How long an image may take: half an hour in production."""
    retry_delay: float


@cache
def settings() -> Settings:
    """The settings of this process. Raises KeyError where one without a default is missing."""
    read = os.environ.get
    return Settings(
        database_url=os.environ["GENONAUT_DATABASE_URL"],
        redis_url=os.environ["GENONAUT_REDIS_URL"],
        comfyui_url=os.environ["GENONAUT_COMFYUI_URL"],
        pool_size=int(read("GENONAUT_POOL_SIZE", "10")),
        pool_timeout=float(read("GENONAUT_POOL_TIMEOUT", "5")),
        connect_timeout=int(read("GENONAUT_CONNECT_TIMEOUT", "5")),
        statement_timeout=float(read("GENONAUT_STATEMENT_TIMEOUT", "10")),
        comfyui_timeout=float(read("GENONAUT_COMFYUI_TIMEOUT", "1800")),
        retry_delay=float(read("GENONAUT_RETRY_DELAY", "10")),
    )
