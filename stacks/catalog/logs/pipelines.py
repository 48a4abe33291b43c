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
    """The pipelines for these services and what they stand on."""
    listed = tuple(services)
    return (
        PipelineSpec(
            key="logs-pipeline-requests",
            title="Services that answer requests",
            query=_sent_by(one.name for one in listed if one.operation == API),
            processors=requests.PROCESSORS,
            brings=JSON_ATTRIBUTES,
        ),
        PipelineSpec(
            key="logs-pipeline-tasks",
            title="Services that run tasks",
            query=_sent_by(one.name for one in listed if one.operation == WORKER),
            processors=tasks.PROCESSORS,
            brings=JSON_ATTRIBUTES,
        ),
        PipelineSpec(
            key="logs-pipeline-postgres",
            title="PostgreSQL",
            query=_sent_by([POSTGRES]),
            processors=postgres.PROCESSORS,
        ),
        PipelineSpec(key="logs-pipeline-redis", title="Redis", query=_sent_by([REDIS]), processors=redis.PROCESSORS),
    )


def _sent_by(names: Iterable[str]) -> str:
    listed = sorted(names)
    return f"service:{listed[0]}" if len(listed) == 1 else f"service:({' OR '.join(listed)})"
