"""What people want to find again."""

from __future__ import annotations

from fastapi import APIRouter
from genonaut_telemetry import metrics
from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from examples.genonaut import pages
from examples.genonaut.database import Database
from examples.genonaut.models import Bookmark, ContentItem
from examples.genonaut.routers.content import Shown

router = APIRouter(prefix="/bookmarks", tags=["bookmarks"])


class NewBookmark(BaseModel):
    """Who wants to find what again."""

    user_id: int
    content_id: int


@router.get("/")
def bookmarks(session: Database, wanted: pages.Wanted, user_id: int) -> pages.Page:
    """Somebody's bookmarks."""
    statement = (
        select(Bookmark.id, ContentItem.title, ContentItem.kind, Bookmark.created_at)
        .join(ContentItem, ContentItem.id == Bookmark.content_id)
        .where(Bookmark.user_id == user_id)
    )
    return pages.fetch(session, statement, Bookmark.id, wanted, Shown.of, collection="bookmarks")


@router.post("/", status_code=204)
def bookmark(session: Database, new: NewBookmark) -> None:
    """Keep a bookmark; again is as good as once."""
    session.execute(insert(Bookmark).values(**new.model_dump()).on_conflict_do_nothing())
    session.commit()
    metrics.features_used(feature="bookmarks")
