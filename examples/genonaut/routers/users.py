"""People."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException
from genonaut_telemetry import metrics
from pydantic import BaseModel, Field
from sqlalchemy.exc import IntegrityError

from examples.genonaut.database import Database
from examples.genonaut.models import User

router = APIRouter(prefix="/users", tags=["users"])


class NewUser(BaseModel):
    """Somebody who registers."""

    username: str = Field(min_length=3, max_length=50)
    email: str = Field(pattern=r"^[^@\s]+@[^@\s]+$")


@router.post("/", status_code=201)
def register(session: Database, new: NewUser) -> dict[str, int]:
    """Register somebody."""
    user = User(username=new.username, email=new.email)
    session.add(user)
    try:
        session.commit()
    except IntegrityError as error:
        raise HTTPException(409, "somebody has this name or address") from error
    metrics.users_registered()
    return {"id": user.id}
