"""The proof of PromQL: it refuses what selects nothing, and takes what people write."""

from __future__ import annotations

import json
from pathlib import Path

import promql_parser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.promql import Names, exposed, prove
from contract.promql.names import TARGET
from tests.examples import WORLD

NAMES = Names.of(WORLD, [("genonaut:features:day", ("env", "feature"))])
CORPUS = Path(__file__).parents[4] / "shared/corpus/prometheus_alert_rules.jsonl"


@pytest.mark.parametrize(
    "query",
    [
        'sum(increase(genonaut_users_registered_total{env="production"}[1d]))',
        'sum by (reason) (rate(genonaut_search_failures_total{reason=~"time.*"}[5m]))',
        "histogram_quantile(0.95, sum by (le) (rate(genonaut_search_duration_seconds_bucket[5m])))",
        'genonaut:features:day{feature!="search"}',
        'absent(up{job="genonaut"} == 1)',
    ],
)
def test_what_can_select_something(query: str) -> None:
    assert prove(query, NAMES) == []


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("sum(rate(genonaut_users_registered[1d]))", "did you mean genonaut_users_registered_total?"),
        ('genonaut_search_failures_total{cause="timeout"}', "has no label cause"),
        ('genonaut_search_failures_total{reason="timeuot"}', "is never 'timeuot'"),
        ('genonaut_users_registered_total{env="staging"}', "is never 'staging'"),
        ('genonaut_users_registered_total{service="genonaut-worker"}', "is never 'genonaut-worker'"),
        ('genonaut_search_failures_total{reason=~"x.*"}', "is never 'x.*'"),
        ("sum by (raeson) (genonaut_search_failures_total)", "goes by raeson"),
        ("up + on (shard) up", "matches on shard"),
        ("rate(genonaut_database_pool_in_use[5m])", "is for counters"),
        ("genonaut_search_duration_seconds", "no series is called"),
        ('{env="production"}', "names no metric"),
        ("sum(", "cannot be read"),
        ("increase(genonaut_users_registered_total)", "cannot be read"),
    ],
)
def test_what_cannot(query: str, said: str) -> None:
    assert said in "; ".join(prove(query, NAMES))


@given(st.text())
def test_any_value_of_a_label_is_quoted(value: str) -> None:
    selector = promql_parser.parse(exposed("genonaut.users.registered", version=value).text)
    assert isinstance(selector, promql_parser.VectorSelector)
    assert [(one.name, one.value) for one in selector.matchers.matchers] == [("version", value)]


def test_metrics_outside_of_the_contract_cannot_be_built() -> None:
    with pytest.raises(KeyError):
        exposed("genonaut.users.registerd")


def test_targets_carry_what_the_proof_believes() -> None:
    assert set(TARGET) == {"env", "instance", "job", "namespace", "pod", "service", "version"}


@pytest.mark.skipif(not CORPUS.exists(), reason="the collection of rules of other projects is not on this machine")
def test_rules_of_other_projects_are_read_and_refused_by_name() -> None:
    lines = CORPUS.read_text(encoding="utf-8").splitlines()
    queries = [json.loads(line)["expr"] for line in lines]
    found = [prove(query, NAMES) for query in queries]
    unread = [query for query, said in zip(queries, found, strict=True) if any("cannot be read" in one for one in said)]
    assert len(unread) <= len(queries) // 100
    # Theirs are not ours: but for `up` and the like, each names something that we do not have.
    assert sum(bool(said) for said in found) > len(queries) * 0.9
