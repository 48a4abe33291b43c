"""The bill of a stack, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from components.cost.compile import compile_bill, counted
from components.cost.spec import CURRENCY, Bill, Line
from reports.markdown import table
from reports.stacks import specs_of
from stacks.catalog.prices import PRICES

HEAD = ("line", "quantity", "dollars a month", "assumption", "price")


def bill_of(stack: str) -> Bill:
    """The bill of a stack; raises as `specs_of` does, and not where it is over its budget."""
    return compile_bill(specs_of(stack).cost)


def cells(line: Line) -> tuple[str, ...]:
    """One line in words, as `HEAD` names its columns."""
    price = PRICES.price(line.key)
    basis = (
        f"{price.dollars:,} per {f'{price.per:,} {price.unit}' if price.per > 1 else _one(price.unit)}" if price else ""
    )
    return (
        line.title,
        counted(line.quantity, line.unit),
        f"{line.dollars:,}",
        line.assumption,
        f"{basis} ({price.source})" if price else "",
    )


def _one(unit: str) -> str:
    return unit.removesuffix("s")


def summary(bill: Bill) -> str:
    """The total against the budget, in one sentence."""
    rest = bill.budget - bill.total
    against = f"{-rest:,} MORE than" if bill.over else f"{rest:,} below"
    total = f"{bill.total:,} {CURRENCY} a month"
    return f"{total}, {against} the budget of {bill.budget:,}; prices of {bill.prices.isoformat()}"


def terminal(bill: Bill) -> str:
    """Columns for a terminal: the assumption of a line stands below it."""
    rows = [cells(line) for line in bill.lines]
    title, quantity, dollars = (max(len(row[column]) for row in (HEAD, *rows)) for column in range(3))
    lines = [f"{HEAD[0].ljust(title)}  {HEAD[1].rjust(quantity)}  {HEAD[2].rjust(dollars)}"]
    for row in rows:
        lines.append(f"{row[0].ljust(title)}  {row[1].rjust(quantity)}  {row[2].rjust(dollars)}")
        lines.append(f"    {row[3]}; {row[4]}")
    return "\n".join([*lines, "", summary(bill)])


def markdown(bill: Bill) -> str:
    """A table in Markdown."""
    return f"{table(HEAD, map(cells, bill.lines))}\n\n**{summary(bill)}**"


def as_json(bill: Bill) -> str:
    """The stack's output `bill`, with the assumption of each line."""
    found = bill.mapping()
    for line in bill.lines:
        found["lines"][line.key]["assumption"] = line.assumption
    return json.dumps(found, indent=2)


FORMATS: Mapping[str, Callable[[Bill], str]] = {"text": terminal, "markdown": markdown, "json": as_json}
