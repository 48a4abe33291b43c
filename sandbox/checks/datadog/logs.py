"""What is done with logs: the API's models, every search, and what the models leave open."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from datadog_api_client.v1.model.logs_index import LogsIndex
from datadog_api_client.v1.model.logs_indexes_order import LogsIndexesOrder
from datadog_api_client.v1.model.logs_pipeline import LogsPipeline
from datadog_api_client.v2.model.logs_archive_create_request_attributes import LogsArchiveCreateRequestAttributes
from datadog_api_client.v2.model.logs_metric_create_attributes import LogsMetricCreateAttributes
from datadog_api_client.v2.model.sensitive_data_scanner_group_attributes import SensitiveDataScannerGroupAttributes
from datadog_api_client.v2.model.sensitive_data_scanner_rule_attributes import SensitiveDataScannerRuleAttributes

from sandbox.checks.datadog.body import as_property, snake, snake_keys
from sandbox.checks.datadog.counted import check_counted
from sandbox.checks.models import check_model
from sandbox.checks.problem import Problem
from sandbox.checks.queries import search_query

KINDS = {"trace_id_remapper": "trace-id-remapper"}
RENAMED = {"retention_days": "num_retention_days", "flex_retention_days": "num_flex_logs_retention_days"}
NOT_SENT = ("filters", "exclusion_filters", "disable_daily_limit")
STORES = ("s3", "gcs", "azure")
OF_INTEGRATION = ("access_key_id", "account_id", "role_name", "client_email", "project_id", "client_id", "tenant_id")
"""What an archive's destination says of the access to it."""
OF_ENCRYPTION = {"encryption_key": "key", "encryption_type": "type"}
SUPPRESSIONS = {"ends_withs": "ends_with", "exact_matches": "exact_match", "starts_withs": "starts_with"}
NEEDED = {
    "replacement_string": "replacementString",
    "partial_replacement_from_beginning": "numberOfChars",
    "partial_replacement_from_end": "numberOfChars",
}
"""Kind of replacement -> what it cannot do without."""


def check_index(inputs: Mapping[str, Any]) -> list[Problem]:
    """Problems of a `LogsIndex`."""
    return [*check_model(LogsIndex, index_body(inputs)), *searches(inputs)]


def check_pipeline(inputs: Mapping[str, Any]) -> list[Problem]:
    """Problems of a `LogsCustomPipeline`."""
    return [*check_model(LogsPipeline, pipeline_body(inputs)), *searches(inputs)]


def check_order(inputs: Mapping[str, Any]) -> list[Problem]:
    """Problems of a `LogsIndexOrder`."""
    names = inputs.get("indexes")
    problems = check_model(LogsIndexesOrder, {"index_names": names} if "indexes" in inputs else {})
    listed = names if isinstance(names, list) else []
    twice = [name for name, count in Counter(map(str, listed)).items() if count > 1]
    return [
        *(as_property(each, {"index_names": "indexes"}) for each in problems),
        *(Problem("indexes", f"{name!r} is named more than once") for name in twice),
    ]


def check_metric(inputs: Mapping[str, Any]) -> list[Problem]:
    """Problems of a `LogsMetric`."""
    return check_counted(LogsMetricCreateAttributes, inputs)


def check_archive(inputs: Mapping[str, Any]) -> list[Problem]:
    """Problems of a `LogsArchive`."""
    stores = [store for store in STORES if inputs.get(f"{store}Archive")]
    if len(stores) != 1:
        at = f"{stores[-1] if stores else STORES[0]}Archive"
        hint = f"exactly one of {', '.join(f'{store}Archive' for store in STORES)} is needed"
        return [Problem(at, hint), *searches(inputs)]
    members = {snake(name): name for name in inputs} | {
        "destination.integration": f"{stores[0]}Archive",
        "destination": f"{stores[0]}Archive",
    }
    problems = check_model(LogsArchiveCreateRequestAttributes, archive_body(inputs))
    return [*(as_property(each, members) for each in problems), *searches(inputs)]


