"""Celery: celery -A examples.genonaut.worker worker|beat."""

from __future__ import annotations

from datetime import UTC, datetime

from celery import Celery
from celery.schedules import crontab
from genonaut_telemetry import instrument_celery

from examples.genonaut.settings import settings

celery = Celery("genonaut", broker=settings().redis_url, include=["examples.genonaut.tasks"])
celery.conf.update(
    task_default_queue="default",
    task_routes={"generation.*": {"queue": "generation"}},
    task_ignore_result=True,
    worker_prefetch_multiplier=1,
    broker_connection_retry_on_startup=True,
    beat_schedule={
        "beat-heartbeat": {
            "task": "beat.heartbeat",
            "schedule": crontab(minute="*/5"),
            # Overdue when beat starts, so that one knows at once that it runs.
            "last_run_at": datetime(2000, 1, 1, tzinfo=UTC),
        },
    },
)
instrument_celery(celery)
