"""Content: the gallery, and what people do with an item of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fastapi import APIRouter, HTTPException
from genonaut_telemetry import metrics
from pydantic import BaseModel
from sqlalchemy import select, union_all, update

from examples.genonaut import pages
from examples.genonaut.cache import cached
from examples.genonaut.database import Database
from examples.genonaut.models import ContentItem, GeneratedItem, Kind

router = APIRouter(prefix="/content", tags=["content"])


class Shown(BaseModel):
    """An item as it is shown in lists."""

    id: int
    title: str
    kind: Kind
    created_at: datetime

    @classmethod
    def of(cls, row: Any) -> Shown:
        """What is shown of a row."""
        return cls(id=row.id, title=row.title, kind=Kind(row.kind), created_at=row.created_at)


class NewContent(BaseModel):
    """What somebody made."""

    title: str
    kind: Kind
    creator_id: int


def columns(table: type[ContentItem] | type[GeneratedItem]) -> tuple[Any, ...]:
    """What lists show."""
    return table.id, table.title, table.kind, table.created_at


@router.get("/unified")
def unified(session: Database, wanted: pages.Wanted) -> pages.Page:
    """What people made and what was generated, in one list."""
    both = union_all(select(*columns(ContentItem)), select(*columns(GeneratedItem))).subquery()
    return pages.fetch(session, select(both), both.c.id, wanted, Shown.of, collection="unified")


@router.get("/")
def content(session: Database, wanted: pages.Wanted) -> pages.Page:
    """What people made."""
    statement = select(*columns(ContentItem))
    return pages.fetch(session, statement, ContentItem.id, wanted, Shown.of, collection="content")


@router.post("/", status_code=201)
def create(session: Database, new: NewContent) -> Shown:
    """Keep what somebody made."""
    item = ContentItem(title=new.title, kind=new.kind, creator_id=new.creator_id)
    session.add(item)
    session.commit()
    metrics.content_created(content_type=new.kind.value, origin="user")
    return Shown.of(item)


@router.get("/{content_id}")
def one(session: Database, content_id: int) -> Shown:
    """One item."""

    def read() -> Any:
        found = session.execute(select(*columns(ContentItem)).where(ContentItem.id == content_id)).one_or_none()
        return found and Shown.of(found).model_dump(mode="json")

    found = cached("content", content_id, read)
    if not found:
        raise HTTPException(404, "no such item")
    return Shown.model_validate(found)


@router.post("/{content_id}/vote", status_code=204)
def vote(session: Database, content_id: int) -> None:
    """Like an item."""
    session.execute(update(ContentItem).where(ContentItem.id == content_id).values(votes=ContentItem.votes + 1))
    session.commit()
    metrics.features_used(feature="voting")
