"""Where the widgets of a group go: rows of twelve columns, filled in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

COLUMNS = 12
"""The width of a dashboard: https://docs.datadoghq.com/dashboards/#dashboard-details."""
HEADING = 1
"""The height of a group's heading."""


@dataclass(frozen=True, slots=True)
class Box:
    """A place on the grid, in columns and rows from the upper left."""

    x: int
    y: int
    width: int
    height: int


def pack(sizes: Iterable[tuple[int, int]]) -> list[Box]:
    """The places of widgets of these widths and heights, in this order.

    A row ends where the next one does not fit. What is left of its width is shared out from the left, and all of a
    row are as high as its highest: a dashboard has no holes. Widths are 1 to 12, heights 1 or more.
    """
    boxes: list[Box] = []
    y = 0
    for row in _rows(sizes):
        height = max(high for _, high in row)
        x = 0
        for width in _filled([wide for wide, _ in row]):
            boxes.append(Box(x, y, width, height))
            x += width
        y += height
    return boxes


def height_of(boxes: Iterable[Box]) -> int:
    """How many rows these places need."""
    return max((box.y + box.height for box in boxes), default=0)


def _rows(sizes: Iterable[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    row: list[tuple[int, int]] = []
    used = 0
    for size in sizes:
        if row and used + size[0] > COLUMNS:
            yield row
            row, used = [], 0
        row.append(size)
        used += size[0]
    if row:
        yield row


def _filled(widths: list[int]) -> list[int]:
    each, more = divmod(COLUMNS - sum(widths), len(widths))
    return [width + each + (position < more) for position, width in enumerate(widths)]
