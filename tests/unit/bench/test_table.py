"""The table of `make bench`."""

from __future__ import annotations

from tests.bench.ratios import Spread
from tests.bench.table import Row, table, verdict


def row(services: str, median: float, *, aim: float | None = 1.1) -> Row:
    one = Spread(1.0, 1.0, 1.0)
    return Row(services=services, against="flat", wall=Spread(median, 0.5, 12.0), cpu=one, memory=one, aim=aim)


def test_columns_are_as_wide_as_their_widest_cell() -> None:
    head, rule, first, second = table([row("1", 1.05), row("1 to 50", 10.0)]).splitlines()
    assert head.split("  ")[0] == "services"
    column = head.index("wall time")
    assert first[column:].startswith("1.05 (0.50..12.00)")
    assert second[column:].startswith("10.00 (0.50..12.00)")
    assert set(rule) == {"-", " "}
    assert len(rule) == len(second)


def test_the_aim_counts_for_medians_only() -> None:
    assert verdict([row("1", 1.1), row("10", 0.9)]) == "reached"


def test_a_missed_aim_says_where() -> None:
    assert verdict([row("1", 1.05), row("10", 1.11)]) == "missed (wall time at 10)"


def test_rows_without_an_aim_cannot_miss_it() -> None:
    assert verdict([row("1", 7.0, aim=None)]) == "reached"
