"""What a process has once, however many applications are in it: senders, tracer, Sentry's client."""

from __future__ import annotations

import atexit
from collections.abc import Iterator
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from genonaut_telemetry import database, logs, pagination, reporter, tracing
from genonaut_telemetry.guard import harmless
from genonaut_telemetry.metrics import emit
from genonaut_telemetry.metrics.definitions import METRICS
from genonaut_telemetry.settings import Settings, SettingsError, installed

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

    from genonaut_telemetry.metrics.prometheus import PrometheusSink

_started: Settings | None = None
_kept: WeakKeyDictionary[CollectorRegistry, PrometheusSink] = WeakKeyDictionary()
"""A registry takes every metric once, and keeps it over a restart of the application."""


def start(settings: Settings, registry: CollectorRegistry | None = None) -> PrometheusSink | None:
    """Begin to send. The tracer and Sentry's client begin once in a process. Raises SettingsError.

    Returns what answers Prometheus; None where nothing does.
    """
    global _started  # noqa: PLW0603 - a process has one telemetry
    if problems := settings.contradictions():
        raise SettingsError(problems)
    if settings.json_logs:
        logs.start()
    prometheus = _prometheus(settings, registry)
    emit.stop(seconds=0)
    emit.start(_sinks(settings, prometheus))
    pagination.slow_seconds = settings.slow_query
    if installed("sqlalchemy"):
        with harmless("watching SQLAlchemy"):
            database.watch()
    reporter.start()
    if _started is None:
        _started = settings
        atexit.register(stop)
        if settings.traces_on:
            with harmless("starting ddtrace"):
                tracing.start(settings)
        if settings.sentry_dsn and installed("sentry_sdk"):
            with harmless("starting Sentry"):
                from genonaut_telemetry.errors import client  # noqa: PLC0415 - not installed everywhere

                client.start(settings)
    return prometheus


def stop() -> None:
    """Send what is left, within a second; metrics that come after are dropped. `start` begins again."""
    with harmless("last report"):
        reporter.report()
    reporter.stop()
    emit.stop()


def _sinks(settings: Settings, prometheus: PrometheusSink | None) -> Iterator[emit.Sink]:
    if settings.dogstatsd_on:
        with harmless("starting DogStatsD"):
            from genonaut_telemetry.metrics.dogstatsd import DogStatsdSink  # noqa: PLC0415 - not installed everywhere

            yield DogStatsdSink(settings)
    if prometheus is not None:
        yield prometheus


def _prometheus(settings: Settings, registry: CollectorRegistry | None) -> PrometheusSink | None:
    if not settings.prometheus_on:
        return None
    from prometheus_client import REGISTRY  # noqa: PLC0415 - not installed everywhere

    from genonaut_telemetry.metrics.prometheus import PrometheusSink  # noqa: PLC0415

    registry = registry or REGISTRY
    if registry not in _kept:
        _kept[registry] = PrometheusSink(settings, registry, METRICS)
    return _kept[registry]
