"""For Prometheus, which comes and reads. Where several processes share a folder, each can answer for all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import choose_encoder
from prometheus_client.multiprocess import MultiProcessCollector

from genonaut_telemetry.metrics.model import Kind, Metric, Series
from genonaut_telemetry.settings import Settings


class PrometheusSink:
    """Keeps every metric of the contract in a registry. ValueError where the registry has one of these names."""

    def __init__(self, settings: Settings, registry: CollectorRegistry, metrics: Iterable[Metric]) -> None:
        self.registry = registry
        self._folder = settings.prometheus_folder
        self._collectors = {metric: _collector(metric, registry) for metric in metrics}
        self._children: dict[Series, Counter | Gauge | Histogram] = {}

    def take(self, series: Series, value: float) -> None:
        """Add to a counter, set a gauge or observe in a histogram."""
        child = self._children.get(series)
        if child is None:
            collector = self._collectors[series.metric]
            child = self._children[series] = collector.labels(*series.values) if series.values else collector
        match child:
            case Counter():
                child.inc(value)
            case Gauge():
                child.set(value)
            case Histogram():
                child.observe(value)

    def page(self, accept: str) -> tuple[bytes, str]:
        """What Prometheus reads, and its content type."""
        registry = self.registry
        if self._folder is not None:
            registry = CollectorRegistry()
            MultiProcessCollector(registry, path=str(self._folder))  # type: ignore[no-untyped-call]
        encode, content_type = choose_encoder(accept)
        return encode(registry), content_type

    def close(self, seconds: float) -> None:
        """Nothing is left to do: nothing waits here."""


def _collector(metric: Metric, registry: CollectorRegistry) -> Counter | Gauge | Histogram:
    match metric.kind:
        case Kind.COUNT:
            return Counter(metric.prometheus, metric.description, metric.keys, registry=registry)
        case Kind.GAUGE:
            mode: Literal["livesum", "livemostrecent"] = "livesum" if metric.adds_up else "livemostrecent"
            return Gauge(metric.prometheus, metric.description, metric.keys, registry=registry, multiprocess_mode=mode)
        case Kind.DISTRIBUTION:
            return Histogram(
                metric.prometheus, metric.description, metric.keys, registry=registry, buckets=metric.buckets
            )
