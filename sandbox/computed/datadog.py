"""Ids and outputs as Datadog makes them (shapes from the public API reference and the providers' import examples)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

import yaml

from sandbox.computed.context import Making
from sandbox.wire import UNKNOWN, Secret, plain

Answer = tuple[str, dict[str, Any]]

ID_IS_INPUT = {
    "logsIndex:LogsIndex": "name",
    "logsMetric:LogsMetric": "name",
    "spansMetric:SpansMetric": "name",
    "rumMetric:RumMetric": "name",
    "metricMetadata:MetricMetadata": "metric",
    "metricTagConfiguration:MetricTagConfiguration": "metricName",
    "logsIndexOrder:LogsIndexOrder": "name",
    "logsPipelineOrder:LogsPipelineOrder": "name",
    "webhook:Webhook": "name",
    "webhookCustomVariable:WebhookCustomVariable": "name",
}
"""Types whose id is one of their inputs, because the vendor's key is a name."""

MONITOR_DEFAULTS = {"requireFullWindow": True, "includeTags": True, "newHostDelay": 300, "notifyNoData": False}
"""What the provider sends for a monitor that does not say otherwise (`resource_datadog_monitor.go`)."""


def monitor(inputs: Mapping[str, Any], making: Making) -> Answer:
    """A monitor: its id has nine digits, and the provider's defaults are not the API's."""
    return integer_id(inputs, making)[0], {name: inputs.get(name, value) for name, value in MONITOR_DEFAULTS.items()}


def integer_id(_inputs: Mapping[str, Any], making: Making) -> Answer:
    """An id of nine digits."""
    return str(making.number("id", 10**8, 10**9)), {}


def hex_id(_inputs: Mapping[str, Any], making: Making) -> Answer:
    """An SLO's id: 32 hexadecimal digits."""
    return making.hex("id"), {}


def public_id(making: Making) -> str:
    """Three groups of three letters: `abc-def-ghi`."""
    text = making.letters("id", 9)
    return f"{text[:3]}-{text[3:6]}-{text[6:]}"


def dashboard(inputs: Mapping[str, Any], making: Making) -> Answer:
    """A dashboard's id and its address under the site."""
    id_ = public_id(making)
    title = inputs.get("title") or _json_title(inputs.get("dashboard")) or making.name
    slug = re.sub(r"[^a-z0-9]+", "-", str(title).lower()).strip("-")
    return id_, {"url": inputs.get("url") or f"/dashboard/{id_}/{slug}"}


def rum_application(_inputs: Mapping[str, Any], making: Making) -> Answer:
    """A RUM application: a UUID, and the client token that browsers send, which the provider does not mark secret."""
    token = f"pub{making.hex('clientToken')}"
    return making.uuid("id"), {"clientToken": token, "apiKeyId": making.number("apiKeyId", 10**5, 10**6)}


def synthetics_test(_inputs: Mapping[str, Any], making: Making) -> Answer:
    """A synthetic test: its public id, and the id of the monitor that comes with it."""
    return public_id(making), {"monitorId": making.number("monitorId", 10**8, 10**9)}


def private_location(_inputs: Mapping[str, Any], making: Making) -> Answer:
    """A private location: its configuration is a secret."""
    id_ = f"pl:{making.hex('id')}"
    config = json.dumps(
        {"id": id_, "accessKey": making.hex("accessKey"), "secretAccessKey": making.hex("secretAccessKey", 40)}
    )
    return id_, {"config": Secret(config), "restrictionPolicyResourceId": f"synthetics-private-location:{id_}"}


def slack_channel(inputs: Mapping[str, Any], _making: Making) -> Answer:
    """A Slack channel: workspace and channel."""
    return f"{plain(inputs.get('accountName'))}:{plain(inputs.get('channelName'))}", {}


def entity(inputs: Mapping[str, Any], making: Making) -> Answer:
    """An entry of the catalog of services: its id is what others refer to it by."""
    text = plain(inputs.get("entity"))
    body = yaml.safe_load(text) if isinstance(text, str) and UNKNOWN not in text else None
    if not isinstance(body, Mapping):
        return making.uuid("id"), {}
    metadata = body["metadata"]
    return f"{body['kind']}:{metadata.get('namespace', 'default')}/{metadata['name']}", {}


def filter_order(_inputs: Mapping[str, Any], _making: Making) -> Answer:
    """The order of retention filters, of which an organisation has one."""
    return "filtersOrderID", {}


def named(field: str) -> Callable[[Mapping[str, Any], Making], Answer]:
    """A type whose id is an input."""
    return lambda inputs, _making: (str(plain(inputs.get(field))), {})


RULES: dict[str, Callable[[Mapping[str, Any], Making], Answer]] = {
    "datadog:index/monitor:Monitor": monitor,
    "datadog:index/monitorJson:MonitorJson": integer_id,
    "datadog:index/serviceLevelObjective:ServiceLevelObjective": hex_id,
    "datadog:index/dashboard:Dashboard": dashboard,
    "datadog:index/dashboardJson:DashboardJson": dashboard,
    "datadog:index/dashboardV2:DashboardV2": dashboard,
    "datadog:index/dashboardList:DashboardList": integer_id,
    "datadog:index/rumApplication:RumApplication": rum_application,
    "datadog:index/syntheticsTest:SyntheticsTest": synthetics_test,
    "datadog:index/syntheticsPrivateLocation:SyntheticsPrivateLocation": private_location,
    "datadog:index/softwareCatalog:SoftwareCatalog": entity,
    "datadog:index/apmRetentionFilterOrder:ApmRetentionFilterOrder": filter_order,
    "datadog:slack/channel:Channel": slack_channel,
    "datadog:pagerduty/serviceObject:ServiceObject": named("serviceName"),
    "datadog:index/onCallTeamRoutingRules:OnCallTeamRoutingRules": named("teamId"),
    **{f"datadog:index/{name}": named(field) for name, field in ID_IS_INPUT.items()},
}


def _json_title(document: Any) -> str | None:
    text = plain(document)
    if not isinstance(text, str) or UNKNOWN in text:
        return None
    title = json.loads(text).get("title")
    return title if isinstance(title, str) else None
