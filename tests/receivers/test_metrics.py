"""The contract and what the app really sends over DogStatsD are the same: every metric, and nothing else."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

import pytest

from contract.telemetry import METRICS, Metric, MetricType, Source
from contract.telemetry.tags import HOST, LOW_CARDINALITY
from infra.naming import Environment
from stacks.catalog.services import SERVICES
from stacks.world import world
from tests.receivers.evidence import Evidence
from tests.receivers.traffic import PROMPTS, V1
from tools.demo.application import ENVIRONMENT, PATIENCE, VERSION
from tools.receivers.dogstatsd import Sample

OURS = [metric for metric in METRICS.values() if metric.source is Source.APPLICATION]
HERE = world(SERVICES, Environment.SANDBOX, "anywhere")
ADDED_BY_AGENTS = {tag.key for tag in (*HOST, *LOW_CARDINALITY)} - {"env"}
"""What the node agent adds to DogStatsD: the app need not send it."""
SUBMITTED = f"POST {V1}/generation-jobs/"
SEARCHED = f"POST {V1}/content/search"


def of(evidence: Evidence, name: str, **tags: str) -> list[Sample]:
    return [sample for sample in evidence.samples if sample.name == name and tags.items() <= dict(sample.tags).items()]


def total(evidence: Evidence, name: str, **tags: str) -> float:
    return sum(sample.total for sample in of(evidence, name, **tags))


def values(evidence: Evidence, name: str, **tags: str) -> list[float]:
    return [value for sample in of(evidence, name, **tags) for value in sample.values]


def test_all_datagrams_are_dogstatsd(evidence: Evidence) -> None:
    assert evidence.not_dogstatsd == []


def test_nothing_was_dropped(evidence: Evidence) -> None:
    assert not {name: count for name, count in evidence.clients.items() if "dropped" in name and count}


@pytest.mark.parametrize("metric", OURS, ids=lambda metric: metric.name)
def test_a_metric_of_the_contract_arrives_as_it_is_declared(metric: Metric, evidence: Evidence) -> None:
    samples = of(evidence, metric.name)
    assert samples, "nothing sends it: every query over it would be blind"
    assert {sample.type for sample in samples} == {metric.type}
    must = metric.keys - ADDED_BY_AGENTS
    for keys in {tuple(sorted(key for key, _ in sample.tags)) for sample in samples}:
        assert len(set(keys)) == len(keys), f"a tag twice: {keys}"
        assert set(keys) == must
    assert max(value for sample in samples for value in sample.values) <= metric.highest
    assert min(value for sample in samples for value in sample.values) >= 0


@pytest.mark.parametrize("metric", OURS, ids=lambda metric: metric.name)
def test_tags_have_no_other_values_than_the_declared_ones(metric: Metric, evidence: Evidence) -> None:
    assert _seen(evidence, metric.name)
    for key, seen in _seen(evidence, metric.name).items():
        tag = metric.tag(key)
        assert tag is not None, key
        declared = tag.values or {"env": {ENVIRONMENT}, "version": {VERSION}}.get(key) or HERE.possible(key, tag.doing)
        assert declared is not None, f"{key} can be anything"
        assert seen <= declared, key


def test_nothing_undeclared_arrives(evidence: Evidence) -> None:
    assert {sample.name for sample in evidence.samples} <= {metric.name for metric in OURS}


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("genonaut.database.connection.errors", "reason"),
        ("genonaut.search.failures", "reason"),
        ("genonaut.generation.jobs.failed", "reason"),
        ("genonaut.cache.hits", "cache"),
        ("genonaut.cache.misses", "cache"),
        ("genonaut.features.used", "feature"),
        ("genonaut.health.status", "check"),
        ("genonaut.tasks.started", "queue"),
        ("genonaut.content.created", "content_type"),
        ("pagination.query.count", "collection"),
        ("pagination.query.count", "page_size"),
        ("pagination.query.count", "mode"),
    ],
)
def test_every_value_that_an_alert_can_be_told_by_is_really_sent(name: str, key: str, evidence: Evidence) -> None:
    tag = METRICS[name].tag(key)
    assert tag is not None
    assert tag.values is not None
    assert _seen(evidence, name)[key] == set(tag.values)


def test_counts_are_what_was_done(evidence: Evidence) -> None:
    answered = evidence.done.answered
    assert total(evidence, "genonaut.users.registered") == answered(f"POST {V1}/users/", 201)
    assert total(evidence, "genonaut.content.created", origin="user") == answered(f"POST {V1}/content/", 201)
    assert total(evidence, "genonaut.recommendations.accepted") == 1
    assert total(evidence, "genonaut.search.requests") == answered(SEARCHED)
    assert total(evidence, "genonaut.search.failures") == answered(SEARCHED, 400, 500)
    assert total(evidence, "genonaut.search.empty") >= 1
    assert total(evidence, "genonaut.generation.jobs.submitted") == answered(SUBMITTED, 202)
    assert total(evidence, "genonaut.generation.jobs.completed") == 3
    assert total(evidence, "genonaut.content.created", origin="generated") == 3
    assert total(evidence, "genonaut.beat.ticks") >= 1


def test_each_end_of_a_job_is_counted_once(evidence: Evidence) -> None:
    ends = Counter[str]()
    for sample in of(evidence, "genonaut.generation.jobs.failed", job_type="image"):
        ends[dict(sample.tags)["reason"]] += int(sample.total)
    assert ends == {**dict.fromkeys(PROMPTS, 1), "timeout": 3, "cancelled": 1}


def test_retries_are_no_failures(evidence: Evidence) -> None:
    assert total(evidence, "genonaut.tasks.retried", queue="generation") == 2
    assert total(evidence, "genonaut.tasks.failed", queue="generation") == len(PROMPTS) + 3
    assert total(evidence, "genonaut.tasks.failed", queue="default") == 0


def test_durations_are_seconds(evidence: Evidence) -> None:
    """What was made to last known times has lasted them, in the unit of the contract."""
    patience = {name: float(value) for name, value in PATIENCE.items()}
    limit = patience["GENONAUT_STATEMENT_TIMEOUT"]
    assert max(values(evidence, "genonaut.search.duration")) == pytest.approx(limit, abs=1.5)
    assert max(values(evidence, "pagination.query.duration", collection="content")) == pytest.approx(limit, abs=1.5)
    waited = patience["GENONAUT_POOL_TIMEOUT"]
    assert max(values(evidence, "genonaut.database.pool.wait")) >= 0.9 * waited
    late = patience["GENONAUT_COMFYUI_TIMEOUT"]
    assert max(values(evidence, "genonaut.generation.jobs.duration")) == pytest.approx(late, abs=1.5)
    # The jobs behind the slow ones have waited for about as long.
    assert late / 2 < max(values(evidence, "genonaut.tasks.wait", queue="generation")) < evidence.done.seconds


def test_health_is_one_and_zero(evidence: Evidence) -> None:
    assert set(values(evidence, "genonaut.health.status", check="database")) == {0, 1}
    for check in ("redis", "celery", "comfyui", "pagination"):
        assert 1 in values(evidence, "genonaut.health.status", check=check)


def test_the_pool_is_as_large_as_it_is(evidence: Evidence) -> None:
    size = float(PATIENCE["GENONAUT_POOL_SIZE"])
    assert set(values(evidence, "genonaut.database.pool.size")) == {size}
    assert max(values(evidence, "genonaut.database.pool.in_use")) <= size


@pytest.mark.parametrize(
    "metric", [one for one in OURS if one.type is MetricType.COUNT], ids=lambda metric: metric.name
)
def test_counts_are_whole(metric: Metric, evidence: Evidence) -> None:
    assert all(value == int(value) for value in values(evidence, metric.name))


def _seen(evidence: Evidence, name: str) -> Mapping[str, set[str]]:
    seen: defaultdict[str, set[str]] = defaultdict(set)
    for sample in of(evidence, name):
        for key, value in sample.tags:
            seen[key].add(value)
    return seen
