"""SLO alerts: how much of an error budget is spent, and how fast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from contract.query.errors import Fault
from contract.query.signatures import one_of, unquoted
from contract.query.tree import Comparison, Window, offset
from contract.query.vocabulary import EVENT_UNITS, LONGEST_BURN_WINDOW, SLO_OPERATORS, SLO_WINDOWS
from contract.query.windows import timeframe

if TYPE_CHECKING:
    from contract.query.chain import Chain, Step

_HOUR = 3_600
SLO_KINDS = {
    "burn_rate": ("over", "long_window", "short_window"),
    "error_budget": ("over",),
}


@dataclass(frozen=True, slots=True)
class ErrorBudgetMonitor:
    """Alerts when more than `threshold` percent of the budget of `over` is spent."""

    slo_id: str
    over: Window
    comparison: Comparison
    position: int = offset()


@dataclass(frozen=True, slots=True)
class BurnRateMonitor:
    """Alerts when the budget is spent more than `threshold` times too fast, in the long and in the short window."""

    slo_id: str
    over: Window
    long_window: Window
    short_window: Window
    comparison: Comparison
    position: int = offset()


SloMonitor: TypeAlias = ErrorBudgetMonitor | BurnRateMonitor


def read_slo_monitor(chain: Chain) -> SloMonitor:
    """Give a chain the meaning of an SLO alert.

    Raises:
        Fault: a step is unknown, missing or wrong.
    """
    one_of(chain.head, SLO_KINDS, "kind of SLO alert", chain.position)
    slo_id = unquoted(chain.subject).strip() if chain.subject else ""
    if not slo_id:
        raise Fault(f'{chain.head}() needs the id of an SLO: {chain.head}("…")', chain.position)
    steps = chain.read(SLO_KINDS[chain.head])
    for name in SLO_KINDS[chain.head]:
        if name not in steps:
            raise Fault(f"{chain.head}() needs .{name}(…)", chain.position)
    comparison = chain.compared()
    one_of(comparison.operator, SLO_OPERATORS, "operator of an SLO alert", comparison.position)
    over = one_of(steps["over"].word("a target window"), SLO_WINDOWS, "target window", steps["over"].position)
    target = timeframe(over, steps["over"].position, EVENT_UNITS, 90 * 24 * _HOUR)
    if chain.head == "error_budget":
        return ErrorBudgetMonitor(slo_id, target, comparison, chain.position)
    return _burn_rate(slo_id, target, steps, comparison, chain.position)


def _burn_rate(
    slo_id: str, target: Window, steps: dict[str, Step], comparison: Comparison, position: int
) -> BurnRateMonitor:
    long_window, short_window = (
        timeframe(steps[name].word("a window such as 1h"), steps[name].position, EVENT_UNITS, LONGEST_BURN_WINDOW)
        for name in ("long_window", "short_window")
    )
    if long_window.seconds < _HOUR:
        raise Fault("the long window must be 1 to 48 hours", long_window.position)
    if short_window.seconds >= long_window.seconds:
        raise Fault("the short window must be shorter than the long window", short_window.position)
    if comparison.threshold is not None and comparison.threshold <= 0:
        raise Fault("a burn rate must be more than 0", comparison.position)
    return BurnRateMonitor(slo_id, target, long_window, short_window, comparison, position)
