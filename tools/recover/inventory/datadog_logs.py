"""What the owner stack makes of logs, in Datadog."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from datadog_api_client import ApiClient
from datadog_api_client.exceptions import NotFoundException
from datadog_api_client.v1.api.logs_indexes_api import LogsIndexesApi
from datadog_api_client.v1.api.logs_pipelines_api import LogsPipelinesApi
from datadog_api_client.v2.api.logs_archives_api import LogsArchivesApi
from datadog_api_client.v2.api.logs_metrics_api import LogsMetricsApi
from datadog_api_client.v2.api.sensitive_data_scanner_api import SensitiveDataScannerApi

from infra.naming import Mark
from infra.settings import Settings
from tools.recover.found import ARCHIVE, INDEX, INDEX_ORDER, LOG_METRIC, PIPELINE, SCAN_GROUP, SCAN_RULE, Found

TYPES = (INDEX, INDEX_ORDER, PIPELINE, LOG_METRIC, SCAN_GROUP, SCAN_RULE, ARCHIVE)
ORDER = "logs-index-order"
OWN_METRICS = "genonaut.logs."


def inventory(client: ApiClient, settings: Settings, mark: Mark) -> Iterator[Found]:
    """What is there of it; only pipelines and archives are removed by recovery.

    An index that is deleted takes its lines with it, and its name is never free again. Metrics carry no mark. Groups of
    scanning and their rules are better there than not.
    """
    if settings.datadog.owner_stack != mark.stack:
        return
    yield from _indexes(client, mark)
    pipelines, archives = LogsPipelinesApi(client), LogsArchivesApi(client)
    for pipeline in pipelines.list_logs_pipelines().value:
        if pipeline.name.endswith(mark.title_suffix):
            delete = partial(pipelines.delete_logs_pipeline, pipeline.id)
            yield Found(type=PIPELINE, id=pipeline.id, identity=pipeline.name, title=pipeline.name, delete=delete)
    for metric in LogsMetricsApi(client).list_logs_metrics().data:
        if metric.id.startswith(OWN_METRICS):
            yield _kept(LOG_METRIC, metric.id, metric.id)
    for archive in archives.list_logs_archives().data:
        name = archive.attributes.name
        if name.endswith(mark.title_suffix):
            delete = partial(archives.delete_logs_archive, archive.id)
            yield Found(type=ARCHIVE, id=archive.id, identity=name, title=name, delete=delete)
    scanning = SensitiveDataScannerApi(client).list_scanning_groups().get("included")
    for one in scanning.value if scanning else ():
        name = one.attributes.name
        if name.endswith(mark.title_suffix):
            is_rule = str(one.type) == "sensitive_data_scanner_rule"
            yield _kept(SCAN_RULE if is_rule else SCAN_GROUP, one.id, name)


def _indexes(client: ApiClient, mark: Mark) -> Iterator[Found]:
    api = LogsIndexesApi(client)
    ours = [one.name for one in api.list_log_indexes().indexes if {*mark.tag_filter} <= {*one.get("tags", [])}]
    for name in ours:
        yield _kept(INDEX, name, name)
    try:
        order = api.get_logs_index_order().index_names
    except NotFoundException:
        return
    if {*ours} & {*order}:
        yield _kept(INDEX_ORDER, ORDER, ORDER)


def _kept(type_token: str, id_: str, name: str) -> Found:
    return Found(type=type_token, id=id_, identity=name, title=name, delete=None)
