"""What can tell somebody something: Datadog's monitors in both spellings, and synthetic tests, which make a monitor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from policy.rules.model import Resource, body, part


@dataclass(frozen=True, kw_only=True, slots=True)
class Alerting:
    """The properties of interest, wherever the resource keeps them. None: not set."""

    kind: str
    """Datadog's type of monitor; `synthetics` for a test."""
    query: Any
    texts: Mapping[str, Any]
    """Property -> what is sent to people."""
    tags: Any
    priority: Any
    assets: Any
    on_missing_data: Any
    notify_no_data: Any


def alerting(resource: Resource) -> Alerting | None:
    """None where the resource is no such thing, or its body is not known yet."""
    own = resource.properties
    match resource.type:
        case "datadog:index/monitor:Monitor":
            return Alerting(
                kind=str(own.get("type")),
                query=own.get("query"),
                texts={key: own.get(key) for key in ("message", "escalationMessage")},
                tags=own.get("tags"),
                priority=own.get("priority"),
                assets=own.get("assets"),
                on_missing_data=own.get("onMissingData"),
                notify_no_data=own.get("notifyNoData"),
            )
        case "datadog:index/monitorJson:MonitorJson":
            told = body(own.get("monitor"))
            if not isinstance(told, Mapping):
                return None
            return Alerting(
                kind=str(told.get("type")),
                query=told.get("query"),
                texts={
                    "monitor.message": told.get("message"),
                    "monitor.options.escalation_message": part(told, "options", "escalation_message"),
                },
                tags=told.get("tags"),
                priority=told.get("priority"),
                assets=told.get("assets"),
                on_missing_data=part(told, "options", "on_missing_data"),
                notify_no_data=part(told, "options", "notify_no_data"),
            )
        case "datadog:index/syntheticsTest:SyntheticsTest":
            return Alerting(
                kind="synthetics",
                query=None,
                texts={
                    "message": own.get("message"),
                    "optionsList.monitorOptions.escalationMessage": part(
                        own, "optionsList", "monitorOptions", "escalationMessage"
                    ),
                },
                tags=own.get("tags"),
                priority=part(own, "optionsList", "monitorPriority"),
                assets=None,
                on_missing_data=None,
                notify_no_data=None,
            )
        case _:
            return None
