"""What the service cannot do without, and what it can."""

from __future__ import annotations

from genonaut_telemetry import health

from examples.genonaut import cache, comfyui, worker
from examples.genonaut.database import engine

CHECKS = (
    health.database(engine),
    health.cache(cache.client()),
    health.queue(worker.celery),
    health.external("comfyui", comfyui.ping),
    health.pagination(engine, "SELECT id FROM content_items ORDER BY id DESC LIMIT 20"),
)
