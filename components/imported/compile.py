"""From imported entries to the arguments of resources: nothing is added, nothing is left out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from components.imported.spec import ImportedDashboard, ImportedMonitor
from contract.query.text import number_text

PLAIN = frozenset(
    {
        "enable_logs_sample", "escalation_message", "evaluation_delay", "group_retention_duration",
        "groupby_simple_monitor", "include_tags", "locked", "new_group_delay", "new_host_delay", "no_data_timeframe",
        "notification_preset_name", "notify_audit", "notify_no_data", "on_missing_data", "renotify_interval",
        "renotify_occurrences", "renotify_statuses", "require_full_window", "timeout_h",
    }
)  # fmt: skip
"""Options that the provider calls as the API does."""
RENAMED = {"thresholds": "monitor_thresholds", "threshold_windows": "monitor_threshold_windows",
           "notify_by": "notify_bies", "scheduling_options": "scheduling_options"}  # fmt: skip
WITHOUT_MEANING = frozenset({"silenced", "avalanche_window"})
"""What the API shows although nobody sets it any more; the provider does not look at it."""


def unsupported(options: Mapping[str, Any]) -> list[str]:
    """Options that the provider has no argument for."""
    known = PLAIN | RENAMED.keys() | WITHOUT_MEANING
    found = [name for name, value in options.items() if value is not None and name not in known]
    found += [
        f"thresholds.{name}" for name, each in (options.get("thresholds") or {}).items() if isinstance(each, dict)
    ]
    scheduling = options.get("scheduling_options") or {}
    if not isinstance(scheduling, dict):
        return sorted([*found, "scheduling_options that are a list"])
    if len((scheduling.get("custom_schedule") or {}).get("recurrences") or ()) > 1:
        found.append("scheduling_options.custom_schedule with several recurrences")
    return sorted(found)


def compile_monitor(spec: ImportedMonitor) -> dict[str, Any]:
    """The arguments of its `pulumi_datadog.Monitor`."""
    options = {name: value for name, value in spec.options.items() if value is not None}
    arguments: dict[str, Any] = {
        "name": spec.name, "type": spec.type, "query": spec.query, "message": spec.message, "tags": list(spec.tags),
        # As for our own: the provider would ask the API at every preview.
        "validate": False,
        **{name: value for name, value in options.items() if name in PLAIN},
        **{renamed: _written(name, options[name]) for name, renamed in RENAMED.items() if options.get(name)},
    }  # fmt: skip
    if spec.assets:
        arguments["assets"] = [{name: value for name, value in one.items() if value is not None} for one in spec.assets]
    if spec.priority is not None:
        arguments["priority"] = str(spec.priority)
    return arguments


def compile_dashboard(spec: ImportedDashboard) -> dict[str, Any]:
    """The arguments of its `pulumi_datadog.DashboardJson`."""
    return {"dashboard": json.dumps(spec.body, indent=1, sort_keys=True)}


def _written(name: str, value: Any) -> Any:
    if name == "thresholds":
        given = {key: each for key, each in value.items() if each is not None}
        return {key: each if isinstance(each, str) else number_text(each) for key, each in given.items()}
    if name == "threshold_windows":
        return {key: each for key, each in value.items() if each is not None}
    if name == "scheduling_options" and "custom_schedule" in value:
        schedule = value["custom_schedule"]
        return {**value, "custom_schedule": {"recurrence": schedule["recurrences"][0]}}
    return value
