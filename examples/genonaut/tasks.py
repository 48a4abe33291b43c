"""What workers do."""

from __future__ import annotations

from typing import Any

from celery import Task
from sqlalchemy.orm import Session

from examples.genonaut import comfyui
from examples.genonaut.database import new_session
from examples.genonaut.models import GeneratedItem, GenerationJob, JobStatus
from examples.genonaut.settings import settings
from examples.genonaut.worker import celery

RETRIES = 1


@celery.task(name="beat.heartbeat")
def heartbeat() -> None:
    """Run by beat every few minutes: that it comes says that beat and a worker are at work."""


@celery.task(name="generation.image", bind=True, max_retries=RETRIES)
def generate_image(task: Task[Any, Any], job_id: int) -> None:
    """Make an image with ComfyUI."""
    with new_session() as session:
        job = _begin(session, job_id)
        if job is None:
            return
        try:
            comfyui.generate(job.prompt)
        except comfyui.UnavailableError as error:
            if task.request.retries < RETRIES:
                raise task.retry(exc=error, countdown=settings().retry_delay) from error
            _fail(session, job)
            raise
        except comfyui.ComfyUIError:
            _fail(session, job)
            raise
        _finish(session, job)


@celery.task(name="generation.text", bind=True, queue="default")
def generate_text(task: Task[Any, Any], job_id: int) -> None:
    """Make a text: here, the prompt itself."""
    with new_session() as session:
        job = _begin(session, job_id)
        if job is not None:
            _finish(session, job)


def _begin(session: Session, job_id: int) -> GenerationJob | None:
    job = session.get_one(GenerationJob, job_id)
    if job.status == JobStatus.CANCELLED:
        return None
    job.status = JobStatus.RUNNING
    session.commit()
    return job


def _fail(session: Session, job: GenerationJob) -> None:
    job.status = JobStatus.FAILED
    session.commit()


def _finish(session: Session, job: GenerationJob) -> None:
    session.refresh(job)
    if job.status == JobStatus.CANCELLED:
        return
    item = GeneratedItem(title=job.prompt, kind=job.kind, creator_id=job.user_id)
    session.add(item)
    session.flush()
    job.status, job.content_id = JobStatus.COMPLETED, item.id
    session.commit()
