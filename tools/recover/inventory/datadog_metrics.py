"""What the owner of an organisation has Datadog keep of its own metrics."""

from __future__ import annotations

from collections.abc import Iterator

from datadog_api_client import ApiClient
from datadog_api_client.v2.api.metrics_api import MetricsApi

from contract.telemetry import METRICS, Source
from infra.naming import Mark
from infra.settings import Settings
from tools.recover.found import METRIC_TAGS, Found

TYPES = (METRIC_TAGS,)


def inventory(client: ApiClient, settings: Settings, mark: Mark) -> Iterator[Found]:
    """The configurations of our own metrics, where the stack owns what the organisation shares."""
    if settings.datadog.owner_stack != mark.stack:
        return
    ours = {one.name for one in METRICS.values() if one.source in {Source.APPLICATION, Source.LOAD_TEST}}
    for one in MetricsApi(client).list_tag_configurations_with_pagination(filter_configured=True):
        if one.id in ours:
            # It has nothing but the metric's name, which carries no mark.
            yield Found(type=METRIC_TAGS, id=one.id, identity=one.id, title=one.id, delete=None)
