"""What an expression measures and by which keys its series are told apart, from the leaves up."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType

from contract.proof import quantity
from contract.proof.quantity import FLAG, GROWTH, NUMBER, UNKNOWN, Dimension, Quantity
from contract.query import MetricSelection
from contract.query.metric import Arithmetic, Function, NestedAggregation, Number, Reference, SeriesList, Signed
from contract.telemetry import METRICS, MetricType

_RATES = {
    "per_second": "second", "derivative": "second", "rate": "second", "throughput": "second",
    "per_minute": "minute", "per_hour": "hour",
}  # fmt: skip
_SHIFTS = frozenset({"calendar_shift", "day_before", "hour_before", "month_before", "timeshift", "week_before"})
_COUNTS = frozenset({"count_nonzero", "count_not_null"})
_TURNS: Mapping[str, Callable[[Quantity], Quantity]] = MappingProxyType(
    {
        # A detector gives the share of the window that was out of bounds, or whether a series is an outlier.
        **dict.fromkeys(("anomalies", "is_between", "is_greater", "is_less", "outliers"), lambda _: FLAG),
        **dict.fromkeys(_COUNTS, lambda _: NUMBER),
        **dict.fromkeys(("dt", "integral", "log10", "log2", "pow"), lambda _: UNKNOWN),
        **{name: partial(Quantity.a_rate, per=per) for name, per in _RATES.items()},
        "cumsum": Quantity.unbounded,
    }
)
"""What functions make of a quantity; any other keeps it."""
_MOST_OF_A_WHOLE = 2.0
"""Where a computed share of one thing in another is taken for a mistake: use may exceed what was reserved, but not
by far."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Meaning:
    """What an expression is about."""

    quantity: Quantity
    keys: frozenset[str] = frozenset()
    """What its series are grouped by."""
    metrics: frozenset[str] = frozenset()
    shifted: bool = False
    """Whether it is of an earlier time."""


@dataclass(slots=True)
class Reader:
    """Reads expressions, collecting what does not fit together.

    Args:
        named: what a formula's variables stand for.
    """

    named: Mapping[str, Meaning] = field(default_factory=dict[str, Meaning])
    findings: list[str] = field(default_factory=list[str])

    def read(self, tree: object) -> Meaning:
        """What this expression is about. Recursive: trees are at most a hundred deep."""
        meaning = Meaning(quantity=UNKNOWN)
        match tree:
            case MetricSelection():
                meaning = _selected(tree)
            case Number(value=value):
                meaning = Meaning(quantity=quantity.constant(value))
            case Reference(name=name):
                meaning = self.named.get(name, meaning)
            case Signed(sign=sign, operand=operand):
                meaning = _signed(sign, self.read(operand))
            case Arithmetic(operator=operator, left=left, right=right):
                meaning = self._combined(operator, self.read(left), self.read(right))
            case Function():
                meaning = self._applied(tree)
            case NestedAggregation(aggregator=aggregator, operand=operand, group_by=keys):
                meaning = self._nested(aggregator, self.read(operand), frozenset(keys))
            case SeriesList(expressions=expressions):
                meaning, *_ = map(self.read, expressions)
        return meaning

    def _applied(self, function: Function) -> Meaning:
        series = [self.read(one) for one in function.arguments if not isinstance(one, str | float)]
        if not series:
            return Meaning(quantity=UNKNOWN)
        meaning, *others = series
        for other in others:
            self._matched(meaning, other)
        turn = _TURNS.get(function.name)
        return replace(
            meaning,
            quantity=turn(meaning.quantity) if turn else meaning.quantity,
            keys=frozenset() if function.name in _COUNTS else meaning.keys,
            shifted=meaning.shifted or function.name in _SHIFTS,
        )

    def _nested(self, aggregator: str, meaning: Meaning, keys: frozenset[str]) -> Meaning:
        if lost := keys - meaning.keys:
            self.findings.append(f"{_listed(lost)} is no key of the inner grouping, so nothing is left to keep")
        if aggregator != "sum":
            return replace(meaning, keys=keys)
        if meaning.quantity.dimension is Dimension.SHARE:
            self.findings.append("a sum of shares is no share: use avg, max or min")
        return replace(meaning, keys=keys, quantity=meaning.quantity.unbounded())

    def _combined(self, operator: str, left: Meaning, right: Meaning) -> Meaning:
        self._matched(left, right)
        one, other = left.quantity.constant, right.quantity.constant
        if one is not None and other is not None:
            return Meaning(quantity=_calculated(operator, one, other))
        combine = {"+": self._summed, "-": self._subtracted, "*": _multiplied, "/": _divided}[operator]
        return Meaning(
            quantity=combine(left, right),
            keys=left.keys | right.keys,
            metrics=left.metrics | right.metrics,
            shifted=left.shifted and right.shifted,
        )

    def _matched(self, left: Meaning, right: Meaning) -> None:
        """Series with no partner vanish. One grouped by fewer keys, or by none, goes with each of the other."""
        if not (left.keys <= right.keys or right.keys <= left.keys):
            self.findings.append(
                f"one operand is grouped by {_listed(left.keys)} and the other by {_listed(right.keys)}:"
                " their series are matched by these keys, so both need the same"
            )

    def _subtracted(self, left: Meaning, right: Meaning) -> Quantity:
        # Nothing here is below zero.
        return replace(self._summed(left, right), highest=left.quantity.highest)

    def _summed(self, left: Meaning, right: Meaning) -> Quantity:
        one, other = left.quantity, right.quantity
        if not (one.known and other.known):
            return UNKNOWN
        highest = one.highest + other.highest
        for number, measured in ((one, other), (other, one)):
            if number.constant is not None:
                self._rest(number.constant, measured)
                return replace(measured, highest=highest, emitted=False)
        if (one.dimension, one.per) != (other.dimension, other.per):
            self.findings.append(f"adds or subtracts {one.unit} and {other.unit}")
            return UNKNOWN
        if not math.isclose(one.scale, other.scale):
            self.findings.append(f"adds or subtracts {one.unit} and {other.unit}: bring both to one unit first")
            return UNKNOWN
        return replace(one, highest=highest, emitted=False)

    def _rest(self, number: float, measured: Quantity) -> None:
        """`1 - fraction` and `100 - percent` are what is left; the other two are slips."""
        whole = {1.0: 100.0, 100.0: 1.0}.get(number)
        if measured.dimension is Dimension.SHARE and measured.scale == whole and math.isfinite(measured.highest):
            self.findings.append(f"the whole of {measured.unit} is {measured.scale:g}, not {number:g}")


