"""From what is seen of browsers to the arguments of Datadog's resources, and to what the browsers are told."""

from __future__ import annotations

from typing import Any

from components.manifests import PART_OF, json_text, named
from components.rum.spec import ApplicationSpec, BrowserMetric, RetentionFilter, RumSpec
from contract.telemetry import METRICS, MetricType
from contract.telemetry.browser import FACETS
from infra.naming import Mark

FILE = "rum.json"
"""What the web server hands out as /monitoring/rum.json."""
MADE_BY_DATADOG = "[made by Datadog]"
_UPDATED = ("session", "view")
"""Events that are sent again while they go on (https://docs.datadoghq.com/api/latest/rum-metrics/)."""


def compile_application(spec: ApplicationSpec, mark: Mark) -> dict[str, Any]:
    """The arguments of `pulumi_datadog.RumApplication`."""
    # Applications carry no tags; their names say whose they are.
    return {"name": mark.title(spec.service), "type": "browser"}


def compile_filter(spec: RetentionFilter, mark: Mark) -> dict[str, Any]:
    """The arguments of `pulumi_datadog.RumRetentionFilter`, without its application."""
    return {
        "name": mark.title(spec.title),
        "event_type": spec.event,
        "query": spec.search,
        "sample_rate": spec.percent,
        "enabled": True,
    }


def compile_metric(spec: BrowserMetric) -> dict[str, Any]:
    """The arguments of `pulumi_datadog.RumMetric`, with the type and the tags that the contract has."""
    metric = METRICS[spec.name]
    compute: dict[str, Any] = {"aggregation_type": "count"}
    if metric.type is MetricType.DISTRIBUTION:
        compute = {"aggregation_type": "distribution", "include_percentiles": True, "path": spec.measure}
    # Counted once, when all is known of it.
    once = {"uniqueness": {"when": "end"}} if spec.event in _UPDATED else {}
    return {
        "name": spec.name,
        "event_type": spec.event,
        "compute": compute,
        "filter": {"query": spec.search},
        "group_bies": [{"path": FACETS[tag.key], "tag_name": tag.key} for tag in metric.tags],
        **once,
    }


def compile_config_map(spec: RumSpec, application: ApplicationSpec, text: object) -> dict[str, Any]:
    """The manifest of the ConfigMap that a front end's web server reads; `text` is that of `config_text`."""
    labels = {**named(application.service), **PART_OF}
    return {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": f"{application.service}-monitoring", "namespace": spec.namespace, "labels": labels},
        "data": {FILE: text},
    }


def compile_configs(spec: RumSpec) -> dict[str, dict[str, Any]]:
    """The manifests of all ConfigMaps by logical name, with a word in place of what only Datadog knows."""
    return {
        config_name(one): compile_config_map(spec, one, config_text(spec, one, MADE_BY_DATADOG, MADE_BY_DATADOG))
        for one in spec.applications
    }


def config_text(spec: RumSpec, application: ApplicationSpec, application_id: str, client_token: str) -> str:
    """What browsers get to see, and nothing else; `application_id` and `client_token` are Datadog's."""
    return json_text(browser_config(spec, application, application_id, client_token))


def browser_config(
    spec: RumSpec, application: ApplicationSpec, application_id: str, client_token: str
) -> dict[str, Any]:
    """What one browser is told: `MonitoringConfig` of snippet/monitoring.ts."""
    own = spec.sampling
    config: dict[str, Any] = {
        "applicationId": application_id,
        "clientToken": client_token,
        "site": spec.site,
        "service": application.service,
        "env": spec.environment,
        "sessionSampleRate": own.sessions,
        "sessionReplaySampleRate": own.replays,
        "traceSampleRate": own.traces,
        "defaultPrivacyLevel": own.privacy.value,
        "tracedOrigins": list(application.traced),
    }
    return config if spec.intake is None else {**config, "intake": spec.intake}


def config_name(application: ApplicationSpec) -> str:
    """The logical name of a front end's ConfigMap."""
    return f"{application.key}-config"
