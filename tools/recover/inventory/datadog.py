"""Objects of a stack in Datadog."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from datadog_api_client import ApiClient, Configuration
from datadog_api_client.v1.api.dashboards_api import DashboardsApi
from datadog_api_client.v1.api.monitors_api import MonitorsApi
from datadog_api_client.v1.api.service_level_objectives_api import ServiceLevelObjectivesApi
from datadog_api_client.v2.api.monitors_api import MonitorsApi as NotificationRulesApi

from infra.naming import Mark
from infra.settings import Settings
from tools.recover.found import DASHBOARD, MONITOR, RULE, SLO, Found
from tools.recover.inventory import (
    datadog_apm,
    datadog_logs,
    datadog_metrics,
    datadog_routing,
    datadog_rum,
    datadog_synthetics,
)

TYPES = (
    MONITOR,
    DASHBOARD,
    SLO,
    RULE,
    *datadog_apm.TYPES,
    *datadog_logs.TYPES,
    *datadog_metrics.TYPES,
    *datadog_rum.TYPES,
    *datadog_routing.TYPES,
    *datadog_synthetics.TYPES,
)
SYNTHETICS_ALERT = "synthetics alert"


def inventory(settings: Settings, mark: Mark, url: str) -> Iterator[Found]:
    """Everything in the organisation that carries the mark; `url` is the API's, without a path of its own."""
    configuration = Configuration(
        host=url,
        api_key={
            "apiKeyAuth": settings.datadog_api_key.get_secret_value(),
            "appKeyAuth": settings.datadog_app_key.get_secret_value(),
        },
        enable_retry=True,
    )
    with ApiClient(configuration) as client:
        yield from _tagged(client, mark)
        yield from _dashboards(client, mark)
        yield from _rules(client, mark)
        yield from datadog_rum.inventory(client, settings, mark)
        yield from datadog_synthetics.inventory(client, mark)
        yield from datadog_routing.inventory(client, settings, mark)
        yield from datadog_apm.inventory(client, settings, mark)
        yield from datadog_logs.inventory(client, settings, mark)
        yield from datadog_metrics.inventory(client, settings, mark)


def _tagged(client: ApiClient, mark: Mark) -> Iterator[Found]:
    monitors, slos = MonitorsApi(client), ServiceLevelObjectivesApi(client)
    for monitor in monitors.list_monitors_with_pagination(monitor_tags=",".join(mark.tag_filter)):
        if str(monitor.type) == SYNTHETICS_ALERT:
            continue  # comes and goes with its test, whose tags it has
        yield Found(
            type=MONITOR,
            id=str(monitor.id),
            identity=_logical_name(monitor.tags),
            title=monitor.name,
            delete=partial(monitors.delete_monitor, monitor.id, force="true"),
        )
    for slo in slos.list_slos_with_pagination(tags_query=" AND ".join(mark.tag_filter)):
        yield Found(
            type=SLO,
            id=slo.id,
            identity=_logical_name(slo.tags),
            title=slo.name,
            delete=partial(slos.delete_slo, slo.id, force="true"),
        )


def _dashboards(client: ApiClient, mark: Mark) -> Iterator[Found]:
    api = DashboardsApi(client)
    for dashboard in api.list_dashboards_with_pagination():
        logical_name = mark.logical_name_in(dashboard.description or "")
        if logical_name:
            yield Found(
                type=DASHBOARD,
                id=dashboard.id,
                identity=logical_name,
                title=dashboard.title,
                delete=partial(api.delete_dashboard, dashboard.id),
            )


def _rules(client: ApiClient, mark: Mark) -> Iterator[Found]:
    rules = NotificationRulesApi(client)
    for rule in rules.get_monitor_notification_rules().data:
        name = rule.attributes.name
        if name.startswith(mark.path_prefix):
            yield Found(
                type=RULE,
                id=rule.id,
                identity=name,
                title=name,
                delete=partial(rules.delete_monitor_notification_rule, rule.id),
            )


def _logical_name(tags: Iterable[str]) -> str:
    return next((tag.partition(":")[2] for tag in tags if tag.startswith("pulumi_name:")), "")
