"""What the stack costs a month: now, afterwards, and which lines differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from components.cost.spec import Bill
from reports.comment.escape import plain
from reports.comment.fit import Item, Section
from reports.markdown import table

OUTPUT = "bill"
"""The stack's output that holds the bill of the last `up`."""
_NOTHING = Decimal(0)
_HEAD = ("", "now", "afterwards", "difference")


@dataclass(frozen=True, kw_only=True, slots=True)
class Cost:
    """Both bills."""

    before: Bill | None
    """None where the last `up` was before there were bills, or there was none."""
    after: Bill

    @property
    def difference(self) -> Decimal | None:
        """Dollars a month; None where it is not known what it costs now."""
        return None if self.before is None else self.after.total - self.before.total

    @property
    def headline(self) -> str:
        """In a few words."""
        if self.difference is None:
            words = f"costs {dollars(self.after.total)} a month"
        elif not self.difference:
            words = "cost unchanged"
        else:
            words = f"{signed(self.difference)} a month"
        return f"{words}, over budget" if self.after.over else words

    def section(self) -> Section:
        """The lines that differ, and both totals."""
        before = {line.key: line for line in self.before.lines} if self.before else {}
        after = {line.key: line for line in self.after.lines}
        rows = [
            (plain((after.get(key) or before[key]).title), before.get(key), after.get(key))
            for key in dict.fromkeys([*before, *after])
        ]
        costs = [
            (title, was.dollars if was else _NOTHING, will_be.dollars if will_be else _NOTHING)
            for title, was, will_be in rows
        ]
        shown = [(title, was, will_be) for title, was, will_be in costs if self.before is None or was != will_be]
        total = ("**all of it**", self.before.total if self.before else _NOTHING, self.after.total)
        lines = [self._row(*one) for one in (*shown, total)]
        head, rule, *written = table(_HEAD, lines).splitlines()
        return Section(
            title="Cost: lines that differ" if self.before else "Cost",
            count=len(shown),
            items=[Item(line=line) for line in written],
            opening=f"{head}\n{rule}",
            closing=self._closing(),
        )

    def _row(self, title: str, was: Decimal, will_be: Decimal) -> tuple[str, ...]:
        if self.before is None:
            return title, "", dollars(will_be), ""
        return title, dollars(was), dollars(will_be), signed(will_be - was) if was != will_be else ""

    def _closing(self) -> str:
        side = "over" if self.after.over else "under"
        room = f"{dollars(abs(self.after.budget - self.after.total))} {side} the budget of {dollars(self.after.budget)}"
        words = [f"A month, by the price list of {self.after.prices}: {room}."]
        if self.before is None:
            words.append("What it costs now is not known: the last `up` left no bill.")
        elif self.before.prices != self.after.prices:
            words.append(f"What it costs now was computed with the prices of {self.before.prices}.")
        return " ".join(words)


def cost(outputs: Mapping[str, Any], after: Bill) -> Cost:
    """Both bills: that in the stack's outputs, and that of the checkout."""
    try:
        before = Bill.read(outputs[OUTPUT])
    except (KeyError, TypeError, ValueError):
        before = None
    return Cost(before=before, after=after)


def dollars(amount: Decimal) -> str:
    """Such as `1,250.00 $`."""
    return f"{amount:,.2f} $"


def signed(amount: Decimal) -> str:
    """With its sign."""
    return f"{'+' if amount > 0 else '-'}{dollars(abs(amount))}"
