"""What the owner of an organisation makes of its traces, and its catalog of services, in Datadog."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from datadog_api_client import ApiClient
from datadog_api_client.v2.api.apm_retention_filters_api import APMRetentionFiltersApi
from datadog_api_client.v2.api.software_catalog_api import SoftwareCatalogApi
from datadog_api_client.v2.api.spans_metrics_api import SpansMetricsApi

from contract.telemetry.spans import SPAN_METRICS
from infra.naming import Mark
from infra.settings import Settings
from tools.recover.found import ENTITY, RETENTION, RETENTION_ORDER, SPANS_METRIC, Found

TYPES = (SPANS_METRIC, RETENTION, RETENTION_ORDER, ENTITY)


def inventory(client: ApiClient, settings: Settings, mark: Mark) -> Iterator[Found]:
    """The objects of the stack, where it owns what the organisation shares."""
    if settings.datadog.owner_stack == mark.stack:
        yield from _metrics(client)
        yield from _filters(client, mark)
        yield from _entities(client, mark)


def _metrics(client: ApiClient) -> Iterator[Found]:
    """They have nothing but their names, which carry no mark."""
    ours = {metric.name for metric in SPAN_METRICS}
    for metric in SpansMetricsApi(client).list_spans_metrics().data:
        if metric.id in ours:
            yield Found(type=SPANS_METRIC, id=metric.id, identity=metric.id, title=metric.id, delete=None)


def _filters(client: ApiClient, mark: Mark) -> Iterator[Found]:
    api = APMRetentionFiltersApi(client)
    ours = [one for one in api.list_apm_retention_filters().data if one.attributes.name.endswith(mark.title_suffix)]
    for one in ours:
        name, delete = one.attributes.name, partial(api.delete_apm_retention_filter, one.id)
        yield Found(type=RETENTION, id=one.id, identity=name, title=name, delete=delete)
    if ours:
        # Every organisation has one order, which cannot be deleted; it is ours only with filters of ours in it.
        order = "retention-order"
        yield Found(type=RETENTION_ORDER, id="filtersOrderID", identity=order, title=order, delete=None)


def _entities(client: ApiClient, mark: Mark) -> Iterator[Found]:
    api = SoftwareCatalogApi(client)
    for one in api.list_catalog_entity_with_pagination():
        tags = set(one.attributes.tags or ())
        if tags.issuperset(mark.tag_filter):
            reference = f"{one.attributes.kind}:{one.attributes.namespace}/{one.attributes.name}"
            yield Found(
                type=ENTITY,
                id=reference,
                identity=next((tag.partition(":")[2] for tag in tags if tag.startswith("pulumi_name:")), ""),
                title=reference,
                delete=partial(api.delete_catalog_entity, reference),
            )
