"""Prometheus and Datadog are told the same."""

from __future__ import annotations

from typing import Any

import pytest

from contract.prometheus import SeriesType, series
from contract.telemetry import METRICS, Metric, MetricType, Source
from tests.receivers.evidence import Evidence

OURS = [metric for metric in METRICS.values() if metric.source is Source.APPLICATION]
ADDED = {"job", "instance", "__name__", "le"}
"""Labels of the target, and of buckets."""
SUFFIX = {SeriesType.HISTOGRAM: "_count"}


def found(evidence: Evidence, metric: Metric) -> list[dict[str, Any]]:
    expected = series(metric)
    name = expected.name + SUFFIX.get(expected.type, "")
    return [one for one in evidence.series if one["metric"]["__name__"] == name]


def test_every_target_is_up(evidence: Evidence) -> None:
    assert [(target["labels"]["job"], target["health"], target["lastError"]) for target in evidence.targets] == [
        (target["labels"]["job"], "up", "") for target in evidence.targets
    ]
    assert {target["labels"]["job"] for target in evidence.targets} == {"genonaut-api", "genonaut-worker"}


@pytest.mark.parametrize("metric", OURS, ids=lambda metric: metric.name)
def test_a_metric_of_the_contract_is_scraped_with_its_type_and_labels(metric: Metric, evidence: Evidence) -> None:
    expected, scraped = series(metric), found(evidence, metric)
    assert scraped, f"no series {expected.name}"
    # OpenMetrics names the family of a counter without its suffix.
    known = evidence.types.get(expected.name) or evidence.types.get(expected.name.removesuffix("_total"))
    assert known == expected.type
    for one in scraped:
        assert set(one["metric"]) - ADDED == set(expected.labels)


@pytest.mark.parametrize(
    "metric", [one for one in OURS if one.type is not MetricType.GAUGE], ids=lambda metric: metric.name
)
def test_it_counts_as_much_as_datadog_gets(metric: Metric, evidence: Evidence) -> None:
    samples = [sample for sample in evidence.samples if sample.name == metric.name]
    counted = sum(
        sample.total if metric.type is MetricType.COUNT else len(sample.values) / sample.rate for sample in samples
    )
    assert sum(float(one["value"][1]) for one in found(evidence, metric)) == pytest.approx(counted)


def test_nothing_of_ours_is_undeclared(evidence: Evidence) -> None:
    declared = {series(metric).name for metric in OURS}
    ours = {
        one["metric"]["__name__"]
        for one in evidence.series
        if one["metric"]["__name__"].startswith(("genonaut_", "pagination_"))
    }
    endings = ("_bucket", "_sum", "_count", "_created")
    families = {next((name.removesuffix(end) for end in endings if name.endswith(end)), name) for name in ours}
    assert {name for name in families if name not in declared and f"{name}_total" not in declared} == set()
