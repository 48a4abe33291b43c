"""What the dashboards of an environment are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from components.dashboards.spec import Link, Variable
from components.monitors.spec import MonitorSpec
from contract.telemetry.application import WORKER
from contract.telemetry.events import DEPLOYMENT
from infra.naming import Environment
from stacks.catalog.services import ANSWERS_REQUESTS, Service


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """One environment: its services, its alerts, its objectives."""

    environment: Environment
    cluster: str
    """Its Kubernetes cluster, as Datadog shows it: what belongs to no workload carries no other tag of ours."""
    services: tuple[Service, ...]
    alerts: Mapping[str, MonitorSpec]
    objectives: Mapping[str, str]
    """The service of each objective, by the objective's logical name."""

    @property
    def env(self) -> Variable:
        """The choice of the environment; there is one."""
        return Variable(name="env", tag="env", default=self.environment.value, choices=(self.environment.value,))

    @property
    def service(self) -> Variable:
        """The choice of one of our services, or all."""
        return Variable(name="service", tag="service", choices=("*", *(service.name for service in self.services)))

    @property
    def version(self) -> Variable:
        """The choice of a version, or all."""
        return Variable(name="version", tag="version")

    @property
    def answering(self) -> tuple[Service, ...]:
        """The services that answer requests."""
        return tuple(service for service in self.services if service.operation == ANSWERS_REQUESTS)

    @property
    def working(self) -> tuple[Service, ...]:
        """The services that run tasks."""
        return tuple(service for service in self.services if service.operation == WORKER)

    @property
    def paginating(self) -> tuple[Service, ...]:
        """The services that answer lists page by page."""
        return tuple(service for service in self.services if service.paginates)

    @property
    def browsing(self) -> tuple[Service, ...]:
        """The services that run in browsers."""
        return tuple(service for service in self.services if service.in_browsers)

    def alert(self, *keys: str) -> str | None:
        """The first of these alerts that this environment has."""
        return next((key for key in keys if key in self.alerts), None)

    def objectives_of(self, service: Service) -> tuple[str, ...]:
        """The logical names of a service's objectives."""
        return tuple(key for key, name in self.objectives.items() if name == service.name)


def deployments(scope: str) -> str:
    """The search for the rollouts in a scope, for the lines over graphs."""
    return f"event_type:{DEPLOYMENT} {scope}"


def links(service: str) -> tuple[Link, ...]:
    """From graphs to the traces and logs of what is chosen; `service` is a name, or a variable as links write it."""
    query = f"env%3A{{{{$env.value}}}}%20service%3A{service}"
    return (
        Link(label="Traces", path=f"/apm/traces?query={query}&start={{{{timestamp_start}}}}&end={{{{timestamp_end}}}}"),
        Link(label="Logs", path=f"/logs?query={query}&from_ts={{{{timestamp_start}}}}&to_ts={{{{timestamp_end}}}}"),
    )


CHOSEN_SERVICE = "{{$service.value}}"
"""The service that is chosen at the top of a dashboard, in a link."""
