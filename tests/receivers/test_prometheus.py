"""Prometheus and Datadog are told the same."""

from __future__ import annotations

from typing import Any

import pytest

from contract.prometheus import SeriesType, series
from contract.telemetry import METRICS, Metric, MetricType, Source
from tests.receivers.evidence import Evidence
from tests.receivers.traffic import V1
from tools.demo.application import API, WORKER

OURS = [metric for metric in METRICS.values() if metric.source is Source.APPLICATION]
ADDED = {"job", "instance", "env", "service", "version", "__name__", "le"}
"""Labels of the target, and of buckets."""
SUFFIX = {SeriesType.HISTOGRAM: "_count"}


def found(evidence: Evidence, metric: Metric) -> list[dict[str, Any]]:
    expected = series(metric)
    name = expected.name + SUFFIX.get(expected.type, "")
    return [one for one in evidence.series if one["metric"]["__name__"] == name]


def test_every_target_is_up(evidence: Evidence) -> None:
    found = {target["labels"]["service"]: (target["health"], target["lastError"]) for target in evidence.targets}
    assert found == dict.fromkeys((API, WORKER), ("up", ""))


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


def test_the_business_rules_are_evaluated_on_what_the_app_exposes(evidence: Evidence) -> None:
    assert evidence.rules
    assert [(rule["name"], rule.get("lastError")) for rule in evidence.rules if rule["health"] != "ok"] == []
    answered, recorded = evidence.done.answered, evidence.recorded
    # `increase` extrapolates to the ends of its window.
    registered = answered(f"POST {V1}/users/", 201)
    assert recorded["genonaut:registrations:day"] == pytest.approx(registered, rel=0.2)
    searched = answered(f"POST {V1}/content/search")
    assert recorded["genonaut:searches:day"] == pytest.approx(searched, rel=0.2)
    # One of the items that were shown, ten each time.
    shown = 10 * answered(f"GET {V1}/recommendations/", 200)
    assert recorded["genonaut:recommendations:acceptance_percent"] == pytest.approx(100 / shown, rel=0.2)


def test_alerts_on_missing_telemetry_are_silent_while_it_comes(evidence: Evidence) -> None:
    alerts = [rule for rule in evidence.rules if rule["type"] == "alerting"]
    assert alerts
    absent = [rule for rule in alerts if "absent" in rule["query"]]
    assert absent
    assert [rule["name"] for rule in absent if rule["state"] != "inactive"] == []
