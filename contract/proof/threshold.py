"""Whether a value can be compared with a threshold: same unit, and a number that can occur."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from contract.proof.quantity import Dimension, Quantity
from contract.query.text import number_text

_LEAST = {Dimension.TIME: 1e-4, Dimension.SIZE: 1_024.0, Dimension.PROCESSOR: 1e-3}
"""In seconds, bytes, cores: below this, "more than" is always so, and the threshold is of another unit."""
_LEAST_WORDS = {
    Dimension.TIME: "a tenth of a millisecond", Dimension.SIZE: "a kibibyte", Dimension.PROCESSOR: "a millicore",
}  # fmt: skip


def prove_thresholds(measured: Quantity, operator: str, thresholds: Iterable[float]) -> Iterator[str]:
    """Findings about each threshold that this quantity cannot sensibly be compared with."""
    if not measured.known or measured.constant is not None:
        return
    for threshold in dict.fromkeys(thresholds):
        if finding := _finding(measured, operator, threshold):
            yield finding


def _finding(measured: Quantity, operator: str, threshold: float) -> str | None:
    number = number_text(threshold)
    if threshold > measured.highest or (threshold == measured.highest and operator == ">"):
        return f"{number} is never reached: {_bound(measured, threshold)}"
    if not operator.startswith(">") or threshold <= 0:
        return _tiny_percentage(measured, threshold)
    least = _LEAST.get(measured.dimension)
    if least is not None and measured.per is None and threshold / measured.scale < least:
        words = _LEAST_WORDS[measured.dimension]
        return f"{number} {measured.unit} is less than {words}: the threshold is of another unit"
    return _tiny_percentage(measured, threshold)


def _bound(measured: Quantity, threshold: float) -> str:
    highest = number_text(measured.highest)
    if measured.dimension is not Dimension.SHARE:
        return f"it is measured in {measured.unit} and at most {highest}"
    if math.isclose(measured.scale, 1):
        return f"it is a fraction, and 1 is everything; compare with {number_text(threshold / 100)} or multiply by 100"
    return f"it is at most {highest} {measured.unit}"


def _tiny_percentage(measured: Quantity, threshold: float) -> str | None:
    """A metric that is sent as a percentage, compared with a fraction; computed percentages may well be so small."""
    percent = measured.dimension is Dimension.SHARE and measured.scale == 100  # noqa: PLR2004 (percent)
    if percent and measured.emitted and 0 < threshold <= 1:
        meant = number_text(threshold * 100)
        return f"it is a percentage, and {number_text(threshold)} is hardly any: compare with {meant}"
    return None