def check_group(inputs: Mapping[str, Any]) -> list[Problem]:
    """Problems of a `SensitiveDataScannerGroup`."""
    own = snake_keys(inputs)
    body = {"product_list" if name == "product_lists" else name: value for name, value in own.items()}
    members = {snake(name): name for name in inputs} | {"product_list": "productLists"}
    problems = check_model(SensitiveDataScannerGroupAttributes, body)
    return [*(as_property(each, members) for each in problems), *searches(inputs)]


def check_rule(inputs: Mapping[str, Any]) -> list[Problem]:
    """Problems of a `SensitiveDataScannerRule`."""
    problems = check_model(SensitiveDataScannerRuleAttributes, rule_body(inputs))
    return [*(as_property(each, {snake(name): name for name in inputs}) for each in problems), *_scanned(inputs)]


def _scanned(inputs: Mapping[str, Any]) -> Iterator[Problem]:
    pattern = inputs.get("pattern")
    if bool(pattern) == bool(inputs.get("standardPatternId")):
        yield Problem("pattern", "needs either pattern or standardPatternId")
    if isinstance(pattern, str):
        try:
            re.compile(pattern)
        except re.error as error:
            yield Problem("pattern", f"is no regular expression: {error}")
    replacement = inputs.get("textReplacement") or {}
    needed = NEEDED.get(str(replacement.get("type")))
    if needed and not replacement.get(needed):
        yield Problem(f"textReplacement.{needed}", f"is required where type is {replacement['type']}")


def index_body(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """An index as the API takes it."""
    own = snake_keys(inputs)
    body = {RENAMED.get(name, name): value for name, value in own.items() if name not in NOT_SENT}
    excluded = [
        {**each, "filter": next(iter(each.get("filters") or []), {})} for each in own.get("exclusion_filters") or []
    ]
    for each in excluded:
        each.pop("filters", None)
    return {**body, "filter": next(iter(own.get("filters") or []), {}), "exclusion_filters": excluded}


def pipeline_body(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """A pipeline as the API takes it: a processor's kind is its type there."""
    own = snake_keys(inputs)
    processors = [
        {"type": KINDS.get(snake(kind), snake(kind).replace("_", "-")), **members}
        for each in own.get("processors") or []
        for kind, members in each.items()
    ]
    body = {name: value for name, value in own.items() if name != "filters"}
    return {**body, "filter": next(iter(own.get("filters") or []), {}), "processors": processors}


def archive_body(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """An archive's attributes as the API takes them: the store is a type there, and access to it a part."""
    own = snake_keys(inputs)
    stores = {f"{store}_archive": store for store in STORES}
    body = {name: value for name, value in own.items() if name not in stores}
    for name, store in stores.items():
        if given := own.get(name):
            body["destination"] = {
                "type": store,
                **{key: value for key, value in given.items() if key not in {*OF_INTEGRATION, *OF_ENCRYPTION}},
                "integration": {key: value for key, value in given.items() if key in OF_INTEGRATION},
            }
            if encryption := {to: given[key] for key, to in OF_ENCRYPTION.items() if key in given}:
                body["destination"]["encryption"] = encryption
    return body


def rule_body(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """A rule's attributes as the API takes them; its group and its standard pattern are relationships there."""
    own = snake_keys(inputs)
    body = {name: value for name, value in own.items() if name not in {"group_id", "standard_pattern_id"}}
    if isinstance(own.get("suppressions"), Mapping):
        body["suppressions"] = {SUPPRESSIONS.get(name, name): each for name, each in own["suppressions"].items()}
    return body


def searches(value: Any, path: str = "") -> Iterator[Problem]:
    """Problems of every `query` inside."""
    if isinstance(value, list):
        for index, each in enumerate(value):
            yield from searches(each, f"{path}[{index}]")
    elif isinstance(value, Mapping):
        for name, each in value.items():
            place = f"{path}.{name}" if path else name
            if name == "query" and isinstance(each, str):
                yield from search_query(each, place)
            else:
                yield from searches(each, place)
