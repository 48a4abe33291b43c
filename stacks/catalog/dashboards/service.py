"""One dashboard per service, for those who own it: all that it does and runs on."""

from __future__ import annotations

from collections.abc import Iterator

from components.dashboards.spec import AlertGraph, DashboardSpec, Group, MonitorStatus, Objective, Widget
from stacks.catalog.dashboards.groups import browsers, lists, logs, requests, tasks, workloads
from stacks.catalog.dashboards.view import View, deployments, links
from stacks.catalog.services import ANSWERS_REQUESTS, Service


def dashboard(service: Service, view: View) -> DashboardSpec:
    """The dashboard of a service."""
    return DashboardSpec(
        key=f"service-{service.key}",
        title=f"{service.name} ({view.environment})",
        description=f"What {service.name} does, how well, and what it runs on.",
        owner=service.owner,
        variables=(view.env, view.version),
        groups=tuple(_groups(service, view)),
        deployments=deployments(f"$env service:{service.name}"),
        links=links(service.name),
    )


def _groups(service: Service, view: View) -> Iterator[Group]:
    scope = f"$env,service:{service.name},$version"
    if now := tuple(_now(service, view)):
        yield Group(title="Now", widgets=now)
    if service.operation:
        yield requests.traffic(
            "Requests" if service.operation == ANSWERS_REQUESTS else "Work",
            service.operation,
            scope,
            error_alert=view.alert(f"{service.key}-error-rate"),
            latency_alert=view.alert(f"{service.key}-latency"),
        )
        yield requests.resources(
            "Endpoints" if service.operation == ANSWERS_REQUESTS else "Kinds of tasks", service.operation, scope
        )
        yield requests.versions(service.operation, scope)
    if service.paginates:
        yield lists.lists(scope, view.alert(f"{service.key}-pagination-latency"))
    if service in view.working:
        yield tasks.tasks(scope)
        yield tasks.generation(scope)
    if service.in_browsers:
        yield browsers.loading(scope)
        yield browsers.use(scope)
    yield workloads.workloads(view, scope)
    yield logs.logs(f"$env service:{service.name} $version")


def _now(service: Service, view: View) -> Iterator[Widget]:
    if any(alert.service == service.name for alert in view.alerts.values()):
        yield MonitorStatus(title="Alerts", tags=(f"service:{service.name}",), height=3)
    for key in view.objectives_of(service):
        yield Objective(title=key, slo=key)
    if traffic := view.alert(f"{service.key}-traffic"):
        yield AlertGraph(title="Traffic, and what is usual", alert=traffic)
