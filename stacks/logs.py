"""From settings and catalog to what is done with logs. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from components.agent.spec import LogMask
from components.logs.spec import ArchiveSpec, LogsSpec, Store
from contract.telemetry import LOG_METRICS
from contract.world import World
from infra.naming import Environment
from infra.settings import Settings
from infra.settings.logs import ArchiveSettings
from stacks.catalog.logs.indexes import indexes
from stacks.catalog.logs.pipelines import pipelines
from stacks.catalog.logs.scanning import RULES
from stacks.catalog.services import Service

MASKS: tuple[LogMask, ...] = tuple(
    LogMask(name=rule.key, pattern=rule.pattern, replacement=rule.replacement) for rule in RULES if rule.at_agent
)
"""What the agents take out of lines, so that it does not leave the cluster."""


def environments(owner: Environment) -> tuple[Environment, ...]:
    """The environments whose logs come to the organisation of the owner stack: a sandbox has one of its own."""
    if owner is Environment.SANDBOX:
        return (Environment.SANDBOX,)
    return (Environment.PRODUCTION, Environment.STAGING)


def logs(
    settings: Settings,
    stack: str,
    services: Iterable[Service],
    worlds: Mapping[Environment, World],
    planned_events: int,
) -> LogsSpec:
    """Everything about logs, for all environments; `services` are those of all of them."""
    return LogsSpec(
        stack=stack,
        worlds=tuple(worlds.values()),
        indexes=indexes(worlds),
        other_indexes=settings.logs.other_indexes,
        planned_events=planned_events,
        pipelines=pipelines(services),
        metrics=LOG_METRICS,
        scanning=RULES,
        archive=_archive(settings.logs.archive) if settings.logs.archive else None,
    )


def _archive(own: ArchiveSettings) -> ArchiveSpec:
    return ArchiveSpec(
        store=Store(own.store),
        bucket=own.bucket,
        path=own.path,
        account=own.account,
        role=own.role,
        tenant=own.tenant,
        compression=own.compression,
    )
