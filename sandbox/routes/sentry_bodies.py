"""What Sentry accepts as the body of an alert or monitor: its own rules, apart from those of our provider."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Check = Callable[[Any], bool]
MISSING = ["This field is required."]
FREQUENCIES = (0, 5, 10, 30, 60, 180, 720, 1440)
INTERVALS = ("1m", "5m", "15m", "1h", "1d", "1w", "30d")
WINDOWS = (60, 300, 600, 900, 1800, 3600, 7200, 14400, 86400)
DATASETS = ("events", "events_analytics_platform", "metrics", "generic_metrics", "transactions")


def is_text(value: Any) -> bool:
    """A text that is not empty."""
    return isinstance(value, str) and bool(value)


def is_count(value: Any) -> bool:
    """A whole number above 0."""
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0 and value == int(value)


def one_of(*values: Any) -> Check:
    """One of these."""
    return lambda value: value in values


def maybe(check: Check) -> Check:
    """Null, or what the check wants."""
    return lambda value: value is None or check(value)


def is_a(*types: type) -> Check:
    """Of one of these types."""
    return lambda value: isinstance(value, types)


TRIGGERS = {
    "first_seen_event", "regression_event", "reappeared_event", "issue_resolved_trigger", "new_high_priority_issue",
    "existing_high_priority_issue",
}  # fmt: skip
_COUNT: dict[str, Check] = {"value": is_count, "interval": one_of(*INTERVALS)}
_INCREASE: dict[str, Check] = {**_COUNT, "comparisonInterval": one_of(*INTERVALS)}
COMPARISONS: dict[str, Mapping[str, Check] | Check] = {
    "age_comparison": {
        "time": one_of("minute", "hour", "day", "week"), "value": is_count, "comparisonType": one_of("older", "newer"),
    },
    "assigned_to": {"targetType": one_of("Unassigned", "Member", "Team"), "targetIdentifier": is_a(str, int)},
    "event_attribute": {"attribute": is_text, "match": is_text},
    "event_frequency_count": _COUNT,
    "event_frequency_percent": _INCREASE,
    "event_unique_user_frequency_count": _COUNT,
    "issue_category": {"value": one_of(1, 6, 10, 11, 12, 13, 14, 15, 17, 19)},
    "issue_occurrences": {"value": is_count},
    "issue_priority_deescalating": is_a(bool, int),
    "issue_priority_greater_or_equal": one_of(25, 50, 75),
    "issue_type": {"value": is_text, "include": is_a(bool)},
    "latest_adopted_release": {"environment": is_text, "ageComparison": is_text, "releaseAgeType": is_text},
    "latest_release": is_a(bool),
    "level": {"match": one_of("eq", "gte", "lte"), "level": one_of(0, 10, 20, 30, 40, 50)},
    "percent_sessions_count": _COUNT,
    "percent_sessions_percent": _INCREASE,
    "tagged_event": {"key": is_text, "match": is_text},
}  # fmt: skip
INTEGRATIONS = ("slack", "pagerduty", "discord", "msteams", "opsgenie")
OTHER_ACTIONS = ("email", "plugin", "webhook", "sentry_app", "vsts", "jira", "jira_server", "github")


def workflow_problems(body: Mapping[str, Any]) -> dict[str, Any]:
    """The problems of an alert, by field."""
    found = _fields(
        body,
        {
            "name": is_text,
            "enabled": is_a(bool),
            "config": lambda value: isinstance(value, dict) and value.get("frequency") in FREQUENCIES,
            "detectorIds": lambda value: isinstance(value, list) and all(map(is_text, value)),
            "triggers": is_a(dict),
            "actionFilters": is_a(list),
        },
        {"environment": maybe(is_text), "id": is_text},
    )
    if "triggers" not in found:
        triggers = body["triggers"]
        conditions = triggers.get("conditions")
        if triggers.get("logicType") != "any-short" or not isinstance(conditions, list):
            found["triggers"] = ["logicType must be any-short, conditions a list"]
        elif wrong := [text for one in conditions for text in _condition(one, trigger=True)]:
            found["triggers"] = wrong
    if "actionFilters" not in found and (wrong := [text for one in body["actionFilters"] for text in _filter(one)]):
        found["actionFilters"] = wrong
    return found


def _filter(group: Any) -> list[str]:
    if not isinstance(group, dict) or group.get("logicType") not in ("any", "any-short", "all", "none"):
        return ["logicType is not a valid choice"]
    return [
        *(text for one in group.get("conditions", []) for text in _condition(one, trigger=False)),
        *(text for one in group.get("actions", []) for text in _action(one)),
    ]


def _condition(one: Mapping[str, Any], *, trigger: bool) -> list[str]:
    kind, comparison = one.get("type"), one.get("comparison")
    if not isinstance(one.get("conditionResult"), bool):
        return [f"{kind}: conditionResult: a valid boolean is required"]
    if trigger and kind in TRIGGERS:
        return [] if comparison is True else [f"{kind}: comparison must be true"]
    if (trigger and kind != "event_frequency_count") or kind not in COMPARISONS:
        return [f"{kind!r} is not a valid condition here"]
    wanted = COMPARISONS[str(kind)]
    if not isinstance(wanted, Mapping):
        return [] if wanted(comparison) else [f"{kind}: comparison: {comparison!r} is not valid"]
    if not isinstance(comparison, dict):
        return [f"{kind}: comparison must be an object"]
    return [f"{kind}: {name} is not valid" for name, check in wanted.items() if not check(comparison.get(name))]


def _action(one: Mapping[str, Any]) -> list[str]:
    kind, config = one.get("type"), one.get("config")
    if kind not in INTEGRATIONS + OTHER_ACTIONS:
        return [f"{kind!r} is not a valid action"]
    if not isinstance(config, dict) or not isinstance(one.get("data"), dict):
        return [f"{kind}: config and data are required"]
    if kind == "email" and config.get("targetType") not in ("issue_owners", "team", "user"):
        return ["email: targetType is not valid"]
    if kind in INTEGRATIONS and not (is_text(one.get("integrationId")) and is_text(config.get("targetDisplay"))):
        return [f"{kind}: integrationId and targetDisplay are required"]
    return []


SOURCES: dict[str, tuple[dict[str, Check], dict[str, Check]]] = {
    "metric_issue": (
        {
            "aggregate": is_text, "dataset": one_of(*DATASETS), "eventTypes": is_a(list),
            "timeWindow": one_of(*WINDOWS),
        },
        {
            "environment": maybe(is_text), "query": maybe(is_a(str)), "queryType": maybe(one_of(0, 1, 2)),
            "extrapolationMode": maybe(is_text),
        },
    ),
    "monitor_check_in_failure": ({"name": is_text, "config": is_a(dict)}, {}),
    "uptime_domain_failure": (
        {
            "url": is_text, "method": is_text, "headers": is_a(list), "intervalSeconds": is_count,
            "timeoutMs": is_count, "traceSampling": is_a(bool),
        },
        {"body": maybe(is_a(str)), "assertion": maybe(is_a(dict))},
    ),
}  # fmt: skip
CRON: dict[str, Check] = {
    "schedule_type": one_of("crontab", "interval"), "schedule": is_a(str, list), "timezone": is_text,
    "checkin_margin": is_count, "max_runtime": is_count, "failure_issue_threshold": is_count,
    "recovery_threshold": is_count,
}  # fmt: skip
UPTIME: dict[str, Check] = {
    "mode": one_of(1, 2, 3), "environment": is_text, "recoveryThreshold": is_count, "downtimeThreshold": is_count,
}  # fmt: skip


def detector_problems(body: Mapping[str, Any]) -> dict[str, Any]:
    """The problems of a monitor, by field."""
    kind = body.get("type")
    if kind not in SOURCES:
        return {"type": [f"Unknown detector type {kind!r}"]}
    config: Check = is_a(dict)
    if kind == "uptime_domain_failure":
        config = lambda value: isinstance(value, dict) and not _fields(value, UPTIME, {})  # noqa: E731
    required: dict[str, Check] = {
        "type": is_text, "projectId": is_text, "name": is_text,
        "dataSources": lambda value: isinstance(value, list) and len(value) == 1,
    }  # fmt: skip
    optional = {
        "description": maybe(is_a(str)), "owner": maybe(is_text), "enabled": maybe(is_a(bool)), "config": config,
    }  # fmt: skip
    if kind == "metric_issue":
        required["conditionGroup"] = _is_group
    found = _fields(body, required, optional)
    if "dataSources" not in found:
        source = body["dataSources"][0]
        wrong = _fields(source, *SOURCES[kind])
        if kind == "monitor_check_in_failure" and not wrong:
            wrong = _fields(source["config"], CRON, {})
        if wrong:
            found["dataSources"] = [wrong]
    return found


def _is_group(value: Any) -> bool:
    return isinstance(value, dict) and bool(value.get("conditions")) and all(
        one.get("type") in ("gt", "gte", "lt", "lte", "anomaly_detection") and one.get("conditionResult") in (0, 50, 75)
        for one in value["conditions"]
    )  # fmt: skip


def _fields(value: Mapping[str, Any], required: Mapping[str, Check], optional: Mapping[str, Check]) -> dict[str, Any]:
    known = {**required, **optional}
    return {
        **{name: MISSING for name in required if name not in value},
        **{name: ["Unknown field."] for name in value if name not in known},
        **{
            name: [f"{value[name]!r} is not valid."]
            for name, check in known.items()
            if name in value and not check(value[name])
        },
    }
