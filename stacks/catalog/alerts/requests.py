"""Requests and jobs: do they fail, are they slow, are they as many as usual?"""

from __future__ import annotations

from collections.abc import Iterator

from components.monitors.condition import AnomalyWindows, Comparator, MetricCondition, Thresholds
from components.monitors.spec import MissingData, MonitorSpec
from infra.naming import Tier
from stacks.catalog import queries
from stacks.catalog.alerts.watched import LATE, Watched
from stacks.catalog.services import ANSWERS_REQUESTS, Service
from stacks.catalog.thresholds import above

# Trigger and recovery: a quarter of an hour outside of the band, and as long inside of it.
_WINDOWS = AnomalyWindows(trigger="last_15m", recovery="last_15m")


def alerts(watched: Watched) -> Iterator[MonitorSpec]:
    """The alerts on the traffic of each service that makes traces."""
    for service in watched.services:
        if not service.operation:
            continue
        yield _error_rate(service, service.operation, watched)
        if service.operation == ANSWERS_REQUESTS:
            yield _latency(service, service.operation, watched)
        yield _traffic(service, service.operation, watched)


def _error_rate(service: Service, operation: str, watched: Watched) -> MonitorSpec:
    scope, limits = watched.scope(service), watched.limits
    hits, errors = queries.hits(operation, scope), queries.errors(operation, scope)
    return MonitorSpec(
        key=f"{service.key}-error-rate",
        title=f"[{service.name}] Error rate is high",
        tier=Tier.CRITICAL,
        owner=service.owner,
        service=service.name,
        runbook="error-rate",
        condition=MetricCondition(
            expression=f"sum(last_5m):({errors} / {hits}) * 100 * {queries.enough(hits, limits.minimum_requests)}",
            comparator=Comparator.ABOVE,
            thresholds=above(limits.error_rate, limits.error_rate_warning),
            full_window=False,
            evaluation_delay=LATE,
        ),
        meaning=f"Too much of what {service.name} was asked to do in the last 5 minutes failed.",
        unit="%",
        # Both counts are then zero: no traffic is no error. That traffic is missing, others say.
        on_missing_data=MissingData.DEFAULT,
        silence="No requests are no errors; unusual traffic has an alert of its own.",
        unless=service.causes,
    )


def _latency(service: Service, operation: str, watched: Watched) -> MonitorSpec:
    limits = watched.limits
    return MonitorSpec(
        key=f"{service.key}-latency",
        title=f"[{service.name}] Answers are slow",
        tier=Tier.CRITICAL,
        owner=service.owner,
        service=service.name,
        runbook="latency",
        condition=MetricCondition(
            # min: every minute of the ten is above, so that one burst pages nobody.
            expression=f"min(last_10m):{queries.p95(f'trace.{operation}', watched.scope(service))}",
            comparator=Comparator.ABOVE,
            thresholds=above(limits.latency_p95, limits.latency_p95_warning),
            # The guard against little traffic: with more than three empty minutes in ten there is no verdict.
            full_window=True,
            evaluation_delay=LATE,
        ),
        meaning=f"For 10 minutes, the slowest twentieth of the answers of {service.name} has been too slow.",
        unit="s",
        on_missing_data=MissingData.DEFAULT,
        silence="Without requests the last state stays; the synthetic tests ask from outside whether it answers.",
        unless=service.causes,
    )


def _traffic(service: Service, operation: str, watched: Watched) -> MonitorSpec:
    hits = queries.hits(operation, watched.scope(service))
    return MonitorSpec(
        key=f"{service.key}-traffic",
        title=f"[{service.name}] Traffic is unusual",
        tier=Tier.WARNING,
        owner=service.owner,
        service=service.name,
        runbook="unusual-traffic",
        condition=MetricCondition(
            # agile follows a lasting change of level within hours; weekly, because weekends differ. It needs three
            # weeks of history, and says nothing before.
            expression=queries.anomalies(
                hits, deviations=watched.limits.traffic_deviations, window=_WINDOWS.trigger, seasonality="weekly"
            ),
            comparator=Comparator.AT_LEAST,
            # All points of the trigger window outside of the band begin it, none outside end it.
            thresholds=Thresholds(critical=1, critical_recovery=0),
            full_window=False,
            evaluation_delay=LATE,
            anomaly=_WINDOWS,
        ),
        meaning=f"For a quarter of an hour, {service.name} has had far more or far less to do "
        "than at this time in other weeks.",
        unit="(the share of points outside of the expected band)",
        silence="No traffic at all: see whether the service runs, and whether its traces arrive.",
    )
