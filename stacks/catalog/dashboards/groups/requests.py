"""Requests, and tasks: how many, how slow, how many fail; by endpoint and by version."""

from __future__ import annotations

from collections.abc import Iterator

from components.dashboards.palette import Tone
from components.dashboards.spec import Display, Group, Reduce, Table, Timeseries, Value, Widget
from components.dashboards.units import Unit
from stacks.catalog.dashboards.series import count, line, of, share
from stacks.catalog.services import ANSWERS_REQUESTS


def unit_of(operation: str) -> Unit:
    """What is counted."""
    return Unit.REQUEST if operation == ANSWERS_REQUESTS else Unit.TASK


def numbers(operation: str, scope: str, error_alert: str | None, latency_alert: str | None) -> Iterator[Widget]:
    """The three numbers of a service."""
    trace = f"trace.{operation}"
    hits, errors = count(f"{trace}.hits", scope), count(f"{trace}.errors", scope)
    yield Value(title="Failed, of all", series=share("failed", errors, hits), reduce=Reduce.TOTAL, alert=error_alert)
    yield Value(
        title="Duration, 95th percentile",
        series=line("p95", of("p95", trace, scope), Unit.SECOND),
        reduce=Reduce.PERCENTILE,
        alert=latency_alert,
    )
    yield Value(title="In all", series=line("all", hits, unit_of(operation)), reduce=Reduce.TOTAL)


def traffic(
    title: str, operation: str, scope: str, *keys: str, error_alert: str | None, latency_alert: str | None
) -> Group:
    """Throughput, errors and durations over time."""
    trace = f"trace.{operation}"
    hits, errors = count(f"{trace}.hits", scope, *keys), count(f"{trace}.errors", scope, *keys)
    return Group(
        title=title,
        widgets=(
            *numbers(operation, scope, error_alert, latency_alert),
            Timeseries(
                title="Throughput", series=(line("all", hits, unit_of(operation)),), display=Display.BARS, width=6
            ),
            Timeseries(
                title="Error rate", series=(share("failed", errors, hits, tone=Tone.BAD),), alert=error_alert, width=6
            ),
            Timeseries(
                title="Duration",
                series=(
                    line("p50", of("p50", trace, scope), Unit.SECOND, tone=Tone.GOOD),
                    line("p95", of("p95", trace, scope), Unit.SECOND, tone=Tone.WARNING),
                    line("p99", of("p99", trace, scope), Unit.SECOND, tone=Tone.BAD),
                ),
                alert=latency_alert,
                width=6,
            ),
            *(_web(scope) if operation == ANSWERS_REQUESTS else ()),
        ),
    )


def resources(title: str, operation: str, scope: str) -> Group:
    """The endpoints, or kinds of tasks, side by side."""
    trace, by = f"trace.{operation}", "resource_name"
    hits, errors = count(f"{trace}.hits", scope, by), count(f"{trace}.errors", scope, by)
    columns = (
        (line("all", hits, unit_of(operation)), Reduce.TOTAL),
        (share("failed", errors, hits), Reduce.TOTAL),
        (line("p50", of("p50", trace, scope, by), Unit.SECOND), Reduce.PERCENTILE),
        (line("p95", of("p95", trace, scope, by), Unit.SECOND), Reduce.PERCENTILE),
    )
    return Group(title=title, widgets=(Table(title="The busiest", columns=columns, height=5),))


def versions(operation: str, scope: str) -> Group:
    """The versions at work, side by side: is the new one worse?"""
    trace = f"trace.{operation}"
    hits, errors = count(f"{trace}.hits", scope, "version"), count(f"{trace}.errors", scope, "version")
    return Group(
        title="Versions",
        widgets=(
            Timeseries(
                title="Throughput by version",
                series=(line("all", hits, unit_of(operation)),),
                display=Display.AREA,
            ),
            Timeseries(title="Error rate by version", series=(share("failed", errors, hits),)),
            Timeseries(
                title="Duration by version, 95th percentile",
                series=(line("p95", of("p95", trace, scope, "version"), Unit.SECOND),),
            ),
        ),
    )


def _web(scope: str) -> Iterator[Widget]:
    hits = count(f"trace.{ANSWERS_REQUESTS}.hits.by_http_status", scope, "http.status_class")
    yield Timeseries(
        title="Answers by status", series=(line("answers", hits, Unit.REQUEST),), display=Display.AREA, width=3
    )
    yield Timeseries(
        title="Apdex",
        series=(line("apdex", of("avg", f"trace.{ANSWERS_REQUESTS}.apdex", scope, "service"), None),),
        width=3,
    )
