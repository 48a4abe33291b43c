"""Make the tables and fill them with made-up rows: python -m examples.genonaut.seed."""

from __future__ import annotations

from sqlalchemy import insert

from examples.genonaut.database import engine
from examples.genonaut.models import Base, Bookmark, ContentItem, ContentTag, GeneratedItem, Kind, Tag, User

USERS = 20
ITEMS = 500
TAGS = ("landscape", "portrait", "abstract", "night", "sea", "city")


def seed() -> None:
    """Fill an empty database."""
    Base.metadata.create_all(engine)
    kinds = list(Kind)
    items = [
        {
            "title": f"A {TAGS[number % len(TAGS)]} number {number}",
            "kind": kinds[number % 2],
            "creator_id": 1 + number % USERS,
        }
        for number in range(ITEMS)
    ]
    with engine.begin() as connection:
        connection.execute(
            insert(User),
            [{"username": f"user-{number}", "email": f"user-{number}@example.com"} for number in range(USERS)],
        )
        connection.execute(insert(Tag), [{"title": title} for title in TAGS])
        ids = connection.execute(insert(ContentItem).returning(ContentItem.id), items).scalars().all()
        connection.execute(insert(GeneratedItem), items)
        connection.execute(
            insert(ContentTag),
            [{"content_id": id_, "tag_id": 1 + number % len(TAGS)} for number, id_ in enumerate(ids)],
        )
        connection.execute(
            insert(Bookmark),
            [{"user_id": 1 + number % USERS, "content_id": id_} for number, id_ in enumerate(ids[:200])],
        )


if __name__ == "__main__":
    seed()
