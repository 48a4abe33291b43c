"""What workers do."""

from __future__ import annotations

from typing import Any

from celery import Task
from celery.utils.log import get_task_logger
from genonaut_telemetry import metrics
from sqlalchemy.orm import Session

from examples.genonaut import comfyui
from examples.genonaut.database import new_session
from examples.genonaut.models import GeneratedItem, GenerationJob, JobStatus, Kind
from examples.genonaut.settings import settings
from examples.genonaut.worker import celery

RETRIES = 1
_LOG = get_task_logger(__name__)


class JobCancelledError(Exception):
    """Whoever asked for a job does not want it any more."""


@celery.task(name="beat.heartbeat")
def heartbeat() -> None:
    """Run by beat every few minutes: that it comes says that beat and a worker are at work."""


@celery.task(name="generation.image", bind=True, max_retries=RETRIES)
def generate_image(task: Task[Any, Any], job_id: int) -> None:
    """Make an image with ComfyUI."""
    with new_session() as session:
        job = _begin(session, job_id)
        try:
            comfyui.generate(job.prompt)
        except comfyui.ComfyUIUnavailableError as error:
            if task.request.retries < RETRIES:
                raise task.retry(exc=error, countdown=settings().retry_delay) from error
            _fail(session, job)
            raise
        except comfyui.GenerationError:
            _fail(session, job)
            raise
        _finish(session, job)


@celery.task(name="generation.text", bind=True, queue="default")
def generate_text(task: Task[Any, Any], job_id: int) -> None:
    """Make a text: here, the prompt itself."""
    with new_session() as session:
        _finish(session, _begin(session, job_id))


def _begin(session: Session, job_id: int) -> GenerationJob:
    job = session.get_one(GenerationJob, job_id)
    _unless_cancelled(job)
    job.status = JobStatus.RUNNING
    session.commit()
    _LOG.info("job %d has begun", job.id)
    return job


def _fail(session: Session, job: GenerationJob) -> None:
    job.status = JobStatus.FAILED
    session.commit()


def _finish(session: Session, job: GenerationJob) -> None:
    session.refresh(job)
    _unless_cancelled(job)
    item = GeneratedItem(title=job.prompt, kind=job.kind, creator_id=job.user_id)
    session.add(item)
    session.flush()
    job.status, job.content_id = JobStatus.COMPLETED, item.id
    session.commit()
    metrics.content_created(content_type=Kind(job.kind).value, origin="generated")


def _unless_cancelled(job: GenerationJob) -> None:
    if job.status == JobStatus.CANCELLED:
        raise JobCancelledError(f"job {job.id}")
