"""The limits of series: every metric of ours keeps its own, and one that does not is named with its product."""

from __future__ import annotations

from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.telemetry import METRICS
from contract.telemetry.cardinality import (
    COUNTS,
    LIMITS,
    MOST_SERIES,
    custom_metrics,
    factors,
    is_ours,
    over_limit,
    series,
)
from contract.telemetry.model import Metric, MetricType, Source, Tag, count, distribution
from contract.telemetry.tags import fixed
from reports.stacks import specs_of
from stacks import check as stack_check
from stacks.check import check


def test_the_contract_keeps_its_limits() -> None:
    assert list(over_limit(METRICS.values())) == []
    # A limit for a metric that needs none would hide its growth.
    assert all(series(METRICS[name], "production") > MOST_SERIES for name in LIMITS)


def made(*tags: Tag, name: str = "genonaut.made.up") -> Metric:
    return count(name, None, tags, "Made up.", source=Source.APPLICATION)


def test_a_tag_too_many_is_spelled_out() -> None:
    letters = fixed("letter", *map(str, range(20)))
    assert list(over_limit([made(Tag("host"), Tag("env"), letters)])) == []
    (found,) = over_limit([made(Tag("host"), Tag("env"), letters, fixed("digit", *map(str, range(6))))])
    assert found == (
        "genonaut.made.up", "up to 360 series in production: host 3 x letter 20 x digit 6", MOST_SERIES,
    )  # fmt: skip


def test_what_an_integration_sends_is_not_ours() -> None:
    wide = fixed("value", *map(str, range(1_000)))
    assert list(over_limit([made(wide, name="postgresql.made.up")])) == []
    assert not is_ours(METRICS["redis.mem.used"])


def test_a_distribution_is_ten_custom_metrics() -> None:
    tags = (Tag("host"),)
    one = distribution("genonaut.made.up", "second", tags, "Made up.", source=Source.APPLICATION)
    assert one.type is MetricType.DISTRIBUTION
    assert custom_metrics(one, "production") == 10 * custom_metrics(made(*tags), "production") == 30


@given(st.lists(st.integers(1, 30), max_size=5), st.sampled_from(sorted(COUNTS)))
def test_a_metric_is_refused_exactly_where_its_product_is_beyond_the_limit(sizes: list[int], environment: str) -> None:
    metric = made(*(fixed(f"tag{number}", *map(str, range(size))) for number, size in enumerate(sizes)))
    assert series(metric, environment) == prod(sizes) == prod(factors(metric, environment).values())
    assert bool(list(over_limit([metric]))) is (prod(sizes) > MOST_SERIES)


def test_a_preview_with_such_a_metric_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    wide = made(fixed("who", *map(str, range(301))), name="genonaut.made.wide")
    monkeypatch.setattr(stack_check, "METRICS", {**METRICS, wide.name: wide})
    (problem,) = check(specs_of("production"))
    assert str(problem) == (
        "contract.genonaut.made.wide: up to 301 series in production: who 301 "
        "(at most 300: fewer tags, or tags with fewer values)"
    )
