"""What of browsers is a stack's in Datadog: applications, their retention filters, the metrics of all of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from datadog_api_client import ApiClient
from datadog_api_client.v2.api.rum_api import RUMApi
from datadog_api_client.v2.api.rum_metrics_api import RumMetricsApi
from datadog_api_client.v2.api.rum_retention_filters_api import RumRetentionFiltersApi

from infra.naming import Mark
from infra.settings import Settings
from tools.recover.found import RUM, RUM_FILTER, RUM_METRIC, Found

TYPES = (RUM, RUM_FILTER, RUM_METRIC)


def inventory(client: ApiClient, settings: Settings, mark: Mark) -> Iterator[Found]:
    """The stack's applications and filters; where it owns what the organisation shares, also all metrics."""
    yield from _applications(client, mark)
    if settings.datadog.owner_stack == mark.stack:
        for metric in RumMetricsApi(client).list_rum_metrics().data:
            # It carries nothing but the name that queries ask for, so it may be somebody else's.
            yield Found(type=RUM_METRIC, id=metric.id, identity=metric.id, title=metric.id, delete=None)


def _applications(client: ApiClient, mark: Mark) -> Iterator[Found]:
    api, filters = RUMApi(client), RumRetentionFiltersApi(client)
    for application in api.get_rum_applications().data:
        own = application.attributes
        if not own.name.endswith(mark.title_suffix):
            continue
        for one in filters.list_retention_filters(own.application_id).data:
            name = one.attributes.name
            if name.endswith(mark.title_suffix):  # Datadog makes some of its own
                yield Found(
                    type=RUM_FILTER,
                    id=one.id,
                    identity=f"{own.application_id}/{name}",
                    title=name,
                    delete=partial(filters.delete_retention_filter, own.application_id, one.id),
                )
        yield Found(
            type=RUM,
            id=own.application_id,
            identity=own.name,
            title=own.name,
            delete=partial(api.delete_rum_application, own.application_id),
            removal_order=1,
        )
