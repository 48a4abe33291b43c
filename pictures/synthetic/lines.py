"""Lines: values over time with the tags they are told apart by, and arithmetic between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from pictures.clock import Values


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `band` is what an algorithm expects: the lower and the upper bound at each point."""

    tags: Mapping[str, str] = field(default_factory=dict[str, str])
    values: Values = field(default_factory=lambda: np.zeros(1))
    band: tuple[Values, Values] | None = None

    @property
    def name(self) -> str:
        """Its tags' values, as a legend has them."""
        return ", ".join(self.tags.values())


Lines = list[Line]
Pointwise = Callable[[Values, Values], Values]


def mapped(lines: Lines, change: Callable[[Values], Values]) -> Lines:
    """Every line with its values changed."""
    return [replace(line, values=change(line.values)) for line in lines]


def combined(left: Lines, right: Lines, compute: Pointwise) -> Lines:
    """Two groups of lines point by point: those with the same tags, or all with one that has no tags."""
    if len(right) == 1 and not right[0].tags:
        return [replace(line, values=_at(compute, line.values, right[0].values)) for line in left]
    if len(left) == 1 and not left[0].tags:
        return [replace(line, values=_at(compute, left[0].values, line.values)) for line in right]
    others = {frozenset(line.tags.items()): line for line in right}
    return [
        replace(line, values=_at(compute, line.values, other.values))
        for line in left
        if (other := others.get(frozenset(line.tags.items())))
    ]


def divided(left: Values, right: Values) -> Values:
    """Left by right; where the right is 0 there is no value, and a line goes on as it was."""
    left, right = np.broadcast_arrays(left, right)
    if not right.any():
        return np.zeros(right.shape)
    good = np.flatnonzero(right)
    nearest = good[np.maximum(np.searchsorted(good, np.arange(len(right)), side="right") - 1, 0)]
    found: Values = left[nearest] / right[nearest]
    return found


def _at(compute: Pointwise, left: Values, right: Values) -> Values:
    """Lines of different steps meet at the coarser one's points."""
    if 1 < len(left) < len(right):
        right = right[:: max(len(right) // len(left), 1)][: len(left)]
    elif 1 < len(right) < len(left):
        left = left[:: max(len(left) // len(right), 1)][: len(right)]
    return compute(left, right)
