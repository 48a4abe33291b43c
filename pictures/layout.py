"""From columns and rows to pixels, as Datadog's dashboards of twelve columns do.

Widgets are taken from top to bottom and each falls down onto what is there already: nothing overlaps, and no row stays
empty. A widget without a place of its own gets the next free one in reading order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from pictures.payload import Place, Widget
from pictures.problems import Finding

COLUMNS = 12
WIDTH = 1_440
MARGIN = 16
GAP = 8
ROW = 84
"""Pixels from one row to the next."""
GROUP_HEADER = 40

_SIZES: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "timeseries": (4, 3), "query_value": (2, 2), "toplist": (4, 3), "query_table": (6, 3), "heatmap": (4, 3),
        "distribution": (4, 3), "slo": (4, 3), "alert_graph": (4, 3), "manage_status": (4, 4), "list_stream": (8, 4),
        "note": (4, 2), "change": (4, 3), "group": (12, 0),
    }
)  # fmt: skip
"""Columns and rows of a widget without a place of its own, by type."""
_SIZE = (4, 3)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels from the top left corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    def inside(self, left: float = 0, top: float = 0, right: float = 0, bottom: float = 0) -> Box:
        """The rectangle without these stripes at its edges."""
        return Box(
            self.left + left,
            self.top + top,
            max(self.width - left - right, 1),
            max(self.height - top - bottom, 1),
        )


@dataclass(frozen=True, slots=True)
class Placed:
    """A widget and the pixels it has."""

    widget: Widget
    box: Box


def arrange(widgets: Sequence[Widget], top: float, left: float = MARGIN, columns: int = COLUMNS) -> list[Placed]:
    """Every widget and, before those in it, every group, with their boxes; `top` is the first free line of pixels.

    All of them fit (see `misfits`).
    """
    free = [top] * columns
    """The first free line of pixels in each column."""
    found: list[Placed] = []
    for widget, place in sorted(_in_places(widgets, columns), key=lambda each: (each[1].y, each[1].x)):
        covered = slice(place.x, place.x + place.width)
        box = Box(left + place.x * _pitch(), max(free[covered]), place.width * _pitch() - GAP, place.height * ROW - GAP)
        inner: list[Placed] = []
        if widget.type == "group":
            inner = arrange(widget.widgets, box.top + GROUP_HEADER, box.left, place.width)
            bottom = max((each.box.bottom for each in inner), default=box.top + GROUP_HEADER)
            box = replace(box, height=bottom - box.top + GAP)
        free[covered] = [box.bottom + GAP] * place.width
        found += [Placed(widget, box), *inner]
    return found


def _pitch() -> float:
    return (WIDTH - 2 * MARGIN + GAP) / COLUMNS


def misfits(widgets: Iterable[Widget], columns: int) -> Iterator[Finding]:
    """Every widget that does not fit into a grid of so many columns."""
    for widget in widgets:
        place = widget.place
        if place and (place.x < 0 or place.y < 0 or place.width < 1 or place.height < 1):
            yield Finding(widget.path, "its place has a negative corner or no size")
        elif place and place.x + place.width > columns:
            yield Finding(widget.path, f"it ends at column {place.x + place.width} of {columns}")


def _in_places(widgets: Sequence[Widget], columns: int) -> list[tuple[Widget, Place]]:
    """The widgets with their places; those without one come after each other, in rows."""
    found: list[tuple[Widget, Place]] = []
    x = y = height = 0
    for widget in widgets:
        if widget.place:
            found.append((widget, widget.place))
            continue
        wide, high = _SIZES.get(widget.type, _SIZE)
        wide = min(wide, columns)
        if x + wide > columns:
            x, y, height = 0, y + height, 0
        found.append((widget, Place(x, y, wide, high)))
        x, height = x + wide, max(height, high)
    return found
