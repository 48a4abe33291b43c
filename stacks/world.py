"""What the telemetry of an environment can be, from the catalog and the agents. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from components.agent.features import Feature
from components.agent.spec import AgentSpec
from contract.telemetry import Source, application, browser
from contract.world import World
from infra.naming import Environment
from stacks.catalog.infrastructure import INFRASTRUCTURE
from stacks.catalog.services import Service

FEATURES: Mapping[Source, Feature] = MappingProxyType(
    {
        Source.APPLICATION: Feature.DOGSTATSD,
        Source.LOAD_TEST: Feature.DOGSTATSD,
        Source.TRACES: Feature.APM,
        Source.SPANS: Feature.APM,
        Source.LOGS: Feature.LOGS,
        Source.KUBE_STATE: Feature.KUBERNETES_STATE,
        Source.EVENTS: Feature.EVENTS,
    }
)
"""What the agents must do for a sender to be heard."""
CHECKS: Mapping[Source, str] = MappingProxyType(
    {
        Source.POSTGRES: "postgres",
        Source.REDIS: "redisdb",
        Source.CELERY: "celery",
        Source.HTTP: "http_check",
        Source.TLS: "tls",
    }
)
"""The check of each sender that somebody has to configure."""


def world(
    services: tuple[Service, ...], environment: Environment, cluster: str, silent: frozenset[Source] = frozenset()
) -> World:
    """What queries are proved against."""
    return World(
        environment=environment.value,
        cluster=cluster,
        services={**INFRASTRUCTURE, **{service.name: _activities(service) for service in services}},
        silent=silent,
    )


def silent(agent: AgentSpec) -> frozenset[Source]:
    """Senders that are not heard: features of the agents that are off, checks that they are not given."""
    given = {one.check for one in agent.checks}
    off = {source for source, feature in FEATURES.items() if feature not in agent.features}
    return frozenset(off | {source for source, check in CHECKS.items() if check not in given})


def _activities(service: Service) -> frozenset[str]:
    done = {
        application.PAGINATION: service.paginates,
        browser.ACTIVITY: service.in_browsers,
        service.operation: service.operation is not None,
    }
    return frozenset(activity for activity, does in done.items() if does and activity)
