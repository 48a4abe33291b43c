"""Burn rates: Datadog's own examples, and what must hold for any window."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.slos import burn
from components.slos.spec import BurnWindow, Timeframe
from infra.naming import Tier
from stacks.catalog.targets import BURN_WINDOWS

TIMEFRAMES: tuple[Timeframe, ...] = ("7d", "30d", "90d")


def window(budget: float, long_hours: int) -> BurnWindow:
    return BurnWindow(budget=budget, long_hours=long_hours, short_minutes=5 * long_hours, tier=Tier.CRITICAL)


@pytest.mark.parametrize(
    ("timeframe", "budget", "hours", "rate"),
    [
        # The examples and the worked calculation of https://docs.datadoghq.com/service_level_objectives/burn_rate/.
        ("7d", 10, 1, "16.8"),
        ("7d", 20, 6, "5.6"),
        ("7d", 40, 24, "2.8"),
        ("30d", 2, 1, "14.4"),
        ("30d", 5, 6, "6"),
        ("30d", 10, 24, "3"),
        ("90d", 1, 1, "21.6"),
        ("90d", 3, 6, "10.8"),
        ("90d", 5, 24, "4.5"),
    ],
)
def test_the_published_burn_rates(timeframe: Timeframe, budget: float, hours: int, rate: str) -> None:
    assert burn.factor(window(budget, hours), timeframe) == Fraction(rate)


def test_the_published_budgets_and_highest_rates() -> None:
    # Ten times the ideal error rate of 99.9 % is an error rate of 0.01; at 96 % no rate above 25 can be seen.
    assert 10 * burn.budget(99.9) == Fraction("0.01")
    assert burn.highest(96) == 25
    assert burn.highest(90) == 10
    # 99.999 % leaves 6 seconds in a week and 26 in 30 days (rounded).
    assert round(float(burn.budget(99.999) * burn.hours("7d") * 3600)) == 6
    assert round(float(burn.budget(99.999) * burn.hours("30d") * 3600)) == 26


def test_the_catalogs_windows_are_the_advised_ones() -> None:
    for timeframe, windows in BURN_WINDOWS.items():
        for one in windows:
            assert one.short_minutes * 12 == one.long_hours * 60, (timeframe, one)
        rates = [burn.factor(one, timeframe) for one in windows]
        assert rates == sorted(rates, reverse=True)
        assert [one.tier for one in windows] == [Tier.CRITICAL, Tier.CRITICAL, Tier.WARNING]


WINDOWS = st.builds(window, budget=st.integers(1, 1000).map(lambda tenths: tenths / 10), long_hours=st.integers(1, 48))
TARGETS = st.integers(50_000, 99_999).map(lambda thousandths: thousandths / 1000)


@given(WINDOWS, st.sampled_from(TIMEFRAMES))
def test_at_its_rate_a_window_spends_its_share_of_the_budget(one: BurnWindow, timeframe: Timeframe) -> None:
    spent = burn.factor(one, timeframe) * one.long_hours / burn.hours(timeframe)
    assert spent == Fraction(str(one.budget)) / 100


@given(WINDOWS, st.sampled_from(TIMEFRAMES), TARGETS, st.integers(1, 100))
def test_the_guarded_traffic_is_where_the_fewest_bad_events_are_a_burn(
    one: BurnWindow, timeframe: Timeframe, target: float, fewest: int
) -> None:
    events = burn.guarded_traffic(one, timeframe, target, fewest)
    assert events * burn.factor(one, timeframe) * burn.budget(target) == fewest
