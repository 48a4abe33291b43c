from __future__ import annotations

import re

import pytest

from contract.prometheus import SeriesType, series
from contract.telemetry import METRICS
from contract.telemetry.application import METRICS as OURS


@pytest.mark.parametrize(
    ("metric", "name", "type_", "labels"),
    [
        ("genonaut.users.registered", "genonaut_users_registered_total", SeriesType.COUNTER, ()),
        ("genonaut.search.duration", "genonaut_search_duration_seconds", SeriesType.HISTOGRAM, ()),
        ("genonaut.database.pool.in_use", "genonaut_database_pool_in_use", SeriesType.GAUGE, ()),
        ("genonaut.cache.hits", "genonaut_cache_hits_total", SeriesType.COUNTER, ("cache",)),
    ],
)
def test_names_follow_the_rules(metric: str, name: str, type_: SeriesType, labels: tuple[str, ...]) -> None:
    found = series(METRICS[metric])
    assert (found.name, found.type, found.labels) == (name, type_, labels)


def test_no_name_is_given_twice_not_even_by_what_histograms_add() -> None:
    names = [
        name
        for found in map(series, OURS)
        for name in (
            [f"{found.name}{end}" for end in ("_bucket", "_sum", "_count")]
            if found.type is SeriesType.HISTOGRAM
            else [found.name]
        )
    ]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in names)


def test_bounds_rise_and_end_where_the_metric_does() -> None:
    for metric in OURS:
        bounds = series(metric).buckets
        assert list(bounds) == sorted(set(bounds))
        if bounds and metric.unit == "second" and metric.highest < float("inf"):
            assert bounds[-1] == metric.highest


def test_what_others_send_has_no_name_here() -> None:
    with pytest.raises(ValueError, match="not sent by our own code"):
        series(METRICS["redis.mem.used"])
