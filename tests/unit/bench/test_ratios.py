"""Statistics of paired measurements."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.ratios import Spread, growth, ratio

seconds = st.floats(min_value=0.1, max_value=100)


def test_a_ratio_is_taken_pair_by_pair() -> None:
    # The machine was ten times slower during the second pair; a ratio of medians or of sums would not be 2.
    assert ratio([2.0, 40.0, 2.0], [1.0, 20.0, 1.0]) == Spread(2.0, 2.0, 2.0)


def test_a_ratio_shows_its_median_and_its_range() -> None:
    spread = ratio([1.0, 3.0, 2.0], [1.0, 1.0, 1.0])
    assert (spread.median, spread.least, spread.greatest) == (2.0, 1.0, 3.0)
    assert str(spread) == "2.00 (1.00..3.00)"


@given(st.lists(st.tuples(seconds, seconds), min_size=1, max_size=9), st.floats(min_value=0.01, max_value=100))
def test_the_speed_of_the_machine_cancels(pairs: list[tuple[float, float]], slower: float) -> None:
    ours, others = [one for one, _ in pairs], [other for _, other in pairs]
    plain = ratio(ours, others)
    slow = ratio([value * slower for value in ours], [value * slower for value in others])
    assert slow.median == pytest.approx(plain.median)
    assert plain.least <= plain.median <= plain.greatest


def test_values_that_are_not_pairs_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        ratio([1.0, 2.0], [1.0])


def test_growth_is_the_cost_of_one_more_service() -> None:
    assert growth([5.0, 6.0], [10.0, 16.0], services=10) == [0.5, 1.0]
