"""The API: uvicorn examples.genonaut.main:app."""

from __future__ import annotations

from fastapi import FastAPI
from genonaut_telemetry import instrument

from examples.genonaut.health import CHECKS
from examples.genonaut.routers import router

app = FastAPI(title="Genonaut, in small")
app.include_router(router)
instrument(app, checks=CHECKS)


@app.get("/health", tags=["health"])
def health() -> dict[str, str]:
    """The process answers: no more."""
    return {"status": "ok"}
