"""The database: one engine per process, one session per request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker

from examples.genonaut.settings import settings

_milliseconds = int(settings().statement_timeout * 1000)

engine = create_engine(
    settings().database_url,
    pool_size=settings().pool_size,
    max_overflow=0,
    pool_timeout=settings().pool_timeout,
    pool_pre_ping=True,
    connect_args={
        "connect_timeout": settings().connect_timeout,
        "options": f"-c statement_timeout={_milliseconds}",
    },
)
new_session = sessionmaker(engine, expire_on_commit=False)


def _session() -> Iterator[Session]:
    with new_session() as session:
        yield session


Database = Annotated[Session, Depends(_session)]
"""The session of a request."""
