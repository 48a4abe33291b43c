"""The pipelines: one for each kind of sender."""

from __future__ import annotations

from collections.abc import Iterable

from components.logs.spec import PipelineSpec
from contract.telemetry.application import API, WORKER
from contract.telemetry.logs import JSON_ATTRIBUTES
from stacks.catalog.infrastructure import POSTGRES, REDIS
from stacks.catalog.logs import postgres, redis, requests, tasks
from stacks.catalog.services import Service


def pipelines(services: Iterable[Service]) -> tuple[PipelineSpec, ...]:
    """The pipelines for these services and what they stand on; none for a kind of service that nobody is of."""
    listed = tuple(services)
    of_services = (
        ("requests", "Services that answer requests", API, requests.PROCESSORS),
        ("tasks", "Services that run tasks", WORKER, tasks.PROCESSORS),
    )
    of_stores = (
        ("postgres", "PostgreSQL", POSTGRES, postgres.PROCESSORS),
        ("redis", "Redis", REDIS, redis.PROCESSORS),
    )
    return (
        *(
            PipelineSpec(
                key=f"logs-pipeline-{kind}",
                title=title,
                query=_sent_by(names),
                processors=steps,
                brings=JSON_ATTRIBUTES,
            )
            for kind, title, operation, steps in of_services
            if (names := [one.name for one in listed if one.operation == operation])
        ),
        *(
            PipelineSpec(key=f"logs-pipeline-{kind}", title=title, query=_sent_by([name]), processors=steps)
            for kind, title, name, steps in of_stores
        ),
    )


def _sent_by(names: Iterable[str]) -> str:
    listed = sorted(names)
    return f"service:{listed[0]}" if len(listed) == 1 else f"service:({' OR '.join(listed)})"
