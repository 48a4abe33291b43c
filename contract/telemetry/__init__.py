"""What this system emits: every metric, service check and stream of events, with types, units and tags.

One module per emitter. A metric that is not here does not exist: no alert, objective or dashboard may ask for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from contract.telemetry import (
    agents,
    application,
    browser,
    celery,
    endpoints,
    events,
    host,
    kube_state,
    kubelet,
    load_test,
    logs,
    postgres,
    redis,
    spans,
    synthetics,
    traces,
)
from contract.telemetry.logs import LOG_METRICS, LogMetric
from contract.telemetry.model import EventSource, Facet, Metric, MetricType, ServiceCheck, Source, Status, Tag
from contract.telemetry.traces import TRACED_OPERATIONS

__all__ = [
    "CHECKS",
    "EVENT_SOURCES",
    "LOG_METRICS",
    "METRICS",
    "TRACED_OPERATIONS",
    "EventSource",
    "Facet",
    "LogMetric",
    "Metric",
    "MetricType",
    "ServiceCheck",
    "Source",
    "Status",
    "Tag",
]

METRICS: Mapping[str, Metric] = {
    metric.name: metric
    for metric in chain(
        application.METRICS,
        load_test.METRICS,
        traces.METRICS,
        spans.METRICS,
        postgres.METRICS,
        redis.METRICS,
        celery.METRICS,
        endpoints.METRICS,
        kube_state.METRICS,
        kubelet.METRICS,
        host.METRICS,
        agents.METRICS,
        synthetics.METRICS,
        browser.METRICS,
        logs.METRICS,
    )
}
"""Every metric by name."""

CHECKS: Mapping[str, ServiceCheck] = {
    check.name: check
    for check in chain(
        postgres.CHECKS, redis.CHECKS, celery.CHECKS, endpoints.CHECKS, kube_state.CHECKS, kubelet.CHECKS, host.CHECKS,
        agents.CHECKS,
    )
}  # fmt: skip
"""Every service check by name."""

EVENT_SOURCES: Mapping[str, EventSource] = {source.name: source for source in events.EVENT_SOURCES}
"""Every stream of events by its name in queries."""
