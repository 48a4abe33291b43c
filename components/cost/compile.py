"""From uses and prices to the bill. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal

from components.cost.spec import Bill, CostSpec, Line, Price
from infra.problems import Problem

CENT = Decimal("0.01")
BIGGEST = 3
"""Lines that are named where a bill is over its budget."""


def check(spec: CostSpec) -> Iterator[Problem]:
    """Uses without a price, and a bill over the budget."""
    for key in sorted({use.price for use in spec.uses if spec.prices.price(use.price) is None}):
        yield Problem(f"cost.{key}", "the price list has no such price", "add it to stacks/catalog/prices.py")
    bill = compile_bill(spec)
    if bill.over:
        biggest = sorted(bill.lines, key=lambda line: line.dollars, reverse=True)[:BIGGEST]
        less = {use.price: use.less for use in spec.uses}
        yield Problem(
            f"budget.{spec.environment}",
            f"{bill.total:,} dollars a month, {bill.total - bill.budget:,} more than its budget of {bill.budget:,}; "
            f"most of it {', '.join(f'{line.title} {line.dollars:,}' for line in biggest)}",
            f"{'; '.join(less[line.key] for line in biggest if less[line.key])}; or a higher budget in "
            f"stacks/{spec.environment}.py",
        )


def compile_bill(spec: CostSpec) -> Bill:
    """The bill: a line for everything that is used, in the order of the price list; free units are taken off."""
    used: defaultdict[str, Decimal] = defaultdict(Decimal)
    why: defaultdict[str, list[str]] = defaultdict(list)
    for use in spec.uses:
        used[use.price] += use.quantity
        why[use.price].append(use.assumption)
    return Bill(
        prices=spec.prices.date,
        budget=spec.budget,
        lines=tuple(
            Line(
                key=price.key,
                title=price.title,
                quantity=used[price.key],
                unit=price.unit,
                dollars=_dollars(price, used[price.key], free_units(price, used)),
                assumption="; ".join([*why[price.key], *_included(price, free_units(price, used))]),
            )
            for price in spec.prices.prices
            if price.key in why
        ),
    )


def counted(number: Decimal, unit: str) -> str:
    """So many of a unit, whose name is a plural: `1 host`, `3,000 hosts`."""
    return f"{number:,f} {unit.removesuffix('s') if number == 1 else unit}"


def free_units(price: Price, used: Mapping[str, Decimal]) -> Decimal:
    """What comes with the other things that are used."""
    return sum((units * used.get(key, Decimal()) for key, units in price.comes_with.items()), Decimal())


def _included(price: Price, free: Decimal) -> list[str]:
    return [f"{counted(free, price.unit)} {'is' if free == 1 else 'are'} included"] if free else []


def _dollars(price: Price, quantity: Decimal, free: Decimal) -> Decimal:
    paid = max(Decimal(), quantity - free)
    return (paid * price.dollars / price.per).quantize(CENT, ROUND_HALF_UP)
