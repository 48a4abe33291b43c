"""Percentiles of our own distributions: what is asked of Datadog, and what is silent until then."""

from __future__ import annotations

import dataclasses

import pytest

from components.metrics.compile import compile_configuration, configuration_key, notices
from components.metrics.spec import DistributionsSpec
from components.monitors.condition import MetricCondition
from components.slos.spec import Events
from contract.query import parse_metric, selections
from contract.telemetry import METRICS, MetricType
from infra.naming import is_logical_name
from reports.stacks import specs_of
from stacks.metrics import SENDERS, distributions
from tests.examples import settings

PAGINATION = "pagination.query.duration"


def of_production(**changes: tuple[str, ...]) -> DistributionsSpec:
    specs = specs_of("production")
    monitors = [one for tier in specs.monitors for one in tier.monitors]
    return distributions(settings(datadog=changes), monitors, specs.objectives.slos)


def test_all_tags_that_queries_may_use_stay_usable() -> None:
    made = compile_configuration(METRICS[PAGINATION])
    assert made["metric_type"] == "distribution"
    assert made["include_percentiles"] is True
    for text in (
        "p95:pagination.query.duration{env:production} by {collection}",
        "p99:pagination.query.duration{service:genonaut-api,version:1} by {host,page_size}",
    ):
        (one,) = selections(parse_metric(text))
        asked = {
            *one.group_by,
            *(word.partition(":")[0] for word in text[text.index("{") + 1 : text.index("}")].split(",")),
        }
        assert asked <= set(made["tags"])


def test_every_one_has_a_name_of_its_own() -> None:
    ours = [one for one in METRICS.values() if one.type is MetricType.DISTRIBUTION and one.source in SENDERS]
    keys = [configuration_key(one) for one in ours]
    assert len(set(keys)) == len(keys) > 5
    assert all(map(is_logical_name, keys))


def test_before_they_arrive_everything_that_waits_is_named() -> None:
    spec = of_production()
    assert spec.arriving == ()
    (notice,) = notices(spec)
    assert notice.where == f"metrics.{PAGINATION}"
    assert "api-pagination-latency, api-pagination cannot fire" in str(notice)


def test_an_objective_that_counts_within_a_range_waits_too() -> None:
    (slo,) = [one for one in specs_of("production").objectives.slos if one.key == "api-pagination"]
    assert isinstance(slo.sli, Events)
    assert any(one.value_filter for one in selections(parse_metric(slo.sli.bad)))
    plain = dataclasses.replace(
        slo, sli=Events(bad=f"avg:{PAGINATION}{{*}}.as_count()", total=f"count:{PAGINATION}{{*}}.as_count()")
    )
    assert distributions(settings(), [], [slo]).readers == {PAGINATION: ("api-pagination",)}
    assert distributions(settings(), [], [plain]).readers == {}


@pytest.mark.parametrize("senders", [("application",), ("application", "loadTest")])
def test_once_they_arrive_nothing_waits(senders: tuple[str, ...]) -> None:
    spec = of_production(percentiles=senders)
    assert notices(spec) == []
    assert {SENDERS[one.source] for one in spec.arriving} == set(senders)
    assert not {one.name for one in spec.arriving} & {one.name for one in spec.expected}


def test_a_query_that_cannot_be_read_is_left_to_the_proof() -> None:
    found = [one for tier in specs_of("production").monitors for one in tier.monitors]
    (spec,) = [one for one in found if one.key == "api-pagination-latency"]
    assert isinstance(spec.condition, MetricCondition)
    broken = dataclasses.replace(spec, condition=dataclasses.replace(spec.condition, expression="p95:("))
    assert distributions(settings(), [spec], []).readers == {PAGINATION: (spec.key,)}
    assert distributions(settings(), [broken], []).readers == {}
