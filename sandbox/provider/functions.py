"""The functions of providers that our programs call; all others need the real provider."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.cloud import Cloud
from sandbox.wire import plain

RETENTION = "datadog:index/apmRetentionFilter:ApmRetentionFilter"
RETENTION_ORDER = "datadog:index/apmRetentionFilterOrder:ApmRetentionFilterOrder"
OF_DATADOG = ("default-errors", "default-application-security")
"""The retention filters that every organisation has, before it makes any."""


def retention_filters(cloud: Cloud) -> dict[str, Any]:
    """The ids of all retention filters: in the order that was set, and behind those in the order they were made in."""
    there = [*OF_DATADOG, *(one.id for one in cloud.objects(RETENTION))]
    wanted = [plain(id_) for order in cloud.objects(RETENTION_ORDER) for id_ in order.inputs["filterIds"]]
    first = [id_ for id_ in wanted if id_ in there]
    return {"id": "filtersOrderID", "filterIds": [*first, *(id_ for id_ in there if id_ not in first)]}


FUNCTIONS: Mapping[str, Callable[[Cloud], dict[str, Any]]] = {
    "datadog:index/getApmRetentionFiltersOrder:getApmRetentionFiltersOrder": retention_filters,
}
"""By token; none of these takes arguments."""
