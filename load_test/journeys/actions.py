"""The single things that people do, which scenarios are made of."""

from __future__ import annotations

import random

from load_test.journeys.visitor import Visitor

WORDS = ("landscape", "portrait", "abstract", "night", "sea", "city")
PAGES = 3


def turn_pages(person: Visitor) -> None:
    """Look at the first pages of the gallery by number."""
    size = random.choice((10, 25, 50))  # noqa: S311 -- nothing secret
    for page in range(1, PAGES + 1):
        wanted = {"page": page, "page_size": size}
        person.client.get("/api/v1/content/unified", params=wanted, name="unified")


def scroll(person: Visitor) -> None:
    """Go through the gallery by cursor."""
    wanted: dict[str, str | int] = {"page_size": 25}
    for _ in range(PAGES):
        answer = person.client.get("/api/v1/content/unified", params=wanted, name="unified")
        cursor = answer.json()["pagination"]["next_cursor"] if answer.ok else None
        if cursor is None:
            return
        wanted["cursor"] = cursor


def look_at_content(person: Visitor) -> None:
    """Look at an item."""
    person.client.get(f"/api/v1/content/{person.some_content()}", name="content")


def look_at_tags(person: Visitor) -> None:
    """Look at all tags."""
    person.client.get("/api/v1/tags/", name="tags")


def look_at_bookmarks(person: Visitor) -> None:
    """Look at one's own bookmarks."""
    person.client.get("/api/v1/bookmarks/", params={"user_id": person.user_id}, name="bookmarks")


def keep_a_bookmark(person: Visitor) -> None:
    """Keep an item to find it again."""
    new = {"user_id": person.user_id, "content_id": person.some_content()}
    person.client.post("/api/v1/bookmarks/", json=new, name="bookmarks")


def look_for(person: Visitor) -> None:
    """Search for a word."""
    word = random.choice(WORDS)  # noqa: S311 -- nothing secret
    person.client.post("/api/v1/content/search", json={"search_term": word, "limit": 20}, name="search")


def follow_a_recommendation(person: Visitor) -> None:
    """Look at what is recommended, and follow the first."""
    answer = person.client.get("/api/v1/recommendations/", params={"user_id": person.user_id}, name="recommendations")
    if answer.ok and answer.json():
        accepted = answer.json()[0]["id"]
        person.client.post(f"/api/v1/recommendations/{accepted}/accept", name="recommendations")


def generate(person: Visitor) -> None:
    """Ask for an image, and look whether it is there."""
    wanted = {"user_id": person.user_id, "kind": "image", "prompt": "a made-up landscape"}
    answer = person.client.post("/api/v1/generation-jobs/", json=wanted, name="generation_jobs")
    if answer.ok:
        person.client.get(f"/api/v1/generation-jobs/{answer.json()['id']}", name="generation_jobs")


def look_at_jobs(person: Visitor) -> None:
    """Look at the list of jobs."""
    person.client.get("/api/v1/generation-jobs/", name="generation_jobs")
