"""What holds of the proof for every metric of the contract, and for any query at all."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.proof import prove_formula, prove_metric, prove_monitor, prove_search
from contract.query import QueryError, parse_metric
from contract.telemetry import METRICS, Metric, MetricType, Tag
from tests.examples import WORLD
from tests.unit.contract.corpus import metric_queries, rows

metrics = st.sampled_from(sorted(METRICS.values(), key=lambda metric: metric.name))


def asked(metric: Metric, scope: str = "*", group: str = "") -> str:
    """A query that the type of this metric allows."""
    counts = metric.type in {MetricType.COUNT, MetricType.RATE}
    aggregator = "sum" if counts else "p95" if metric.type is MetricType.DISTRIBUTION else "max"
    return f"{aggregator}:{metric.name}{{{scope}}}{group}{'.as_count()' if counts else ''}"


def possible(tag: Tag) -> Iterator[str]:
    values = tag.values or WORLD.possible(tag.key, tag.doing)
    yield from sorted(values) if values else ("anything",)


@pytest.mark.parametrize("name", sorted(METRICS))
def test_every_metric_can_be_asked_for_by_every_tag_and_value(name: str) -> None:
    metric = METRICS[name]
    assert prove_metric(asked(metric), WORLD) == []
    for tag in metric.tags:
        if tag.doing is not None and not WORLD.possible(tag.key, tag.doing):
            continue
        assert prove_metric(asked(metric, group=f" by {{{tag.key}}}"), WORLD) == []
        for value in possible(tag):
            assert prove_metric(asked(metric, f"{tag.key}:{value}"), WORLD) == []
            assert prove_metric(asked(metric, f"{tag.key}:{value}-of-another"), WORLD) != [] or value == "anything"


keys = st.from_regex(r"[a-z][a-z_]{1,14}", fullmatch=True)


@settings(deadline=None)
@given(metrics, keys)
def test_a_key_that_is_not_carried_is_always_found(metric: Metric, key: str) -> None:
    found = prove_metric(asked(metric, group=f" by {{{key}}}"), WORLD)
    assert (found == []) == (key in metric.keys)


@settings(deadline=None)
@given(metrics, st.from_regex(r"[a-z]{1,12}", fullmatch=True))
def test_another_environment_is_always_found(metric: Metric, environment: str) -> None:
    if metric.tag("env"):
        found = prove_metric(asked(metric, f"env:{environment}"), WORLD)
        assert (found == []) == (environment == WORLD.environment)


@settings(deadline=None)
@given(metrics, st.floats(1.001, 1e6))
def test_a_threshold_beyond_the_highest_value_is_always_found(metric: Metric, factor: float) -> None:
    query = asked(metric)
    if metric.highest == float("inf") or metric.type is not MetricType.GAUGE:
        return
    assert any(
        "never reached" in found
        for found in prove_monitor("query alert", f"avg(last_5m):{query} > {metric.highest * factor}", {}, WORLD)
    )


def test_every_published_query_is_answered() -> None:
    """Other people's queries are mostly blind here; each gets findings or a proof, and never a crash."""
    some = metric_queries()[::25]
    assert sum(bool(prove_metric(query, WORLD, {})) for query in some) > len(some) / 2
    for row in rows("monitors.jsonl")[::5]:
        assert json.dumps(prove_monitor(row["type"], row["query"], row["options"], WORLD))


@settings(deadline=None)
@given(st.text(max_size=40), st.text(max_size=20))
def test_any_text_is_answered(text: str, name: str) -> None:
    assert isinstance(prove_formula(text, {name: text}, WORLD, limits=[1]), list)
    assert isinstance(prove_search("logs", text, WORLD, variables={}), list)
    try:
        parse_metric(text)
    except QueryError:
        assert prove_metric(text, WORLD) != []
