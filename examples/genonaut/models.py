"""The tables."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum, unique

from sqlalchemy import DateTime, ForeignKey, Sequence, UniqueConstraint, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

CONTENT_IDS = Sequence("content_ids")
"""Of what people made and what was generated together, so that one list can hold both."""


@unique
class Kind(StrEnum):
    """What content is, and what a job makes."""

    IMAGE = "image"
    TEXT = "text"


@unique
class JobStatus(StrEnum):
    """Where a generation job is."""

    QUEUED = "queued"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Base(DeclarativeBase):
    """All tables."""


class _Created:
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class User(_Created, Base):
    """Somebody who registered."""

    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(unique=True)
    email: Mapped[str] = mapped_column(unique=True)


class _Content(_Created):
    id: Mapped[int] = mapped_column(CONTENT_IDS, primary_key=True, server_default=CONTENT_IDS.next_value())
    title: Mapped[str]
    kind: Mapped[str]
    votes: Mapped[int] = mapped_column(default=0, server_default="0")


class ContentItem(_Content, Base):
    """What somebody made."""

    __tablename__ = "content_items"
    creator_id: Mapped[int] = mapped_column(ForeignKey("users.id"))


class GeneratedItem(_Content, Base):
    """What a job made."""

    __tablename__ = "content_items_auto"
    creator_id: Mapped[int] = mapped_column(ForeignKey("users.id"))


class Tag(_Created, Base):
    """A word that content can be found under."""

    __tablename__ = "tags"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(unique=True)


class ContentTag(Base):
    """A tag on something that somebody made."""

    __tablename__ = "content_tags"
    content_id: Mapped[int] = mapped_column(ForeignKey("content_items.id"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id"), primary_key=True)


class Bookmark(_Created, Base):
    """What somebody wants to find again."""

    __tablename__ = "bookmarks"
    __table_args__ = (UniqueConstraint("user_id", "content_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    content_id: Mapped[int] = mapped_column(ForeignKey("content_items.id"))


class GenerationJob(_Created, Base):
    """Something to be generated."""

    __tablename__ = "generation_jobs"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[str]
    prompt: Mapped[str]
    status: Mapped[str] = mapped_column(default=JobStatus.QUEUED)
    content_id: Mapped[int | None]
    """What it made."""
