"""What is used, what it costs, and the bill, in our words. Dollars are Decimals: sums of cents are exact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Self

CURRENCY = "USD"


@dataclass(frozen=True, kw_only=True, slots=True)
class Price:
    """One line of a price list."""

    key: str
    title: str
    """What is paid for."""
    unit: str
    """What its quantity counts, in a month unless it is there all month, such as hosts."""
    dollars: Decimal
    """A month, of `per` units."""
    per: int = 1
    source: str
    """Who says so, in words."""
    comes_with: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """Units that are free -> for each unit used of the price with this key."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PriceList:
    """All prices as they were on one day."""

    date: date
    prices: tuple[Price, ...]
    """In the order of the bill."""

    def price(self, key: str) -> Price | None:
        """The price with this key; None where the list has none."""
        return next((price for price in self.prices if price.key == key), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Use:
    """How much of one thing is used in a month, and why one thinks so."""

    price: str
    """The key of its price."""
    quantity: Decimal
    assumption: str
    less: str = ""
    """What brings it down, for whoever is over the budget."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CostSpec:
    """What a stack is billed for."""

    environment: str
    budget: Decimal
    """Dollars a month."""
    prices: PriceList
    uses: tuple[Use, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One line of a bill."""

    key: str
    title: str
    quantity: Decimal
    """What is used, free units included."""
    unit: str
    dollars: Decimal
    """A month, in whole cents."""
    assumption: str = ""
    """Empty in a bill that was read back."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bill:
    """What a stack costs a month."""

    prices: date
    """The day of the price list."""
    budget: Decimal
    lines: tuple[Line, ...]

    @property
    def total(self) -> Decimal:
        """Dollars a month."""
        return sum((line.dollars for line in self.lines), Decimal("0.00"))

    @property
    def over(self) -> bool:
        """Whether it is more than the budget."""
        return self.total > self.budget

    def mapping(self) -> dict[str, Any]:
        """As a plain mapping of JSON's types: the stack's output `bill`. It leaves the assumptions out."""
        return {
            "currency": CURRENCY,
            "prices": self.prices.isoformat(),
            "budget": float(self.budget),
            "total": float(self.total),
            "lines": {
                line.key: {
                    "title": line.title,
                    "quantity": float(line.quantity),
                    "unit": line.unit,
                    "dollars": float(line.dollars),
                }
                for line in self.lines
            },
        }

    @classmethod
    def read(cls, mapping: Mapping[str, Any]) -> Self:
        """The bill in such a mapping. Raises KeyError, TypeError or ValueError where it is none."""
        if mapping["currency"] != CURRENCY:
            raise ValueError(f"a bill in {mapping['currency']}, not in {CURRENCY}")
        return cls(
            prices=date.fromisoformat(mapping["prices"]),
            budget=_dollars(mapping["budget"]),
            lines=tuple(
                Line(
                    key=key,
                    title=str(line["title"]),
                    quantity=_decimal(line["quantity"]),
                    unit=str(line["unit"]),
                    dollars=_dollars(line["dollars"]),
                )
                for key, line in mapping["lines"].items()
            ),
        )


def _decimal(number: float) -> Decimal:
    return Decimal(str(float(number)))


def _dollars(number: float) -> Decimal:
    return _decimal(number).quantize(Decimal("0.01"))
