"""What holds history that a deletion would take along, and where it is kept therefore."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from infra.naming import Environment

HISTORY: Mapping[str, str] = MappingProxyType(
    {
        "datadog:index/logsIndex:LogsIndex": "its lines, and its name is never free again",
        "datadog:index/logsArchive:LogsArchive": "the way to read archived lines back",
        "datadog:index/rumApplication:RumApplication": "its sessions, under an id that browsers were given",
        "datadog:index/serviceLevelObjective:ServiceLevelObjective": "its corrections, under an id that reports name",
        "sentry:index/sentryProject:SentryProject": "its issues and events",
        "sentry:index/sentryTeam:SentryTeam": "whose its projects are, by which they are found again",
        "kubernetes:core/v1:PersistentVolumeClaim": "what was written to the volume",
        "kubernetes:core/v1:Namespace": "the volumes in it: deleting it deletes them",
    }
)
"""Type -> what is lost with it. Metrics made from logs, spans or sessions are not among them: Datadog keeps
their values when the rule that makes them goes (https://docs.datadoghq.com/logs/log_configuration/logs_to_metrics/).
Nor are alerts, probes and dashboards: what they were is in git, and what they saw is in events and metrics."""


def is_kept(type_token: str, environment: Environment) -> bool:
    """Whether an object outlives its deletion from the program: only production has history that anybody needs."""
    return environment is Environment.PRODUCTION and type_token in HISTORY
