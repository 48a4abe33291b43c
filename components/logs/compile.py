"""From specs to the arguments of Datadog's resources."""

from __future__ import annotations

from typing import Any

from components.logs.processors import Category, Date, Grok, Message, Processor, Status, TraceId, Url
from components.logs.spec import ArchiveSpec, IndexSpec, LogsSpec, PipelineSpec, ScanRule, Store
from contract.telemetry import LogMetric, MetricType
from infra.naming import Mark

ORDER = "logs-index-order"
GROUP = "logs-scanning"
ARCHIVE = "logs-archive"


def compile_index(spec: IndexSpec) -> dict[str, Any]:
    """The arguments of `pulumi_datadog.LogsIndex`."""
    return {
        "name": spec.name,
        "filters": [{"query": spec.query}],
        "retention_days": spec.retention_days,
        "daily_limit": spec.quota.events,
        # Left out, a limit that somebody switched off on Datadog's site stays off.
        "disable_daily_limit": False,
        # Both are filled in by Datadog where they are left out, and then differ at every run.
        "daily_limit_reset": {"reset_time": spec.quota.reset, "reset_utc_offset": spec.quota.offset},
        "daily_limit_warning_threshold_percentage": spec.quota.warn_at,
        "exclusion_filters": [
            {"name": one.name, "is_enabled": True, "filters": [{"query": one.query, "sample_rate": one.share}]}
            for one in spec.exclusions
        ],
        "tags": [f"index_env:{spec.environment}"],
    }


def compile_order(spec: LogsSpec) -> dict[str, Any]:
    """The arguments of `pulumi_datadog.LogsIndexOrder`: every index of the organisation, ours first."""
    return {"name": ORDER, "indexes": [*(one.name for one in spec.indexes), *spec.other_indexes]}


def compile_pipeline(spec: PipelineSpec, stack: str) -> dict[str, Any]:
    """The arguments of `pulumi_datadog.LogsCustomPipeline`."""
    return {
        "name": Mark(stack).title(spec.title),
        "description": Mark(stack).sentence(spec.key),
        "is_enabled": True,
        "filters": [{"query": spec.query}],
        "processors": [_processor(one) for one in spec.processors],
        "tags": [],
    }


def compile_metric(spec: LogMetric) -> dict[str, Any]:
    """The arguments of `pulumi_datadog.LogsMetric`."""
    measured = spec.metric.type is MetricType.DISTRIBUTION
    compute = (
        {"aggregation_type": "distribution", "path": spec.measure, "include_percentiles": True}
        if measured
        else {"aggregation_type": "count"}
    )
    return {
        "name": spec.metric.name,
        "compute": compute,
        "filter": {"query": spec.query},
        "group_bies": [{"tag_name": tag, "path": path} for tag, path in sorted(spec.groups.items())],
    }


def compile_group(stack: str) -> dict[str, Any]:
    """The arguments of `pulumi_datadog.SensitiveDataScannerGroup`: all logs."""
    return {
        "name": Mark(stack).title("Genonaut logs"),
        "description": Mark(stack).sentence(GROUP),
        "is_enabled": True,
        "product_lists": ["logs"],
        "filter": {"query": "*"},
    }


def compile_rule(spec: ScanRule, stack: str, group_id: Any) -> dict[str, Any]:
    """The arguments of `pulumi_datadog.SensitiveDataScannerRule`."""
    return {
        "name": Mark(stack).title(spec.title),
        "description": Mark(stack).sentence(rule_key(spec)),
        "group_id": group_id,
        "is_enabled": True,
        "pattern": spec.pattern,
        "priority": spec.priority,
        "tags": [f"sensitive_data:{spec.tag}"],
        "excluded_namespaces": list(spec.attributes_left_out),
        "text_replacement": {"type": "replacement_string", "replacement_string": spec.replacement},
    }


def rule_key(spec: ScanRule) -> str:
    """Logical name of the rule."""
    return f"logs-scan-{spec.key}"


def compile_archive(spec: ArchiveSpec, stack: str) -> dict[str, Any]:
    """The arguments of `pulumi_datadog.LogsArchive`: all lines, with their tags."""
    destination: dict[Store, dict[str, Any]] = {
        Store.S3: {"bucket": spec.bucket, "account_id": spec.account, "role_name": spec.role},
        Store.GCS: {"bucket": spec.bucket, "client_email": spec.account},
        Store.AZURE: {
            "container": spec.bucket,
            "storage_account": spec.account,
            "client_id": spec.role,
            "tenant_id": spec.tenant,
        },
    }
    path = {"path": spec.path} if spec.path else {}
    return {
        "name": Mark(stack).title("Genonaut"),
        "query": "*",
        "include_tags": True,
        "compression_method": spec.compression,
        f"{spec.store}_archive": {**destination[spec.store], **path},
    }


def _processor(one: Processor) -> dict[str, Any]:  # noqa: PLR0911 -- one for each kind
    match one:
        case Grok(source=source, rules=rules, helpers=helpers, samples=samples):
            grok = {"match_rules": "\n".join(rules), "support_rules": "\n".join(helpers)}
            return {
                "grok_parser": {**_named("take apart", source), "source": source, "grok": grok, "samples": [*samples]}
            }
        case Category(target=target, categories=categories):
            given = [{"name": name, "filter": {"query": query}} for name, query in categories]
            return {"category_processor": {**_named("say", target), "target": target, "categories": given}}
        case Status(source=source):
            return {"status_remapper": {**_named("status from", source), "sources": [source]}}
        case Date(source=source):
            return {"date_remapper": {**_named("time from", source), "sources": [source]}}
        case Message(source=source):
            return {"message_remapper": {**_named("text from", source), "sources": [source]}}
        case TraceId(source=source):
            return {"trace_id_remapper": {**_named("trace from", source), "sources": [source]}}
        case Url(source=source, target=target):
            return {"url_parser": {**_named("take apart", source), "sources": [source], "target": target}}


def _named(what: str, attribute: str) -> dict[str, Any]:
    return {"name": f"{what} {attribute}", "is_enabled": True}
