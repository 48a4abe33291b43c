"""The API: uvicorn examples.genonaut.main:app."""

from __future__ import annotations

from fastapi import FastAPI

from examples.genonaut.routers import router

app = FastAPI(title="Genonaut, in small")
app.include_router(router)


@app.get("/health", tags=["health"])
def health() -> dict[str, str]:
    """The process answers: no more."""
    return {"status": "ok"}
