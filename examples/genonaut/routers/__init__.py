"""The routes under /api/v1, one module per subject."""

from __future__ import annotations

from fastapi import APIRouter

from examples.genonaut.routers import (
    bookmarks,
    content,
    generation,
    health,
    recommendations,
    search,
    tags,
    users,
)

router = APIRouter(prefix="/api/v1")
for module in (search, content, tags, bookmarks, generation, recommendations, users, health):
    router.include_router(module.router)
