"""Ten thousand different queries in three seconds of one core, and no text that takes long."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import count, cycle, islice
from typing import Any

import pytest

from contract.query import QueryError, explain, parse_metric, parse_monitor, parse_search, to_text
from contract.query.engine import MAX_DEPTH

QUERIES = 10_000
SECONDS = 3.0
SHAPES = (
    ("query alert", "avg(last_5m):avg:app.requests_{n}{{env:prod,host:h{n}}} by {{host}} > {n}"),
    (
        "query alert",
        "min(last_10m):(sum:app.errors_{n}{{env:prod}} by {{service}}.as_count() / sum:app.hits_{n}"
        "{{env:prod}} by {{service}}.as_count()) * 100 > {n}",
    ),
    (
        "query alert",
        "avg(last_4h):anomalies(avg:app.load_{n}{{*}} by {{host}}, 'agile', 2, direction='both', "
        "alert_window='last_15m', interval=60, count_default_zero='true', seasonality='daily') >= 1",
    ),
    (
        "metric alert",
        "pct_change(avg(last_5m),last_1h):default_zero(max:app.queue_{n}{{queue:q{n} AND (env:prod OR "
        "env:staging)}} by {{queue,env}}.rollup(max, 60)) > {n}",
    ),
    (
        "log alert",
        'logs("service:api @http.status_code:>={n} -@usr.id:{n}").index("*").rollup("count")'
        '.by("@http.route").last("5m") > {n}',
    ),
    ("service check", '"check_{n}.can_connect".over("env:prod").by("host","port").last(6).count_by_status()'),
)


def test_ten_thousand_distinct_queries() -> None:
    queries = [(kind, shape.format(n=number)) for number, (kind, shape) in enumerate(islice(cycle(SHAPES), QUERIES))]
    assert len(set(queries)) == QUERIES
    for kind, shape in SHAPES:
        parse_monitor(kind, shape.format(n=0))
    start = time.process_time()
    for kind, query in queries:
        parse_monitor(kind, query)
    assert time.process_time() - start < SECONDS


def nested(opening: str, inner: str, closing: str, times: int) -> str:
    return opening * times + inner + closing * times


@pytest.mark.parametrize(
    ("read", "query"),
    [
        (parse_metric, nested("(", "1", ")", 2_000)),
        (parse_metric, nested("abs(", "avg:a{*}", ")", 2_000)),
        (parse_metric, nested("(", "", "", 10_000)),
        (parse_metric, "+".join(["avg:a{*}"] * 1_100)),
        (parse_metric, "avg:a{" + nested("(", "x", ")", 2_000) + "}"),
        (parse_metric, "avg:a{" + "!" * 9_000 + "x}"),
        (parse_metric, "avg:a{" + " OR ".join(["x:y"] * 1_500) + "}"),
        (parse_metric, "avg:a{x not" + " " * 9_900 + "in}"),
        (parse_metric, "avg:a{" + "a: " * 3_300 + "}"),
        (parse_metric, "count(v: v" + " " * 9_900 + ">="),
        (parse_metric, "1" * 10_000),
        (parse_search, "[" * 10_000),
        (parse_search, "@a:[" + " " * 9_900),
        (parse_search, ":" * 10_000),
        (parse_search, '\\"' * 5_000),
        (parse_search, '"' + "\\" * 9_999),
        (parse_search, "-" * 10_000 + "a"),
        (lambda query: parse_monitor("log alert", query), "logs(" + '"' * 9_990 + ")"),
        (lambda query: parse_monitor("log alert", query), 'logs("' + '")' * 4_990),
        (lambda query: parse_monitor("composite", query), nested("(", "1", ")", 5_000)),
        (lambda query: parse_monitor("composite", query), "!" * 10_000 + "1"),
        (lambda query: parse_monitor("query alert", query), "avg(last_" + "9" * 10_000 + "m):avg:a{*} > 1"),
    ],
    ids=map(str, count(1)),
)
def test_long_and_deep_texts_are_answered_quickly(read: Callable[[str], Any], query: str) -> None:
    start = time.process_time()
    shown = ""
    try:
        tree = read(query)
    except QueryError as error:
        shown = str(error)
    else:
        to_text(tree)
        explain(tree)
    assert len(shown) < 1_000
    assert time.process_time() - start < 1


def test_depth_is_bounded_with_a_plain_reason() -> None:
    parse_metric(nested("abs(", "avg:a{*}", ")", MAX_DEPTH - 2))
    with pytest.raises(QueryError, match="nested more than 100 levels deep"):
        parse_metric(nested("abs(", "avg:a{*}", ")", MAX_DEPTH + 2))
