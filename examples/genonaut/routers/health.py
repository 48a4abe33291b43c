"""What the web and probes ask. The answer is 200 whatever is found: the body tells."""

from __future__ import annotations

from fastapi import APIRouter
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from examples.genonaut.database import new_session

router = APIRouter(prefix="/health", tags=["health"])


@router.get("")
def health() -> dict[str, object]:
    """Whether the database is there."""
    try:
        with new_session() as session:
            session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return {"status": "unhealthy", "database": {"status": "disconnected"}}
    return {"status": "healthy", "database": {"status": "connected"}}
