"""The bill: exact sums, free units, the strategy's example, and the mapping that others read."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.cost.compile import check, compile_bill
from components.cost.spec import Bill, CostSpec, Line, PriceList, Use
from stacks.catalog.prices import PRICES

KEYS = [price.key for price in PRICES.prices]


def spec(quantities: dict[str, Decimal], budget: str = "1000", prices: PriceList = PRICES) -> CostSpec:
    return CostSpec(
        environment="example",
        budget=Decimal(budget),
        prices=prices,
        uses=tuple(
            Use(price=key, quantity=quantity, assumption="made up", less=f"less {key}")
            for key, quantity in quantities.items()
        ),
    )


def dollars(bill: Bill) -> dict[str, Decimal]:
    return {line.key: line.dollars for line in bill.lines}


def example(hosts: int) -> Bill:
    """The strategy's: hosts with APM, 50 GB of logs at 1,000 bytes a line, 100,000 sessions."""
    return compile_bill(
        spec(
            {
                "hosts": Decimal(hosts),
                "apm-hosts": Decimal(hosts),
                "logs-15-days": Decimal(50 * 10**9 // 1_000),
                "rum-sessions": Decimal(100_000),
            }
        )
    )


def test_the_typical_total_of_the_strategy() -> None:
    bill = example(hosts=3)
    parts = dollars(bill)
    assert 100 <= parts["hosts"] + parts["apm-hosts"] <= 150
    assert parts["logs-15-days"] == 75
    assert parts["rum-sessions"] == 60
    assert 235 <= bill.total <= 285


def test_two_hosts_are_what_the_strategy_rounds_up_to_a_hundred() -> None:
    assert example(hosts=2).total == 2 * (15 + 31) + 75 + 60


def test_what_hosts_bring_along_is_free() -> None:
    three = {"hosts": Decimal(3), "custom-metrics": Decimal(300), "containers": Decimal(15)}
    assert dollars(compile_bill(spec(three))) == {"hosts": 45, "containers": 0, "custom-metrics": 0}
    more = {**three, "custom-metrics": Decimal(400), "containers": Decimal(17)}
    assert dollars(compile_bill(spec(more))) == {"hosts": 45, "containers": 2, "custom-metrics": 5}


def test_uses_of_one_price_are_one_line() -> None:
    use = Use(price="rum-sessions", quantity=Decimal(500), assumption="web")
    bill = compile_bill(CostSpec(environment="example", budget=Decimal(1), prices=PRICES, uses=(use, use)))
    assert [(line.quantity, line.dollars) for line in bill.lines] == [(Decimal(1000), Decimal("0.60"))]


QUANTITIES = st.dictionaries(st.sampled_from(KEYS), st.integers(0, 10**9).map(Decimal))


@given(QUANTITIES)
def test_the_total_is_the_sum_of_the_lines_to_the_cent(quantities: dict[str, Decimal]) -> None:
    bill = compile_bill(spec(quantities))
    assert bill.total == sum(Decimal(int(line.dollars * 100)) for line in bill.lines) / 100
    assert [line.key for line in bill.lines] == [key for key in KEYS if key in quantities]


@given(QUANTITIES, st.sampled_from(KEYS), st.integers(0, 10**7))
def test_more_usage_never_costs_less(quantities: dict[str, Decimal], key: str, more: int) -> None:
    before = compile_bill(spec(quantities))
    after = compile_bill(spec({**quantities, key: quantities.get(key, Decimal()) + more}))
    # A host alone can make a bill smaller: what comes with it may be worth more than it costs.
    if key not in {"hosts", "apm-hosts", "sentry-plan"}:
        assert after.total >= before.total
        changed = {one for one, value in dollars(after).items() if dollars(before).get(one, Decimal()) != value}
        assert changed <= {key}


@given(QUANTITIES, st.integers(0, 10**6))
def test_a_bill_is_read_back_as_it_was_written(quantities: dict[str, Decimal], budget: int) -> None:
    bill = compile_bill(spec(quantities, str(budget)))
    mapping = bill.mapping()
    read = Bill.read(json.loads(json.dumps(mapping)))
    assert read.mapping() == mapping
    assert (read.total, read.budget, read.prices) == (bill.total, bill.budget, bill.prices)
    assert [(line.key, line.quantity) for line in read.lines] == [(line.key, line.quantity) for line in bill.lines]


def test_the_mapping_is_what_was_agreed_on() -> None:
    line = Line(key="hosts", title="Hosts", quantity=Decimal(3), unit="hosts", dollars=Decimal("45.00"))
    assert Bill(prices=date(2026, 1, 2), budget=Decimal(50), lines=(line,)).mapping() == {
        "currency": "USD",
        "prices": "2026-01-02",
        "budget": 50.0,
        "total": 45.0,
        "lines": {"hosts": {"title": "Hosts", "quantity": 3.0, "unit": "hosts", "dollars": 45.0}},
    }


@pytest.mark.parametrize("wrong", [{"currency": "EUR"}, {"prices": "yesterday"}, {"lines": {"hosts": {}}}])
def test_what_is_no_bill_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises((KeyError, ValueError)):
        Bill.read({**example(3).mapping(), **wrong})


def test_a_bill_over_its_budget_names_its_biggest_lines_and_what_would_help() -> None:
    quantities = {"hosts": Decimal(3), "dbm-hosts": Decimal(1), "rum-sessions": Decimal(100_000)}
    assert list(check(spec(quantities, "175"))) == []
    (problem,) = check(spec(quantities, "174.99"))
    assert problem.where == "budget.example"
    assert problem.what == (
        "175.00 dollars a month, 0.01 more than its budget of 174.99; most of it Databases with Database Monitoring "
        "70.00, Browser sessions 60.00, Infrastructure hosts 45.00"
    )
    assert problem.hint == ("less dbm-hosts; less rum-sessions; less hosts; or a higher budget in stacks/example.py")


def test_a_use_without_a_price_is_a_problem() -> None:
    (problem,) = check(spec({"logs-45-days": Decimal(1)}))
    assert problem.where == "cost.logs-45-days"


def test_every_price_says_where_it_is_from_and_brings_what_is_there() -> None:
    keys = set(KEYS)
    assert len(keys) == len(KEYS)
    for price in PRICES.prices:
        assert price.source
        assert set(price.comes_with) <= keys - {price.key}
    named = {one.key: one.dollars / one.per for one in PRICES.prices}
    # The strategy's own numbers.
    assert named["hosts"] == 15
    assert named["apm-hosts"] == 31
    assert named["rum-sessions"] * 1_000 == Decimal("0.60")
    assert named["synthetics-api"] * 10_000 == 5
