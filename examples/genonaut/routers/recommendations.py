"""What people may like."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from genonaut_telemetry import metrics
from pydantic import TypeAdapter
from sqlalchemy import select

from examples.genonaut.cache import cached
from examples.genonaut.database import Database
from examples.genonaut.models import ContentItem
from examples.genonaut.routers.content import Shown, columns

router = APIRouter(prefix="/recommendations", tags=["recommendations"])

COUNT = 10
_LIST = TypeAdapter(list[Shown])


@router.get("/")
def recommendations(session: Database, user_id: int) -> list[Shown]:
    """What somebody may like: what others liked most."""

    def read() -> Any:
        best = select(*columns(ContentItem)).where(ContentItem.creator_id != user_id)
        rows = session.execute(best.order_by(ContentItem.votes.desc(), ContentItem.id).limit(COUNT))
        return _LIST.dump_python([Shown.of(row) for row in rows], mode="json")

    found = _LIST.validate_python(cached("recommendations", user_id, read))
    metrics.recommendations_served(len(found))
    metrics.features_used(feature="recommendations")
    return found


@router.post("/{content_id}/accept", status_code=204)
def accept(content_id: int) -> None:
    """Somebody followed a recommendation."""
    metrics.recommendations_accepted()
