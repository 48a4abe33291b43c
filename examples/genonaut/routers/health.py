"""What probes ask. The answer is 200 whatever is found: the body tells."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import redis
from fastapi import APIRouter
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from examples.genonaut import cache, comfyui, worker
from examples.genonaut.database import new_session

router = APIRouter(prefix="/health", tags=["health"])


def _database() -> bool:
    return _answers("SELECT 1")


def _pagination() -> bool:
    return _answers("SELECT id FROM content_items ORDER BY id DESC LIMIT 1")


def _answers(statement: str) -> bool:
    try:
        with new_session() as session:
            session.execute(text(statement))
    except SQLAlchemyError:
        return False
    return True


def _redis() -> bool:
    try:
        return bool(cache.client().ping())
    except redis.RedisError:
        return False


def _celery() -> bool:
    try:
        return bool(worker.celery.control.ping(timeout=1, limit=1))
    except OSError:
        return False


CHECKS: Mapping[str, Callable[[], bool]] = {
    "database": _database,
    "redis": _redis,
    "celery": _celery,
    "comfyui": comfyui.answers,
    "pagination": _pagination,
}


@router.get("")
def health() -> dict[str, object]:
    """Whether what the service needs is there."""
    found = {name: check() for name, check in CHECKS.items()}
    return {
        "status": "healthy" if found["database"] else "unhealthy",
        **{name: {"status": "connected" if works else "disconnected"} for name, works in found.items()},
    }
