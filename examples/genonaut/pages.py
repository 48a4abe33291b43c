"""Lists page by page: by number, or by a cursor, which stays fast however far one goes."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, HTTPException, Query
from genonaut_telemetry import pagination
from genonaut_telemetry.metrics.vocabulary import Collection
from pydantic import BaseModel
from sqlalchemy import Select, SQLColumnExpression, func, select
from sqlalchemy.orm import Session

LARGEST = 200


class Request(BaseModel):
    """Which page is wanted."""

    page: int = 1
    page_size: int = 20
    cursor: str | None = None

    @property
    def offset(self) -> int:
        """How many rows come before it, where there is no cursor."""
        return (self.page - 1) * self.page_size

    @property
    def after(self) -> int | None:
        """The row that it comes after. Raises HTTPException for a cursor that we did not make."""
        if self.cursor is None:
            return None
        try:
            return int(base64.urlsafe_b64decode(self.cursor))
        except (binascii.Error, ValueError) as error:
            raise HTTPException(400, "not a cursor") from error


def _request(
    page: Annotated[int, Query(ge=1)] = 1,
    page_size: Annotated[int, Query(ge=1, le=LARGEST)] = 20,
    cursor: str | None = None,
) -> Request:
    return Request(page=page, page_size=page_size, cursor=cursor)


Wanted = Annotated[Request, Depends(_request)]
"""The page a request asks for."""


class Pagination(BaseModel):
    """Where a page is in its list."""

    page: int
    page_size: int
    total_count: int
    has_next: bool
    has_previous: bool
    next_cursor: str | None


class Page(BaseModel):
    """One page of a list."""

    items: list[Any]
    pagination: Pagination


def fetch(
    session: Session,
    statement: Select[*tuple[Any, ...]],
    id_: SQLColumnExpression[int],
    wanted: Request,
    show: Callable[[Any], BaseModel],
    *,
    collection: Collection,
) -> Page:
    """One page of the rows of a statement, the newest first."""
    after = wanted.after
    ordered = statement.order_by(id_.desc()).limit(wanted.page_size + 1)
    ordered = ordered.offset(wanted.offset) if after is None else ordered.where(id_ < after)
    with pagination.query(
        collection, page_size=wanted.page_size, offset=wanted.offset if after is None else None
    ) as measured:
        total = session.scalar(select(func.count()).select_from(statement.subquery())) or 0
        rows = session.execute(ordered).all()
        shown = rows[: wanted.page_size]
        measured.rows = len(shown)
    more = len(rows) > wanted.page_size
    return Page(
        items=[show(row) for row in shown],
        pagination=Pagination(
            page=wanted.page,
            page_size=wanted.page_size,
            total_count=total,
            has_next=more,
            has_previous=after is not None or wanted.page > 1,
            next_cursor=base64.urlsafe_b64encode(str(shown[-1].id).encode()).decode() if more else None,
        ),
    )
