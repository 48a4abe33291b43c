"""`MetricMonitor`, `CronMonitor`, `UptimeMonitor`: what makes an issue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pulumi

from sentry_alerts import PACKAGE
from sentry_alerts.sdk.base import MaybeBool, MaybeInt, MaybeText, Objects, SentryResource, Text, Texts


class MetricMonitor(SentryResource):
    """An issue when a metric crosses a threshold. Import by `ORGANIZATION/NUMBER`."""

    def __init__(
        self,
        resource_name: str,
        *,
        organization: Text,
        project: Text,
        name: Text,
        aggregate: Text,
        dataset: Text,
        time_window: pulumi.Input[int],
        conditions: Objects,
        event_types: Texts | None = None,
        query: MaybeText = None,
        query_type: MaybeInt = None,
        environment: MaybeText = None,
        extrapolation_mode: MaybeText = None,
        detection_type: MaybeText = None,
        comparison_delta: MaybeInt = None,
        description: MaybeText = None,
        owner: MaybeText = None,
        enabled: MaybeBool = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """`project` is the project's number; `time_window` and `comparison_delta` are in seconds.

        A condition is `{"type": "gt", "comparison": 2000, "conditionResult": 75}`: 75 makes an issue of high
        priority, 50 one of medium, 0 resolves it.
        `p95(span.duration)` is in milliseconds, `failure_rate()` goes from 0 to 1.
        """
        inputs = {
            "organization": organization,
            "project": project,
            "name": name,
            "aggregate": aggregate,
            "dataset": dataset,
            "timeWindow": time_window,
            "conditions": conditions,
            "eventTypes": event_types,
            "query": query,
            "queryType": query_type,
            "environment": environment,
            "extrapolationMode": extrapolation_mode,
            "detectionType": detection_type,
            "comparisonDelta": comparison_delta,
            "description": description,
            "owner": owner,
            "enabled": enabled,
        }
        super().__init__(f"{PACKAGE}:index:MetricMonitor", resource_name, inputs, opts)


class CronMonitor(SentryResource):
    """An issue when a scheduled job fails, runs too long or does not come. Import by `ORGANIZATION/NUMBER`."""

    def __init__(
        self,
        resource_name: str,
        *,
        organization: Text,
        project: Text,
        name: Text,
        job: Text,
        crontab: MaybeText = None,
        interval: pulumi.Input[Mapping[str, Any]] | None = None,
        timezone: MaybeText = None,
        checkin_margin: MaybeInt = None,
        max_runtime: MaybeInt = None,
        failure_issue_threshold: MaybeInt = None,
        recovery_threshold: MaybeInt = None,
        description: MaybeText = None,
        owner: MaybeText = None,
        enabled: MaybeBool = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """`job` is what the job's check-ins call it; give `crontab` or `interval` (`{"value": 5, "unit": "minute"}`).

        `checkin_margin` (5) and `max_runtime` (30) are in minutes.
        """
        inputs = {
            "organization": organization,
            "project": project,
            "name": name,
            "job": job,
            "crontab": crontab,
            "interval": interval,
            "timezone": timezone,
            "checkinMargin": checkin_margin,
            "maxRuntime": max_runtime,
            "failureIssueThreshold": failure_issue_threshold,
            "recoveryThreshold": recovery_threshold,
            "description": description,
            "owner": owner,
            "enabled": enabled,
        }
        super().__init__(f"{PACKAGE}:index:CronMonitor", resource_name, inputs, opts)


class UptimeMonitor(SentryResource):
    """An issue when a URL does not answer as it should. Import by `ORGANIZATION/NUMBER`."""

    def __init__(
        self,
        resource_name: str,
        *,
        organization: Text,
        project: Text,
        name: Text,
        url: Text,
        environment: Text,
        method: MaybeText = None,
        headers: pulumi.Input[Mapping[str, pulumi.Input[str]]] | None = None,
        body: MaybeText = None,
        interval_seconds: MaybeInt = None,
        timeout_ms: MaybeInt = None,
        trace_sampling: MaybeBool = None,
        downtime_threshold: MaybeInt = None,
        recovery_threshold: MaybeInt = None,
        assertion: MaybeText = None,
        description: MaybeText = None,
        owner: MaybeText = None,
        enabled: MaybeBool = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """`headers` are kept as a secret; `assertion` is JSON text, see `sentry_alerts.shapes.assertions`."""
        inputs = {
            "organization": organization,
            "project": project,
            "name": name,
            "url": url,
            "environment": environment,
            "method": method,
            "headers": None if headers is None else pulumi.Output.secret(headers),
            "body": body,
            "intervalSeconds": interval_seconds,
            "timeoutMs": timeout_ms,
            "traceSampling": trace_sampling,
            "downtimeThreshold": downtime_threshold,
            "recoveryThreshold": recovery_threshold,
            "assertion": assertion,
            "description": description,
            "owner": owner,
            "enabled": enabled,
        }
        secret = pulumi.ResourceOptions(additional_secret_outputs=["headers"])
        merged = pulumi.ResourceOptions.merge(opts, secret) if headers is not None else opts
        super().__init__(f"{PACKAGE}:index:UptimeMonitor", resource_name, inputs, merged)