def _selected(selection: MetricSelection) -> Meaning:
    metric = METRICS.get(selection.metric)
    if metric is None:
        return Meaning(quantity=UNKNOWN, keys=frozenset(selection.group_by))
    found = quantity.of(metric)
    counted = selection.space_aggregator == "count"
    if counted and metric.type is MetricType.DISTRIBUTION:
        found = NUMBER
    elif counted or any(one.name == "rollup" and one.arguments[:1] == ("count",) for one in selection.modifiers):
        found = UNKNOWN
    elif selection.space_aggregator == "sum" or any(one.arguments[:1] == ("sum",) for one in selection.modifiers):
        found = found.unbounded()
    for modifier in selection.modifiers:
        if modifier.name == "as_rate" and metric.type is not MetricType.GAUGE:
            found = replace(found, per="second")
        elif modifier.name == "as_count" and metric.type is not MetricType.GAUGE:
            found = replace(found, per=None)
    return Meaning(
        quantity=found,
        keys=frozenset(selection.group_by),
        metrics=frozenset({selection.metric}),
    )


def _signed(sign: str, meaning: Meaning) -> Meaning:
    if sign == "+":
        return meaning
    number = meaning.quantity.constant
    if number is not None:
        return replace(meaning, quantity=quantity.constant(-number))
    return replace(meaning, quantity=meaning.quantity.unbounded())


def _multiplied(left: Meaning, right: Meaning) -> Quantity:
    one, other = left.quantity, right.quantity
    pairs = ((one, other), (other, one))
    for number, measured in pairs:
        if number.constant is not None:
            return measured.times(number.constant)
    for number, measured in pairs:
        # A test is 0 or 1, a share of something is that thing: neither changes what is measured.
        if number.dimension is Dimension.SHARE and number.per is None and number.highest <= number.scale:
            return measured.times(number.scale)
    return UNKNOWN


def _divided(left: Meaning, right: Meaning) -> Quantity:
    one, other = left.quantity, right.quantity
    if other.constant is not None:
        return one.times(1 / other.constant) if other.constant else UNKNOWN
    same = one.known and one.constant is None and (one.dimension, one.per) == (other.dimension, other.per)
    if not same:
        return UNKNOWN
    scale = one.scale / other.scale
    if left.shifted != right.shifted:
        # Now against then: growth, not a share.
        return replace(GROWTH, scale=scale)
    share = Quantity(dimension=Dimension.SHARE, scale=scale)
    if one.dimension is Dimension.NUMBER and not _related(left, right):
        return UNKNOWN
    if one.dimension is Dimension.TIME or _compared_with_itself(left, right):
        # The slowest against the typical one, the fullest against the average: more than a whole.
        return share
    return replace(share, highest=_MOST_OF_A_WHOLE * scale)


def _compared_with_itself(left: Meaning, right: Meaning) -> bool:
    """Whether both are one gauge, seen in two ways; of one count, a part is still a part."""
    return left.metrics == right.metrics and any(METRICS[name].type is not MetricType.COUNT for name in left.metrics)


def _calculated(operator: str, left: float, right: float) -> Quantity:
    if operator == "/" and right == 0:
        return UNKNOWN
    calculate = {"+": float.__add__, "-": float.__sub__, "*": float.__mul__, "/": float.__truediv__}[operator]
    return quantity.constant(calculate(float(left), float(right)))


def _related(left: Meaning, right: Meaning) -> bool:
    """Whether one may be a part of the other: requests of requests, but not tasks of workers."""
    return bool(_names(left) & _names(right))


def _names(meaning: Meaning) -> set[str]:
    """A metric's name, that of its family, and its unit."""
    metrics = [METRICS[name] for name in meaning.metrics]
    families = {metric.name.rpartition(".")[0] for metric in metrics}
    return {*meaning.metrics, *families, *(metric.unit for metric in metrics if metric.unit)}


def _listed(keys: frozenset[str]) -> str:
    return ", ".join(sorted(keys)) or "nothing"
