"""Triggers and conditions of alerts, as Sentry writes them. Pure."""

from __future__ import annotations

from typing import Any


def new_issue() -> dict[str, Any]:
    """Trigger: an issue is seen for the first time."""
    return _condition("first_seen_event", True)


def regression() -> dict[str, Any]:
    """Trigger: a resolved issue has come back."""
    return _condition("regression_event", True)


def escalation() -> dict[str, Any]:
    """Trigger: an archived issue happens more often than foreseen."""
    return _condition("reappeared_event", True)


def resolved() -> dict[str, Any]:
    """Trigger: an issue is resolved."""
    return _condition("issue_resolved_trigger", True)


def more_events_than(count: int, interval: str) -> dict[str, Any]:
    """Trigger or condition: more events of one issue than this, in 1m, 5m, 15m, 1h, 1d, 1w or 30d."""
    return _condition("event_frequency_count", {"value": count, "interval": interval})


def more_people_than(count: int, interval: str) -> dict[str, Any]:
    """Condition: more people met the issue than this."""
    return _condition("event_unique_user_frequency_count", {"value": count, "interval": interval, "filters": []})


def share_of_sessions_above(percent: float, interval: str) -> dict[str, Any]:
    """Condition: the issue was met in more percent of the sessions than this."""
    return _condition("percent_sessions_count", {"value": percent, "interval": interval})


def level_at_least(level: int) -> dict[str, Any]:
    """Condition: 50 fatal, 40 error, 30 warning, 20 info, 10 debug."""
    return _condition("level", {"match": "gte", "level": level})


def priority_at_least(priority: int) -> dict[str, Any]:
    """Condition: 75 high, 50 medium, 25 low."""
    return _condition("issue_priority_greater_or_equal", priority)


def category(number: int) -> dict[str, Any]:
    """Condition: 1 error, 10 outage, 11 metric, 12 database query, 14 front end."""
    return _condition("issue_category", {"value": number})


def issue_type(name: str) -> dict[str, Any]:
    """Condition: the issue is of this type, such as `performance_n_plus_one_db_queries`."""
    return _condition("issue_type", {"value": name, "include": True})


def tag_contains(key: str, value: str) -> dict[str, Any]:
    """Condition: a tag of the event contains this text."""
    return _condition("tagged_event", {"key": key, "match": "co", "value": value})


def _condition(kind: str, comparison: Any) -> dict[str, Any]:
    return {"type": kind, "comparison": comparison, "conditionResult": True}
