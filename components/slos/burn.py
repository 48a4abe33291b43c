"""How fast an error budget is spent.

A burn rate of 1 spends the whole budget in exactly the timeframe of the objective. The rate at which a window alerts
follows from the share of the budget that may be spent in it
(https://docs.datadoghq.com/service_level_objectives/burn_rate/, "Theoretical error budget consumption", after
https://sre.google/workbook/alerting-on-slos/). Everything is computed with the decimals as they are written.
"""

from __future__ import annotations

from fractions import Fraction

from components.slos.spec import BurnWindow, Timeframe
from contract.query.text import number_text

HOURS_PER_DAY = 24


def hours(timeframe: Timeframe) -> int:
    """The length of a timeframe in hours."""
    return int(timeframe.removesuffix("d")) * HOURS_PER_DAY


def factor(window: BurnWindow, timeframe: Timeframe) -> Fraction:
    """The burn rate that spends `window.budget` percent of the budget within the long window."""
    return hours(timeframe) * _exact(window.budget) / (100 * window.long_hours)


def highest(target: float) -> Fraction:
    """The burn rate when everything fails; nothing above it can ever be seen, and the API refuses it."""
    return 1 / budget(target)


def budget(target: float) -> Fraction:
    """The share of events that may be bad: 0.001 for a target of 99.9 percent."""
    return 1 - _exact(target) / 100


def guarded_traffic(window: BurnWindow, timeframe: Timeframe, target: float, fewest_bad_events: int) -> Fraction:
    """Events in the long window below which the guard holds an alert back that would fire without it.

    A burn of this window means at least `factor * budget` bad events among all of them: from here on more than
    `fewest_bad_events`, so the guard is open whenever the burn alerts.
    """
    return fewest_bad_events / (factor(window, timeframe) * budget(target))


def _exact(number: float) -> Fraction:
    return Fraction(number_text(number))
