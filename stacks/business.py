"""From settings and catalog to the spec of the business metrics. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from components.business.spec import BusinessSpec, RemoteWrite, Storage
from components.monitors.spec import MonitorSpec
from contract.telemetry.application import API, WORKER
from infra.naming import Tier
from infra.settings import Settings
from stacks.catalog.business import rule_groups
from stacks.catalog.grafana import boards
from stacks.catalog.images import GRAFANA_VERSION, PROMETHEUS_VERSION, image
from stacks.environment import EnvironmentPlan


def business(settings: Settings, plan: EnvironmentPlan, monitors: Iterable[MonitorSpec]) -> BusinessSpec:
    """The business metrics of a stack; `monitors` are all alerts of Datadog's."""
    given, environment = settings.business, settings.environment
    told = [monitor for monitor in monitors if monitor.tier is Tier.BUSINESS]
    remote = given.remote_write
    return BusinessSpec(
        environment=environment,
        cluster=settings.kubernetes.cluster_name,
        namespace=given.namespace,
        watched_namespace=settings.workloads.namespace,
        services=tuple(service.name for service in plan.services if service.operation in {API, WORKER}),
        prometheus_image=image(given.registry, "prom/prometheus", given.prometheus_version or PROMETHEUS_VERSION),
        grafana_image=image(given.registry, "grafana/grafana", given.grafana_version or GRAFANA_VERSION),
        pull_secrets=given.pull_secrets,
        storage=Storage(
            size=given.storage.size,
            storage_class=given.storage.storage_class,
            time=given.retention.time,
            blocks=given.blocks,
        ),
        remote_write=RemoteWrite(url=remote.url, secret=remote.secret, username=remote.username)
        if remote.url
        else None,
        alertmanager=given.alertmanager,
        runbook_base_url=settings.runbooks.base_url,
        groups=rule_groups(environment, plan.limits, told),
        boards=tuple(boards(environment, plan.limits)),
    )
