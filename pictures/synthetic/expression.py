"""Metric expressions and formulas over time: arithmetic and Datadog's functions between lines."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

import numpy as np

from contract.query import MetricSelection
from contract.query.metric import (
    Arithmetic,
    Expression,
    Function,
    MetricExpression,
    NestedAggregation,
    Number,
    Reference,
    SeriesList,
    Signed,
)
from pictures.clock import DAY, HOUR, Clock, Values
from pictures.synthetic.lines import Line, Lines, combined, divided, mapped
from pictures.synthetic.metric import select
from pictures.synthetic.tags import Known

_OPERATORS: Mapping[str, Callable[[Values, Values], Values]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": divided,
}  # fmt: skip
_SHIFTS = {"hour_before": HOUR, "day_before": DAY, "week_before": 7 * DAY, "month_before": 30 * DAY}
_RANKED = re.compile(r"(top|bottom)(\d+)_\w+")
_SMOOTHED = re.compile(r"(ewma|median|rollingavg)_(\d+)")
_SAME = frozenset(
    {"autosmooth", "default_zero", "default", "exclude_null", "piecewise_constant", "outliers",
     "rollup", "moving_rollup",
     "forecast", "robust_trend", "trend_line", "cutoff_max", "cutoff_min", "calendar_shift"}
)  # fmt: skip
"""Functions that leave lines as ours are: without gaps, outliers and steps."""
_RATES = {"per_second": 1.0, "throughput": 1.0, "rate": 1.0, "per_minute": 60.0, "per_hour": 3_600.0}


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What an expression is computed with: `queries` gives the lines of a formula's names at a clock."""

    clock: Clock
    known: Known
    queries: Mapping[str, Callable[[Clock], Lines]]

    def lines(self, tree: MetricExpression) -> Lines:  # noqa: PLR0911 -- one return for each kind of function
        """The lines of an expression."""
        match tree:
            case MetricSelection():
                return select(tree, self.clock, self.known)
            case Number(value=value):
                return [Line(values=np.full(1, value))]
            case Reference(name=name):
                return self.queries[name](self.clock)
            case Signed(sign=sign, operand=operand):
                return mapped(self.lines(operand), lambda values: -values if sign == "-" else values)
            case Arithmetic(operator=sign, left=left, right=right):
                return combined(self.lines(left), self.lines(right), _OPERATORS[sign])
            case SeriesList(expressions=expressions):
                return [line for each in expressions for line in self.lines(each)]
            case NestedAggregation(aggregator=aggregator, operand=operand, group_by=keys):
                return _regrouped(self.lines(operand), aggregator, keys)
            case Function():
                return self._function(tree)

    def _function(self, call: Function) -> Lines:  # noqa: PLR0911 -- one return for each kind of function
        name, numbers = call.name, [each for each in call.arguments if isinstance(each, float)]
        first = cast("Expression", call.arguments[0])  # The grammar has a series there.
        if name in _SHIFTS or name == "timeshift":
            seconds = _SHIFTS.get(name) or int(abs(numbers[0]))
            return replace(self, clock=self.clock.earlier(seconds)).lines(first)
        lines = self.lines(first)
        if name in _SAME:
            return lines
        if name in _RATES:
            return mapped(lines, lambda values: values * (_RATES[name] / self.clock.step))
        if match := _SMOOTHED.fullmatch(name):
            return mapped(lines, lambda values: _smooth(values, int(match[2])))
        if name == "top" or _RANKED.fullmatch(name):
            return _ranked(lines, call)
        if name == "anomalies":
            return [replace(line, band=_band(line.values, numbers[0] if numbers else 2)) for line in lines]
        if name in ("min", "max", "pow"):
            other = call.arguments[1]
            right = [Line(values=np.full(1, other))] if isinstance(other, float) else self.lines(other)  # type: ignore[arg-type]
            return combined(lines, right, {"min": np.minimum, "max": np.maximum, "pow": np.power}[name])
        if name in ("count_nonzero", "count_not_null"):
            return [Line(values=sum((np.sign(line.values) for line in lines), np.zeros(1)))]
        return mapped(lines, lambda values: _POINTWISE[name](values, *numbers))


def _differences(values: Values) -> Values:
    return np.diff(values, prepend=values[:1])


_POINTWISE: Mapping[str, Callable[..., Values]] = {
    "abs": np.abs, "cumsum": np.cumsum, "integral": np.cumsum,
    "log2": lambda values: np.log2(np.maximum(values, 1e-9)),
    "log10": lambda values: np.log10(np.maximum(values, 1e-9)),
    "clamp_max": np.minimum, "clamp_min": np.maximum,
    "is_greater": lambda values, limit: (values > limit) * 1.0, "is_less": lambda values, limit: (values < limit) * 1.0,
    "is_between": lambda values, low, high: ((values > low) & (values < high)) * 1.0,
    "derivative": _differences, "diff": _differences,
    "monotonic_diff": lambda values: np.maximum(_differences(values), 0),
    "dt": np.ones_like,
}  # fmt: skip


def handles(name: str) -> bool:
    """Whether lines can be sent through the function of this name."""
    known = (*_SAME, *_SHIFTS, *_RATES, *_POINTWISE, "timeshift", "top", "anomalies", "min", "max", "pow")
    counting = name in ("count_nonzero", "count_not_null")
    return name in known or counting or bool(_RANKED.fullmatch(name) or _SMOOTHED.fullmatch(name))


def _smooth(values: Values, width: int) -> Values:
    width = min(width, len(values))
    padded = np.pad(values, (width - 1, 0), mode="edge")
    return np.convolve(padded, np.ones(width) / width, mode="valid")


def _band(values: Values, deviations: float) -> tuple[Values, Values]:
    middle = _smooth(values, 9)
    width = deviations * 1.4 * float(np.std(values - middle)) * np.ones_like(middle)
    return np.maximum(middle - width, 0), middle + width


def _ranked(lines: Lines, call: Function) -> Lines:
    match = _RANKED.fullmatch(call.name)
    number = int(match[2]) if match else int(next((each for each in call.arguments if isinstance(each, float)), 10))
    lowest = match[1] == "bottom" if match else "asc" in call.arguments
    return sorted(lines, key=lambda line: float(line.values.mean()), reverse=not lowest)[:number]


def _regrouped(lines: Lines, aggregator: str, keys: tuple[str, ...]) -> Lines:
    together: dict[tuple[str, ...], list[Values]] = {}
    for line in lines:
        together.setdefault(tuple(line.tags[key] for key in keys), []).append(line.values)
    methods: Mapping[str, Callable[..., Any]] = {"sum": np.sum, "max": np.max, "min": np.min, "stddev": np.std}
    compute = methods.get(aggregator, np.mean)
    return [
        Line(dict(zip(keys, names, strict=True)), compute(np.stack(values), axis=0))
        for names, values in together.items()
    ]
