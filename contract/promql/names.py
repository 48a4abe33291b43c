"""Which series a Prometheus of ours holds, and which labels and values these have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from contract.prometheus import Series, SeriesType, series
from contract.telemetry import METRICS, Metric, Source
from contract.world import World

TARGET = ("env", "instance", "job", "namespace", "pod", "service", "version")
"""What the scraper adds to every series of a target (components/business/prometheus.py)."""
HISTOGRAM_PARTS = ("_bucket", "_sum", "_count")

OWN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        # https://prometheus.io/docs/concepts/jobs_instances/#automatically-generated-labels-and-time-series
        "up": TARGET,
        # https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/#inspecting-alerts-during-runtime
        "ALERTS": ("alertname", "alertstate", "env", "service", "severity", "team"),
        # What Prometheus says about itself; it is a target of its own, under the job `prometheus`.
        "prometheus_tsdb_head_series": TARGET,
        "prometheus_tsdb_storage_blocks_bytes": TARGET,
        "prometheus_tsdb_head_samples_appended_total": (*TARGET, "type"),
        "prometheus_rule_evaluation_failures_total": (*TARGET, "rule_group"),
    }
)
"""What is there without our code, with its labels."""
_FIXED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "alertstate": frozenset({"pending", "firing"}),
        "job": frozenset({"genonaut", "prometheus"}),
    }
)


@dataclass(frozen=True, slots=True)
class Names:
    """Everything that can be asked for in one environment, by its name in Prometheus."""

    labels: Mapping[str, tuple[str, ...]]
    values: Mapping[str, Mapping[str, frozenset[str] | None]]
    """Name -> label -> all values it can have; None where that is not known."""

    @classmethod
    def of(cls, world: World, recorded: Iterable[tuple[str, tuple[str, ...]]] = ()) -> Names:
        """Those of the contract, of Prometheus itself, and of these recording rules with their labels."""
        labels: dict[str, tuple[str, ...]] = {**OWN, **dict(recorded)}
        values: dict[str, dict[str, frozenset[str] | None]] = {
            name: {key: _FIXED.get(key, world.possible(key)) for key in keys} for name, keys in labels.items()
        }
        for metric in METRICS.values():
            if metric.source is Source.APPLICATION:
                one = series(metric)
                for name, more in _parts(one):
                    labels[name] = (*TARGET, *one.labels, *more)
                    values[name] = _values(metric, one, world)
        return cls(labels, values)


def _parts(one: Series) -> list[tuple[str, tuple[str, ...]]]:
    if one.type is not SeriesType.HISTOGRAM:
        return [(one.name, ())]
    return [(f"{one.name}{part}", ("le",) if part == "_bucket" else ()) for part in HISTOGRAM_PARTS]


def _values(metric: Metric, one: Series, world: World) -> dict[str, frozenset[str] | None]:
    found: dict[str, frozenset[str] | None] = {
        key: _FIXED.get(key) for key in (*TARGET, "le") if key not in {"env", "service"}
    }
    for tag in metric.tags:
        if tag.key in one.labels or tag.key in {"env", "service"}:
            found[tag.key] = tag.values if tag.values is not None else world.possible(tag.key, tag.doing)
    return found
