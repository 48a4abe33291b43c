"""Monitors: the API's model, the query, and the rules between them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from datadog_api_client.v1.model.monitor import Monitor
from datadog_api_client.v1.model.monitor_type import MonitorType

from sandbox.checks.datadog.body import as_property, number, snake, snake_keys
from sandbox.checks.models import check_model
from sandbox.checks.problem import Problem
from sandbox.checks.queries import monitor_query

TOP_LEVEL = ("name", "type", "query", "message", "tags", "priority", "restrictedRoles", "assets", "draftStatus")
NOT_SENT = (
    "forceDelete",
    "validate",
    "ignoreTagKeys",
    "monitorThresholds",
    "monitorThresholdWindows",
    "notifyBies",
    "variables",
)
"""Inputs that are the provider's own, or that are written differently in the body."""
MISSING_DATA_PAIR = ("notifyNoData", "noDataTimeframe")
WITHOUT_MISSING_DATA = ("composite", "service check", "slo alert")
"""Types that know only the older pair (https://docs.datadoghq.com/api/latest/monitors/#create-a-monitor)."""
PRIORITIES = range(1, 6)
RECOVERY_SIDE = {">": "at most", ">=": "less than", "<": "at least", "<=": "more than"}


def check(inputs: Mapping[str, Any]) -> list[Problem]:
    """Problems of a `Monitor`."""
    body, members = api_body(inputs)
    # A formula's variables are written differently in the body; without them its query cannot be judged.
    judged = {**body, "query": None} if "variables" in inputs else body
    problems = [as_property(problem, members) for problem in [*check_model(Monitor, body), *_rules(judged)]]
    if inputs.get("onMissingData") is not None:
        problems += [
            Problem(name, "conflicts with onMissingData: leave it out")
            for name in MISSING_DATA_PAIR
            if inputs.get(name)
        ]
        if inputs.get("type") in WITHOUT_MISSING_DATA:
            problems.append(Problem("onMissingData", f"is not available for monitors of type {inputs['type']!r}"))
    return problems


def check_json(inputs: Mapping[str, Any]) -> list[Problem]:
    """Problems of a `MonitorJson`."""
    text = inputs.get("monitor")
    if not isinstance(text, str):
        return []
    try:
        body = json.loads(text)
    except json.JSONDecodeError as error:
        return [Problem("monitor", f"is not JSON: {error}")]
    found = check_model(Monitor, body) + (_rules(body) if isinstance(body, dict) else [])
    return [Problem(f"monitor.{problem.path}", problem.reason) for problem in found]


def api_body(inputs: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """The API's body of the monitor, and the property each of its members comes from."""
    body: dict[str, Any] = {snake(name): snake_keys(inputs[name]) for name in TOP_LEVEL if name in inputs}
    if "priority" in body and str(body["priority"]).isdecimal():
        body["priority"] = int(body["priority"])
    options = {snake(name): snake_keys(each) for name, each in inputs.items() if name not in (*TOP_LEVEL, *NOT_SENT)}
    members = {f"options.{snake(name)}": name for name in inputs if name not in TOP_LEVEL}
    members |= {snake(name): name for name in TOP_LEVEL}
    if "monitorThresholds" in inputs:
        options["thresholds"] = {
            snake(name): each if name.endswith("Query") else number(each)
            for name, each in inputs["monitorThresholds"].items()
        }
        members |= {
            f"options.thresholds.{snake(name)}": f"monitorThresholds.{name}" for name in inputs["monitorThresholds"]
        }
        members["options.thresholds"] = "monitorThresholds"
    if "monitorThresholdWindows" in inputs:
        options["threshold_windows"] = snake_keys(inputs["monitorThresholdWindows"])
        members["options.threshold_windows"] = "monitorThresholdWindows"
    if "notifyBies" in inputs:
        options["notify_by"] = inputs["notifyBies"]
        members["options.notify_by"] = "notifyBies"
    if "custom_schedule" in options.get("scheduling_options", {}):
        schedule = options["scheduling_options"]["custom_schedule"]
        schedule["recurrences"] = [schedule.pop("recurrence")] if "recurrence" in schedule else []
    return {**body, "options": options}, members


def _rules(body: Mapping[str, Any]) -> list[Problem]:
    options = body.get("options")
    options = options if isinstance(options, Mapping) else {}
    kind, query, priority = body.get("type"), body.get("query"), body.get("priority")
    problems: list[Problem] = []
    if priority is not None and priority not in PRIORITIES:
        problems.append(Problem("priority", f"must be a whole number from 1 (high) to 5 (low), not {priority!r}"))
    if kind in MonitorType.allowed_values and isinstance(query, str):
        parsed, found = monitor_query(kind, query, options, "query")
        problems += found
        thresholds = options.get("thresholds")
        if isinstance(thresholds, Mapping) and parsed is not None:
            problems += _threshold_rules(thresholds, getattr(parsed, "comparison", None))
    return problems


def _threshold_rules(thresholds: Mapping[str, Any], comparison: Any) -> Iterator[Problem]:
    """The API's rules about thresholds; its own words are recorded in public issue threads of its clients."""
    threshold, comparator = getattr(comparison, "threshold", None), getattr(comparison, "operator", None)
    critical = thresholds.get("critical")
    if critical is None and "critical_query" not in thresholds:
        yield Problem("options.thresholds.critical", "Alert status is required.")
        return
    if not isinstance(critical, int | float) or not isinstance(threshold, int | float):
        return
    if critical != threshold:
        yield Problem(
            "options.thresholds.critical",
            f"Alert threshold ({critical:g}) does not match that used in the query ({threshold:g}).",
        )
    above = str(comparator) in (">", ">=")
    warning = thresholds.get("warning")
    if isinstance(warning, int | float) and (warning >= critical if above else warning <= critical):
        side = "less" if above else "greater"
        yield Problem(
            "options.thresholds.warning", f"must be {side} than the critical threshold {critical:g}, not {warning:g}"
        )
    for name, limit in (("critical_recovery", critical), ("warning_recovery", warning)):
        value = thresholds.get(name)
        if (
            isinstance(value, int | float)
            and isinstance(limit, int | float)
            and (value > limit if above else value < limit)
        ):
            yield Problem(
                f"options.thresholds.{name}",
                f"must be {RECOVERY_SIDE.get(str(comparator), 'on the good side of')} {limit:g}: the monitor could "
                "be in alert and alert recovery at once",
            )
