"""The telemetry contract: what it says of agent checks is what their references say; its own entries hold together."""

from __future__ import annotations

import csv
import json
import re
from functools import cache
from pathlib import Path

import pytest

from contract.telemetry import CHECKS, EVENT_SOURCES, METRICS, MetricType, Source
from contract.telemetry.cardinality import COUNTS, series

_FOLDER = Path(__file__).resolve().parents[4] / "shared" / "reference" / "metrics"

FILES = {
    Source.POSTGRES: ("postgres",),
    Source.REDIS: ("redisdb",),
    Source.CELERY: ("celery",),
    Source.HTTP: ("http_check",),
    Source.TLS: ("tls",),
    Source.KUBE_STATE: ("kubernetes_state_core",),
    Source.KUBELET: ("kubelet", "kubernetes"),
    Source.CONTAINER: ("container",),
    Source.HOST: ("disk", "network", "system_core"),
    Source.AGENT: ("datadog_cluster_agent",),
}
IN_NO_REFERENCE = re.compile(
    # The agent's own binary sends these; there is no reference file for them. The last is a query of ours.
    r"system\.(cpu|load|mem|swap|io)\..+|system\.uptime|datadog\.(agent|trace_agent)\..+"
    r"|genonaut\.postgres\..+"
)


@cache
def reference(name: str) -> dict[str, tuple[str, str | None, str | None]]:
    """Type, unit and second half of the unit by metric, from one integration's own list."""
    path = _FOLDER / f"{name}.csv"
    if not path.exists():
        pytest.skip(f"the reference of agent metrics ({name}.csv) is not at hand")
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["metric_name"]: (row["metric_type"], row["unit_name"] or None, row["per_unit_name"] or None)
            for row in csv.DictReader(file)
        }


@pytest.mark.parametrize("source", FILES)
def test_metrics_of_agent_checks_are_those_of_the_reference(source: Source) -> None:
    known = {name: entry for file in FILES[source] for name, entry in reference(file).items()}
    mine = {
        metric.name: (metric.type.value, metric.unit, metric.per)
        for metric in METRICS.values()
        if metric.source is source and not IN_NO_REFERENCE.fullmatch(metric.name)
    }
    assert mine
    assert mine == {name: known.get(name) for name in mine}


def test_every_source_of_an_agent_is_compared() -> None:
    ours = {
        Source.APPLICATION, Source.LOAD_TEST, Source.TRACES, Source.SPANS, Source.LOGS, Source.SYNTHETICS,
        Source.BROWSER, Source.USAGE,
    }  # fmt: skip
    assert {metric.source for metric in METRICS.values()} == ours | FILES.keys()


def test_tags_that_the_reference_names_are_the_check_s() -> None:
    if not (_FOLDER / "kubernetes_state_core.csv").exists():
        pytest.skip("the reference of agent metrics is not at hand")
    with (_FOLDER / "kubernetes_state_core.csv").open(encoding="utf-8", newline="") as file:
        named = {row["metric_name"]: set(re.findall(r"`(\w+)`", row["description"])) for row in csv.DictReader(file)}
    for metric in METRICS.values():
        if metric.source is Source.KUBE_STATE:
            assert named[metric.name] <= metric.keys | {"resource", "unit"}, metric.name
            # Without the labels of a workload there is no env.
            assert ("env" in metric.keys) == ("env" in named[metric.name]), metric.name


def test_service_checks_are_those_of_the_reference() -> None:
    path = _FOLDER / "service_checks.json"
    if not path.exists():
        pytest.skip("the reference of service checks is not at hand")
    known = {entry["check"]: entry for entries in json.loads(path.read_text("utf-8")).values() for entry in entries}
    compared = CHECKS.keys() - {"datadog.agent.up", "datadog.agent.check_status"}
    assert compared <= known.keys()
    for name in compared:
        assert {status.value for status in CHECKS[name].statuses} == set(known[name]["statuses"]), name
        # Our Postgres instance sets disable_generic_tags.
        generic = {"server"} if name == "postgres.can_connect" else set()
        assert set(known[name]["groups"]) - generic <= {tag.key for tag in CHECKS[name].tags}, name


def test_the_names_of_the_strategy_are_there() -> None:
    duration, number = METRICS["pagination.query.duration"], METRICS["pagination.query.count"]
    # A percentile over all processes together needs a distribution.
    assert duration.type is MetricType.DISTRIBUTION
    assert duration.unit == "second"
    assert number.type is MetricType.COUNT
    for metric in (duration, number):
        for key in ("page_size", "offset_range"):
            tag = metric.tag(key)
            assert tag is not None
            assert tag.values


def test_every_tag_of_ours_is_bounded() -> None:
    envelope = {
        "env", "service", "version", "host", "kube_cluster_name", "cluster_name", "kube_namespace", "kube_deployment",
        "kube_container_name", "short_image", "image_tag",
    }  # fmt: skip
    for metric in METRICS.values():
        if metric.source in {Source.APPLICATION, Source.LOAD_TEST}:
            assert all(tag.values for tag in metric.tags if tag.key not in envelope), metric.name


def test_entries_are_named_and_described_once() -> None:
    for name, metric in METRICS.items():
        assert re.fullmatch(r"[a-z][a-z0-9_.]*", name, re.IGNORECASE), name
        assert metric.description.endswith("."), name
        assert len(metric.keys) == len(metric.tags), name
        for tag in metric.tags:
            assert tag.values is None or all(value == value.lower() for value in tag.values), (name, tag)
    for source in EVENT_SOURCES.values():
        assert len({facet.name for facet in source.facets}) == len(source.facets), source.name


def test_series_are_the_product_of_what_tags_can_be() -> None:
    hosts, versions = COUNTS["production"]["host"], COUNTS["production"]["version"]
    assert series(METRICS["genonaut.users.registered"], "production") == hosts * versions
    assert series(METRICS["genonaut.tasks.wait"], "production") == hosts * versions * 2
    # The mode follows from the range; each page size and each range count.
    assert series(METRICS["pagination.query.count"], "production") == hosts * versions * 5 * 5 * 5
    assert series(METRICS["datadog.estimated_usage.hosts"], "production") == 1
