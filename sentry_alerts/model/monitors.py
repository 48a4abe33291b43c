"""Monitors: what makes an issue out of metrics, missed check-ins or a site that is down (detectors of the API)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, field_validator, model_validator

from sentry_alerts.model.base import Id, Inputs, Name, Organization, Positive, body

_CRONTAB = re.compile(r"[0-9A-Za-z*/,\-?#]+( [0-9A-Za-z*/,\-?#]+){4}")


class MonitorInputs(Inputs):
    """What all monitors have."""

    organization: Organization
    project: Id
    """The project's number."""
    name: Name
    description: str | None = None
    enabled: bool = True
    owner: Annotated[str, StringConstraints(pattern=r"^(team|user):\d+$")] | None = None
    """Who is assigned its issues: `team:NUMBER` or `user:NUMBER`."""


class _Anomaly(Inputs):
    seasonality: Literal["auto"] = "auto"
    sensitivity: Literal["low", "medium", "high"]
    threshold_type: Literal[0, 1, 2]


class MetricCondition(Inputs):
    """A threshold and what crossing it makes of the issue: 75 high priority, 50 medium, 0 resolved."""

    type: Literal["gt", "gte", "lt", "lte", "anomaly_detection"]
    comparison: float | _Anomaly
    condition_result: Literal[0, 50, 75]


class MetricMonitorInputs(MonitorInputs):
    """The inputs of a `MetricMonitor`."""

    server_fills = frozenset({"queryType", "extrapolationMode"})

    aggregate: Annotated[str, Field(min_length=1)]
    """Such as `p95(span.duration)` (milliseconds), `failure_rate()` (a fraction), `count()`."""
    dataset: Literal["events", "events_analytics_platform", "metrics", "generic_metrics", "transactions"]
    event_types: list[str] = Field(default_factory=list)
    query: str = ""
    query_type: Literal[0, 1, 2] | None = None
    """0 errors, 1 performance, 2 crash rate."""
    time_window: Literal[60, 300, 600, 900, 1800, 3600, 7200, 14400, 86400]
    """Seconds."""
    environment: str | None = None
    extrapolation_mode: str | None = None
    detection_type: Literal["static", "percent", "dynamic"] = "static"
    comparison_delta: Literal[300, 900, 3600, 86400, 604800, 2592000] | None = None
    """For `percent`: seconds back to what the value is compared with."""
    conditions: Annotated[list[MetricCondition], Field(min_length=1)]

    @model_validator(mode="after")
    def _fits_together(self) -> MetricMonitorInputs:
        if (self.detection_type == "percent") != (self.comparison_delta is not None):
            raise ValueError("comparisonDelta goes with the detectionType percent, and with no other")
        if not any(one.condition_result for one in self.conditions):
            raise ValueError("no condition makes an issue: all conditionResults are 0")
        if _is_share(self.aggregate) and self.detection_type == "static":
            top = 1.0 if "failure_rate" in self.aggregate else 100.0
            for one in self.conditions:
                if isinstance(one.comparison, float | int) and not 0 <= one.comparison <= top:
                    raise ValueError(f"{one.comparison:g} is beyond what {self.aggregate} can be: 0 to {top:g}")
        return self

    def request(self) -> dict[str, Any]:
        """The body of a request."""
        source = {
            "aggregate": self.aggregate,
            "dataset": self.dataset,
            "environment": self.environment,
            "eventTypes": self.event_types,
            "query": self.query,
            "queryType": self.query_type,
            "timeWindow": self.time_window,
            "extrapolationMode": self.extrapolation_mode,
        }
        config: dict[str, Any] = {"detectionType": self.detection_type}
        if self.comparison_delta is not None:
            config["comparisonDelta"] = self.comparison_delta
        group = {"logicType": "any", "conditions": [body(one) for one in self.conditions]}
        return {
            **_common(self), "type": "metric_issue", "config": config, "conditionGroup": group, "dataSources": [source],
        }  # fmt: skip

    @staticmethod
    def inputs(answer: Mapping[str, Any]) -> dict[str, Any]:
        """The inputs that an answer corresponds to."""
        source = answer["dataSources"][0]["queryObj"]["snubaQuery"]
        names = ("aggregate", "dataset", "environment", "eventTypes", "query", "queryType", "timeWindow")
        conditions = (answer.get("conditionGroup") or {}).get("conditions") or []
        return _given(
            answer,
            **{name: source.get(name) for name in names},
            extrapolationMode=source.get("extrapolationMode"),
            detectionType=answer["config"].get("detectionType"),
            comparisonDelta=answer["config"].get("comparisonDelta"),
            conditions=[{name: one[name] for name in ("type", "comparison", "conditionResult")} for one in conditions],
        )


class Every(Inputs):
    """A fixed interval."""

    value: Positive
    unit: Literal["minute", "hour", "day", "week", "month", "year"]


