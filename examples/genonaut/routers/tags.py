"""The words that content can be found under."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fastapi import APIRouter
from genonaut_telemetry import metrics
from pydantic import BaseModel, TypeAdapter
from sqlalchemy import func, select

from examples.genonaut import pages
from examples.genonaut.cache import cached
from examples.genonaut.database import Database
from examples.genonaut.models import ContentTag, Tag

router = APIRouter(prefix="/tags", tags=["tags"])


class ShownTag(BaseModel):
    """A tag in a list."""

    id: int
    title: str
    created_at: datetime

    @classmethod
    def of(cls, row: Any) -> ShownTag:
        """What is shown of a row."""
        return cls(id=row.id, title=row.title, created_at=row.created_at)


_LIST = TypeAdapter(list[ShownTag])


@router.get("/")
def tags(session: Database, wanted: pages.Wanted) -> pages.Page:
    """All tags."""
    statement = select(Tag.id, Tag.title, Tag.created_at)
    return pages.fetch(session, statement, Tag.id, wanted, ShownTag.of, collection="tags")


@router.get("/popular")
def popular(session: Database) -> list[ShownTag]:
    """The tags with most content."""
    metrics.features_used(feature="tags")

    def read() -> Any:
        uses = select(ContentTag.tag_id).group_by(ContentTag.tag_id).order_by(func.count().desc()).limit(5)
        rows = session.execute(select(Tag.id, Tag.title, Tag.created_at).where(Tag.id.in_(uses)))
        return _LIST.dump_python([ShownTag.of(row) for row in rows], mode="json")

    return _LIST.validate_python(cached("tags", "popular", read))
