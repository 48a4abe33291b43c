"""From alerts to the arguments of Datadog monitors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from components.monitors.condition import (
    STATUSES_PER_MINUTE,
    CheckCondition,
    Condition,
    LogCondition,
    MetricCondition,
    Thresholds,
)
from components.monitors.message import composite_message, message
from components.monitors.spec import MissingData, MonitorSpec, TierSpec, Urgency
from contract.query.text import number_text
from infra.naming import ROLLOUT

SYMPTOM_SUFFIX = "-symptom"
AFTERMATH_SUFFIX = "-aftermath"
COMPOSITE = "composite"


def measured_name(spec: MonitorSpec) -> str:
    """Logical name of the monitor that evaluates the condition; the alert's key where nothing quietens it."""
    return f"{spec.key}{SYMPTOM_SUFFIX}" if spec.unless else spec.key


def compile_monitor(spec: MonitorSpec, tier: TierSpec) -> dict[str, Any]:
    """The arguments of the `pulumi_datadog.Monitor` that evaluates this alert's condition."""
    if spec.unless:
        return _evaluating(spec, tier, f"{spec.title} (symptom)", [*_common_tags(spec), "role:symptom"])
    return {**_evaluating(spec, tier, spec.title, _notifying_tags(spec)), **_renotification(spec, tier.urgency)}


def compile_aftermath(spec: MonitorSpec, tier: TierSpec) -> dict[str, Any] | None:
    """The arguments of the `pulumi_datadog.Monitor` that composites look at for this cause; None where it is none.

    It begins with the alert, and ends when the windows of its symptoms hold nothing of it any more.
    """
    condition = spec.condition
    if not isinstance(condition, CheckCondition) or condition.aftermath is None:
        return None
    lasting = replace(spec, condition=replace(condition, successes=condition.aftermath * STATUSES_PER_MINUTE))
    return _evaluating(lasting, tier, f"{spec.title} (and its aftermath)", [*_common_tags(spec), "role:aftermath"])


def compile_composite(spec: MonitorSpec, tier: TierSpec) -> dict[str, Any]:
    """The arguments, but for the query, of the `pulumi_datadog.Monitor` that tells of a symptom without a cause."""
    missing = policy(spec, tier.urgency)
    return {
        **_identity(spec, tier),
        "name": spec.title,
        "type": COMPOSITE,
        "message": composite_message(spec, missing, runbook_url(spec, tier)),
        "tags": _notifying_tags(spec),
        # A composite knows only the older pair of options.
        "notify_no_data": missing is MissingData.NOTIFY,
        **_renotification(spec, tier.urgency),
    }


def composite_query(spec: MonitorSpec, ids: Mapping[str, str]) -> str:
    """The query of this alert's composite: its symptom is on, and none of its causes.

    `ids` holds Datadog's ids: by the alert's own key that of its symptom, by the keys of causes those of their
    aftermaths.
    """
    return " && ".join([ids[spec.key], *(f"!{ids[cause]}" for cause in spec.unless)])


def monitor_type(condition: Condition) -> str:
    """Datadog's name of the type of monitor."""
    match condition:
        case MetricCondition():
            return "query alert"
        case LogCondition():
            return "log alert"
        case CheckCondition():
            return "service check"


def query(condition: Condition) -> str:
    """The monitor query, with the critical threshold in it."""
    if isinstance(condition, CheckCondition):
        over, by = (", ".join(f'"{tag}"' for tag in tags) for tags in (condition.over, condition.by))
        looked_at = max(condition.failures, condition.successes)
        return f'"{condition.check}".over({over}).by({by}).last({looked_at}).count_by_status()'
    return f"{condition.expression} {condition.comparator} {number_text(condition.thresholds.critical)}"


def policy(spec: MonitorSpec, urgency: Urgency) -> MissingData:
    """What missing data means for this alert."""
    return urgency.missing_data if spec.on_missing_data is None else spec.on_missing_data


def runbook_url(spec: MonitorSpec, tier: TierSpec) -> str:
    """Where people read this alert's runbook."""
    return f"{tier.runbook_base_url}/{spec.runbook}.md"


def _evaluating(spec: MonitorSpec, tier: TierSpec, name: str, tags: list[str]) -> dict[str, Any]:
    missing = policy(spec, tier.urgency)
    return {
        **_identity(spec, tier),
        "name": name,
        "type": monitor_type(spec.condition),
        "query": query(spec.condition),
        "message": message(spec, missing, runbook_url(spec, tier)),
        "tags": tags,
        "new_group_delay": spec.new_group_delay,
        **_options(spec.condition),
        **_missing_data(spec.condition, missing, tier.urgency),
    }


def _identity(spec: MonitorSpec, tier: TierSpec) -> dict[str, Any]:
    return {
        "priority": str(tier.urgency.priority),
        "assets": [{"category": "runbook", "name": "Runbook", "url": runbook_url(spec, tier)}],
        "include_tags": True,
        # Checked here, before anything is declared; the provider would ask the API at every preview.
        "validate": False,
    }


def _common_tags(spec: MonitorSpec) -> list[str]:
    rollout = [ROLLOUT] if spec.rollout else []
    return [f"service:{spec.service}", f"team:{spec.owner}", *rollout]


def _notifying_tags(spec: MonitorSpec) -> list[str]:
    # Notification rules go by the last two: what another monitor speaks for carries neither.
    return [*_common_tags(spec), f"tier:{spec.tier}", f"stage:{spec.stage}"]


def _options(condition: Condition) -> dict[str, Any]:
    match condition:
        case CheckCondition():
            return {"monitor_thresholds": {"critical": str(condition.failures), "ok": str(condition.successes)}}
        case LogCondition():
            return {"monitor_thresholds": _thresholds(condition.thresholds)}
        case MetricCondition():
            options: dict[str, Any] = {
                "monitor_thresholds": _thresholds(condition.thresholds),
                "require_full_window": condition.full_window,
                "evaluation_delay": condition.evaluation_delay,
            }
            if condition.anomaly:
                options["monitor_threshold_windows"] = {
                    "trigger_window": condition.anomaly.trigger,
                    "recovery_window": condition.anomaly.recovery,
                }
            if condition.day_starts:
                starts = {"day_starts": condition.day_starts, "timezone": "UTC"}
                options["scheduling_options"] = {"evaluation_window": starts}
            return options


def _thresholds(limits: Thresholds) -> dict[str, str]:
    return {
        name: number_text(value)
        for name in ("critical", "critical_recovery", "warning", "warning_recovery")
        if (value := getattr(limits, name)) is not None
    }


def _missing_data(condition: Condition, missing: MissingData, urgency: Urgency) -> dict[str, Any]:
    options: dict[str, Any]
    if isinstance(condition, CheckCondition):
        # Service checks know only the older pair of options.
        options = {"notify_no_data": missing is MissingData.NOTIFY}
        if missing is MissingData.NOTIFY:
            options["no_data_timeframe"] = condition.silent_minutes
    else:
        options = {"on_missing_data": missing.value}
    # The API refuses both ways of ending without data on one monitor.
    if missing is not MissingData.RESOLVE and urgency.resolve_after_hours is not None:
        options["timeout_h"] = urgency.resolve_after_hours
    return options


def _renotification(spec: MonitorSpec, urgency: Urgency) -> dict[str, Any]:
    if urgency.renotify_minutes is None:
        return {}
    silent = ["no data"] if policy(spec, urgency) is MissingData.NOTIFY else []
    return {"renotify_interval": urgency.renotify_minutes, "renotify_statuses": ["alert", *silent]}
