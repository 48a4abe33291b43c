"""Generation jobs: asked for here, done by workers."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from fastapi import APIRouter, HTTPException
from genonaut_telemetry import metrics
from pydantic import BaseModel, Field
from sqlalchemy import select, update

from examples.genonaut import pages
from examples.genonaut.database import Database
from examples.genonaut.models import GenerationJob, JobStatus, Kind
from examples.genonaut.tasks import generate_image, generate_text

_LOG = logging.getLogger(__name__)

router = APIRouter(prefix="/generation-jobs", tags=["generation"])


class NewJob(BaseModel):
    """What somebody wants to have generated."""

    user_id: int
    kind: Kind = Kind.IMAGE
    prompt: str = Field(min_length=1)


class Job(BaseModel):
    """A job in a list."""

    id: int
    kind: Kind
    title: str
    status: JobStatus
    content_id: int | None
    created_at: datetime

    @classmethod
    def of(cls, row: Any) -> Job:
        """What is shown of a row."""
        return cls(
            id=row.id,
            kind=Kind(row.kind),
            title=row.prompt,
            status=JobStatus(row.status),
            content_id=row.content_id,
            created_at=row.created_at,
        )


_COLUMNS = (
    GenerationJob.id,
    GenerationJob.kind,
    GenerationJob.prompt,
    GenerationJob.status,
    GenerationJob.content_id,
    GenerationJob.created_at,
)


@router.get("/")
def jobs(session: Database, wanted: pages.Wanted) -> pages.Page:
    """All jobs."""
    return pages.fetch(session, select(*_COLUMNS), GenerationJob.id, wanted, Job.of, collection="generation_jobs")


@router.post("/", status_code=202)
def submit(session: Database, new: NewJob) -> Job:
    """Ask for something to be generated."""
    job = GenerationJob(user_id=new.user_id, kind=new.kind, prompt=new.prompt)
    session.add(job)
    session.commit()
    task = generate_image if new.kind is Kind.IMAGE else generate_text
    task.delay(job.id)
    _LOG.info("job %d is asked for", job.id, extra={"celery.task": task.name})
    metrics.features_used(feature="generation")
    return Job.of(job)


@router.get("/{job_id}")
def job(session: Database, job_id: int) -> Job:
    """One job."""
    found = session.execute(select(*_COLUMNS).where(GenerationJob.id == job_id)).one_or_none()
    if found is None:
        raise HTTPException(404, "no such job")
    return Job.of(found)


@router.delete("/{job_id}", status_code=204)
def cancel(session: Database, job_id: int) -> None:
    """Give up a job that is not done yet."""
    unfinished = GenerationJob.status.in_([JobStatus.QUEUED, JobStatus.RUNNING])
    session.execute(
        update(GenerationJob).where(GenerationJob.id == job_id, unfinished).values(status=JobStatus.CANCELLED)
    )
    session.commit()
