"""Reach over published queries, round trip included, and what is left with its reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from contract.__main__ import check
from contract.query import QueryError, parse_formula, parse_metric, parse_monitor, parse_search, to_text
from tests.unit.contract.corpus import metric_queries, rows

REACH = 0.995

MALFORMED_MONITORS = {
    # The API answered 400: the query is the word "query".
    "query": "expected",
}
REFUSED_MONITORS = {
    # The collector lost the threshold_windows block of this module; with alert_window both windows are needed.
    "cloud/aws/rds/common/monitors-rds-common.tf": "threshold_windows.trigger_window",
}
NO_METRIC_QUERIES = {
    # Searches for the event stream of old widgets, filed under the metric queries.
    "source:my_apps": "expected",
    "serverless_auto_optimization_completed": "has no scope",
    "tags:serverless_auto_optimization_completed": "expected",
    'tags:"tracing-test-client"': "expected",
    'tags:"serverless_auto_optimization_completed"': "expected",
    "Sedai": "has no scope",
}
REFUSED_METRIC_QUERIES = (
    # A tag without a value: it may exist, but mostly it is a variable that was left empty.
    ("avg:kube_apiserver.request_duration_seconds.count{group:} by {resource}", "half a tag"),
    # `or` beside commas, which the documentation of filters calls invalid.
    ("sum:openai.tokens.total{openai.request.model:text-ada-001 or ", "cannot stand in one scope"),
    ("sum:openai.tokens.total{openai.request.model:text-babbage-001 or ", "cannot stand in one scope"),
    ("sum:openai.tokens.total{openai.request.model:text-curie-001 or ", "cannot stand in one scope"),
    ("sum:openai.tokens.total{openai.request.model:text-davinci-* or ", "cannot stand in one scope"),
)


def same_again(read: Callable[[str], Any], query: str) -> None:
    tree = read(query)
    assert read(to_text(tree)) == tree, query


def test_every_well_formed_monitor_parses_and_comes_back() -> None:
    refused = {}
    for row in rows("monitors.jsonl"):

        def read(query: str, row: dict[str, Any] = row) -> Any:
            return parse_monitor(row["type"], query, row["options"])

        try:
            same_again(read, row["query"])
        except QueryError as error:
            refused[row["query"]] = error.reason
    assert refused.keys() == MALFORMED_MONITORS.keys()
    assert all(MALFORMED_MONITORS[query] in reason for query, reason in refused.items())


def test_options_of_published_monitors() -> None:
    known = rows("monitors.jsonl")
    report = check([json.dumps(row) for row in known])
    refused = {known[found["line"] - 1]["path"]: " ".join(found["reasons"]) for found in report["rejections"]}
    well_formed = {path: text for path, text in refused.items() if path in REFUSED_MONITORS}
    assert all(REFUSED_MONITORS[path] in text for path, text in well_formed.items())
    assert report["rejected"] == len(MALFORMED_MONITORS) + len(REFUSED_MONITORS)
    assert report["accepted"] >= REACH * (len(known) - len(MALFORMED_MONITORS))


def test_whatever_the_api_accepted_is_accepted() -> None:
    recorded = [row for row in rows("monitors.jsonl") if row.get("recorded_status") == 200]
    report = check([json.dumps(row) for row in recorded])
    assert recorded
    assert report["rejections"] == []


def test_metric_queries_of_dashboards() -> None:
    queries = metric_queries()
    refused: dict[str, str] = {}
    for query in queries:
        try:
            same_again(parse_metric, query)
        except QueryError as error:
            refused[query] = error.reason
    left = {query: reason for query, reason in refused.items() if query not in NO_METRIC_QUERIES}
    assert all(NO_METRIC_QUERIES[query] in refused[query] for query in refused.keys() - left.keys())
    assert sorted(left) == sorted(
        query for query in left if any(query.startswith(start) for start, _ in REFUSED_METRIC_QUERIES)
    )
    assert all(any(reason in found for _, reason in REFUSED_METRIC_QUERIES) for found in left.values())
    assert len(left) == len(REFUSED_METRIC_QUERIES)
    assert len(left) <= (1 - REACH) * len(queries)


@pytest.mark.parametrize(("kind", "source", "read"), [("formula", None, parse_formula), ("query", None, parse_search)])
def test_formulas_and_searches_of_dashboards(kind: str, source: str | None, read: Callable[[str], Any]) -> None:
    queries = [
        row["query"] for row in rows("dashboard_queries.jsonl") if row["kind"] == kind and row["data_source"] == source
    ]
    assert queries
    for query in queries:
        same_again(read, query)
