"""Made-up telemetry keeps to the contract: bounds, order of percentiles, parts of wholes, the same every time."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.query import parse_formula
from contract.query.vocabulary import FUNCTIONS
from contract.telemetry import METRICS, MetricType
from pictures.clock import clock_of
from pictures.synthetic import expression, tags
from pictures.synthetic.request import at_once, over_time
from pictures.synthetic.tags import Known
from pictures.units import Unit, short_text, text_of
from stacks.catalog.infrastructure import INFRASTRUCTURE
from stacks.catalog.services import SERVICES
from tests.unit.pictures import examples as ex

KNOWN = Known({}, {"env": ("env", "production")})
DAY = clock_of("1d")
DISTRIBUTIONS = [metric for metric in METRICS.values() if metric.type is MetricType.DISTRIBUTION]


def values(query: str) -> list[np.ndarray]:
    return [line.values for answer in over_time(ex.series(ex.metric(query)), DAY, KNOWN) for line in answer.lines]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(METRICS)), st.sampled_from(["avg", "max", "min"]))
def test_no_value_is_outside_what_the_contract_says(name: str, aggregator: str) -> None:
    metric = METRICS[name]
    for line in values(f"{aggregator}:{name}{{*}}"):
        assert np.isfinite(line).all()
        assert line.min() >= 0
        assert line.max() <= metric.highest


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(DISTRIBUTIONS), st.lists(st.integers(1, 99), min_size=2, max_size=4, unique=True))
def test_percentiles_are_in_order(metric: object, ranks: list[int]) -> None:
    lines = [values(f"p{rank}:{metric.name}{{*}}")[0] for rank in sorted(ranks)]  # type: ignore[attr-defined]
    assert all((one <= two).all() for one, two in pairwise(lines))


@pytest.mark.parametrize("scope", ["*", "$env", "$env,service:genonaut-api", "service:genonaut-api,resource_name:x"])
def test_no_more_requests_fail_than_there_are(scope: str) -> None:
    (hits,) = values(f"sum:trace.fastapi.request.hits{{{scope}}}.as_count()")
    (errors,) = values(f"sum:trace.fastapi.request.errors{{{scope}}}.as_count()")
    assert (errors <= hits).all()
    assert 0 < errors.sum() < hits.sum() * 0.1


def test_hits_and_misses_of_a_cache_are_shares_of_one_whole() -> None:
    (rate,) = over_time(
        ex.series(
            ex.metric("sum:genonaut.cache.hits{*}.as_count()", "h"),
            ex.metric("sum:genonaut.cache.misses{*}.as_count()", "m"),
            formulas=[ex.formula("h / (h + m) * 100")],
        ),
        DAY,
        KNOWN,
    )
    assert 70 < rate.lines[0].values.mean() < 100


def test_traffic_has_the_shape_of_a_day() -> None:
    (hits,) = values("sum:trace.fastapi.request.hits{*}.as_count()")
    assert hits.max() > 3 * hits.min()


def test_groups_carry_the_values_of_the_contract() -> None:
    (answer,) = over_time(ex.series(ex.metric("sum:genonaut.tasks.started{*} by {queue}.as_count()")), DAY, KNOWN)
    assert {line.name for line in answer.lines} == {"default", "generation"}


def test_pods_belong_to_their_service() -> None:
    query = "avg:kubernetes.memory.working_set{service:genonaut-worker} by {service,pod_name}"
    (answer,) = over_time(ex.series(ex.metric(query)), DAY, KNOWN)
    assert answer.lines
    assert all(line.tags["pod_name"].startswith("genonaut-worker") for line in answer.lines)


def test_the_same_query_is_the_same_every_time_and_another_is_not() -> None:
    one, again = (values("avg:system.cpu.user{host:node-a}")[0] for _ in range(2))
    assert (one == again).all()
    assert not (one == values("avg:system.cpu.user{host:node-b}")[0]).all()


def test_a_total_is_the_sum_and_an_average_is_not() -> None:
    query = "sum:trace.fastapi.request.hits{*}.as_count()"
    total, average = (
        at_once(ex.series(ex.metric(query, aggregator=each)), DAY, KNOWN)[0].lines[0].values[0]
        for each in ("sum", "avg")
    )
    assert total == values(query)[0].sum()
    assert average == pytest.approx(total / DAY.count)


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_every_function_of_the_grammar_is_computed(name: str) -> None:
    assert expression.handles(name)


def test_arithmetic_is_that_of_the_formula() -> None:
    tree = parse_formula("(6 - 2) * 10 / 4")
    assert expression.Evaluation(DAY, KNOWN, {}).lines(tree)[0].values[0] == 10


def test_the_services_are_those_of_the_catalog() -> None:
    known = {service.name for service in SERVICES} | set(INFRASTRUCTURE)
    assert {name for names in tags.SERVICES.values() for name in names} <= known
    doing = {service.name: service.operation for service in SERVICES if service.operation}
    assert all(name in tags.SERVICES[operation] for name, operation in doing.items())


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (0.31, Unit("second"), "310 ms"), (90, Unit("second"), "1.50 min"), (1.5 * 2**30, Unit("byte"), "1.50 GiB"),
        (2048, Unit("byte", "second"), "2 KiB/s"), (12.34, Unit("percent"), "12.3 %"),
        (1234, Unit("request"), "1.23k req"),
        (2.5e8, Unit("nanocore"), "250 mcores"), (1, Unit("user"), "1 user"), (0, Unit("byte"), "0 B"),
        (235.5, Unit("dollar"), "$236"),
    ],
)  # fmt: skip
def test_values_are_said_in_their_units(value: float, unit: Unit, shown: str) -> None:
    assert short_text(value, unit) == shown


def test_a_precision_is_the_most_digits_there_are() -> None:
    assert text_of(1.2345, Unit("percent"), 1) == ("1.2", "%")
    assert text_of(406, Unit("user"), 2) == ("406", "users")
