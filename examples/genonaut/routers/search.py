"""Searching content by words."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from fastapi import APIRouter, HTTPException
from genonaut_telemetry import metrics
from genonaut_telemetry.metrics.vocabulary import SearchFailuresReason as Reason
from psycopg.errors import QueryCanceled
from psycopg.errors import SyntaxError as NotAQuery
from pydantic import BaseModel, Field
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError, ProgrammingError, SQLAlchemyError

from examples.genonaut.cache import cached
from examples.genonaut.database import Database
from examples.genonaut.models import ContentItem
from examples.genonaut.routers.content import Shown, columns

router = APIRouter(prefix="/content", tags=["search"])


class Search(BaseModel):
    """What is looked for."""

    search_term: str = Field(min_length=1)
    operators: bool = False
    """Whether the words are joined by PostgreSQL's operators, such as `sea & !night`."""
    public_only: bool = True
    skip: int = Field(default=0, ge=0)
    limit: int = Field(default=20, ge=1, le=100)


class Found(BaseModel):
    """What was found."""

    items: list[Shown]
    total: int
    skip: int
    limit: int


@router.post("/search")
def search(session: Database, wanted: Search) -> Found:
    """Content whose title has the words."""
    with _measured():
        found = Found.model_validate(cached("search", wanted.model_dump_json(), lambda: _search(session, wanted)))
    if not found.total:
        metrics.search_empty()
    return found


@contextmanager
def _measured() -> Iterator[None]:
    began = time.perf_counter()
    metrics.search_requests()
    metrics.features_used(feature="search")
    try:
        yield
    except Exception as error:
        metrics.search_failures(reason=_reason(error))
        raise
    finally:
        metrics.search_duration(time.perf_counter() - began)


def _reason(error: Exception) -> Reason:
    match error:
        case HTTPException():
            return "invalid_query"
        case OperationalError(orig=QueryCanceled()):
            return "timeout"
        case SQLAlchemyError():
            return "database"
        case _:
            return "other"


def _search(session: Database, wanted: Search) -> Any:
    parse = func.to_tsquery if wanted.operators else func.websearch_to_tsquery
    matches = func.to_tsvector("simple", ContentItem.title).op("@@")(parse("simple", wanted.search_term))
    statement = select(*columns(ContentItem)).where(matches)
    try:
        total = session.scalar(select(func.count()).select_from(statement.subquery())) or 0
    except ProgrammingError as error:
        if isinstance(error.orig, NotAQuery):
            raise HTTPException(400, "not a query") from error
        raise
    rows = session.execute(statement.order_by(ContentItem.id).offset(wanted.skip).limit(wanted.limit))
    return Found(items=[Shown.of(row) for row in rows], total=total, skip=wanted.skip, limit=wanted.limit).model_dump(
        mode="json"
    )