class CronMonitorInputs(MonitorInputs):
    """The inputs of a `CronMonitor`."""

    job: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,49}$")]
    """What the job's check-ins call it (its monitor slug)."""
    crontab: str | None = None
    interval: Every | None = None
    timezone: str = "UTC"
    checkin_margin: Positive = 5
    """Minutes a check-in may be late."""
    max_runtime: Positive = 30
    """Minutes a run may take."""
    failure_issue_threshold: Positive = 1
    recovery_threshold: Positive = 1

    @field_validator("crontab")
    @classmethod
    def _five_fields(cls, value: str | None) -> str | None:
        if value is not None and not _CRONTAB.fullmatch(value):
            raise ValueError(f"{value!r} is no crontab line of five fields")
        return value

    @model_validator(mode="after")
    def _one_schedule(self) -> CronMonitorInputs:
        if (self.crontab is None) == (self.interval is None):
            raise ValueError("give one of crontab and interval")
        return self

    def request(self) -> dict[str, Any]:
        """The body of a request."""
        every = self.interval
        schedule = {"schedule_type": "interval", "schedule": [every.value, every.unit]} if every else {
            "schedule_type": "crontab", "schedule": self.crontab}  # fmt: skip
        config = {
            **schedule,
            "timezone": self.timezone,
            "checkin_margin": self.checkin_margin,
            "max_runtime": self.max_runtime,
            "failure_issue_threshold": self.failure_issue_threshold,
            "recovery_threshold": self.recovery_threshold,
        }
        return {
            **_common(self), "type": "monitor_check_in_failure", "dataSources": [{"name": self.job, "config": config}],
        }  # fmt: skip

    @staticmethod
    def inputs(answer: Mapping[str, Any]) -> dict[str, Any]:
        """The inputs that an answer corresponds to."""
        source = answer["dataSources"][0]["queryObj"]
        config = source["config"]
        schedule = config["schedule"]
        by_line = config["schedule_type"] == "crontab"
        return _given(
            answer,
            job=source["name"],
            crontab=schedule if by_line else None,
            interval=None if by_line else {"value": schedule[0], "unit": schedule[1]},
            timezone=config.get("timezone"),
            checkinMargin=config.get("checkin_margin"),
            maxRuntime=config.get("max_runtime"),
            failureIssueThreshold=config.get("failure_issue_threshold"),
            recoveryThreshold=config.get("recovery_threshold"),
        )


class UptimeMonitorInputs(MonitorInputs):
    """The inputs of an `UptimeMonitor`."""

    url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+(/\S*)?$")]
    method: Literal["GET", "POST", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"] = "GET"
    headers: dict[str, str] = Field(default_factory=dict)
    body: str | None = None
    interval_seconds: Literal[60, 300, 600, 1200, 1800, 3600] = 60
    timeout_ms: Annotated[int, Field(ge=1000, le=60000)] = 5000
    trace_sampling: bool = False
    environment: str
    downtime_threshold: Positive = 3
    """Failures in a row that make an issue."""
    recovery_threshold: Positive = 1
    assertion: str | None = None
    """JSON text: what the answer must be, beyond a status of 2xx."""

    @field_validator("assertion")
    @classmethod
    def _is_json(cls, value: str | None) -> str | None:
        if value is not None:
            try:
                parsed = json.loads(value)
            except ValueError as error:
                raise ValueError(f"is no JSON: {error}") from None
            if not isinstance(parsed, dict) or "root" not in parsed:
                raise ValueError("has no root")
        return value

    def request(self) -> dict[str, Any]:
        """The body of a request."""
        source = {
            "url": self.url,
            "method": self.method,
            "headers": [[name, value] for name, value in sorted(self.headers.items())],
            "body": self.body,
            "intervalSeconds": self.interval_seconds,
            "timeoutMs": self.timeout_ms,
            "traceSampling": self.trace_sampling,
            "assertion": json.loads(self.assertion) if self.assertion else None,
        }
        config = {
            "mode": 1,  # made by hand, not found by Sentry itself
            "environment": self.environment,
            "downtimeThreshold": self.downtime_threshold,
            "recoveryThreshold": self.recovery_threshold,
        }
        return {**_common(self), "type": "uptime_domain_failure", "config": config, "dataSources": [source]}

    @staticmethod
    def inputs(answer: Mapping[str, Any]) -> dict[str, Any]:
        """The inputs that an answer corresponds to."""
        source, config = answer["dataSources"][0]["queryObj"], answer["config"]
        assertion = source.get("assertion")
        names = ("url", "method", "body", "intervalSeconds", "timeoutMs", "traceSampling")
        return _given(
            answer,
            **{name: source.get(name) for name in names},
            headers=dict(source.get("headers") or ()),
            assertion=json.dumps(assertion, sort_keys=True) if isinstance(assertion, dict) else assertion,
            **{name: config.get(name) for name in ("environment", "downtimeThreshold", "recoveryThreshold")},
        )


def _is_share(aggregate: str) -> bool:
    return "failure_rate" in aggregate or aggregate.startswith("percentage(")


def _common(monitor: MonitorInputs) -> dict[str, Any]:
    return {
        "projectId": monitor.project,
        "name": monitor.name,
        "description": monitor.description,
        "enabled": monitor.enabled,
        "owner": monitor.owner,
    }


def _given(answer: Mapping[str, Any], **own: Any) -> dict[str, Any]:
    owner = answer.get("owner")
    given = {
        "project": str(answer["projectId"]),
        "name": answer["name"],
        "description": answer.get("description") or None,
        "enabled": answer["enabled"],
        "owner": f"{owner['type']}:{owner['id']}" if owner else None,
        **own,
    }
    return {name: value for name, value in given.items() if value is not None}
