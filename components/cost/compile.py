"""From uses and prices to the bill. Pure."""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

from components.cost.spec import Bill, CostSpec, Line, Price

CENT = Decimal("0.01")


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
                dollars=_dollars(price, used[price.key], _free(price, used)),
                assumption="; ".join([*why[price.key], *_included(price, _free(price, used))]),
            )
            for price in spec.prices.prices
            if price.key in why
        ),
    )


def _free(price: Price, used: defaultdict[str, Decimal]) -> Decimal:
    return sum((units * used[key] for key, units in price.comes_with.items()), Decimal())


def _included(price: Price, free: Decimal) -> list[str]:
    return [f"{free:,f} {price.unit} are included"] if free else []


def _dollars(price: Price, quantity: Decimal, free: Decimal) -> Decimal:
    paid = max(Decimal(), quantity - free)
    return (paid * price.dollars / price.per).quantize(CENT, ROUND_HALF_UP)
