"""Whatever widgets there are, a group has no holes and nothing lies over anything else."""

from __future__ import annotations

from itertools import groupby, pairwise

from hypothesis import given
from hypothesis import strategies as st

from components.dashboards.layout import COLUMNS, Box, height_of, pack

SIZES = st.lists(st.tuples(st.integers(1, COLUMNS), st.integers(1, 8)), max_size=30)


def cells(box: Box) -> set[tuple[int, int]]:
    return {(x, y) for x in range(box.x, box.x + box.width) for y in range(box.y, box.y + box.height)}


@given(SIZES)
def test_every_cell_belongs_to_one_widget(sizes: list[tuple[int, int]]) -> None:
    boxes = pack(sizes)
    covered = [cell for box in boxes for cell in cells(box)]
    assert len(covered) == len(set(covered))
    assert set(covered) == {(x, y) for x in range(COLUMNS) for y in range(height_of(boxes))}


@given(SIZES)
def test_widgets_keep_their_order_and_get_at_least_their_size(sizes: list[tuple[int, int]]) -> None:
    boxes = pack(sizes)
    assert boxes == sorted(boxes, key=lambda box: (box.y, box.x))
    for (width, height), box in zip(sizes, boxes, strict=True):
        assert box.width >= width
        assert box.height >= height


@given(SIZES)
def test_a_row_ends_only_where_the_next_does_not_fit(sizes: list[tuple[int, int]]) -> None:
    placed = list(zip(sizes, pack(sizes), strict=True))
    rows = [list(row) for _, row in groupby(placed, key=lambda one: one[1].y)]
    for row, following in pairwise(rows):
        assert sum(size[0] for size, _ in row) + following[0][0][0] > COLUMNS


def test_what_is_left_of_a_row_is_shared_out() -> None:
    assert pack([(2, 2), (2, 3), (3, 2)]) == [Box(0, 0, 4, 3), Box(4, 0, 4, 3), Box(8, 0, 4, 3)]
    assert pack([(5, 2), (5, 2), (5, 1)]) == [Box(0, 0, 6, 2), Box(6, 0, 6, 2), Box(0, 2, 12, 1)]
