"""Queries in PromQL, put together from parts (https://prometheus.io/docs/prometheus/latest/querying/basics/)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from contract.prometheus import series
from contract.query.text import number_text
from contract.telemetry import METRICS


@dataclass(frozen=True, slots=True)
class Query:
    """One expression. Every method makes another one; operands are put into parentheses."""

    text: str

    def __str__(self) -> str:
        """As Prometheus reads it."""
        return self.text

    def increase(self, window: str, *, earlier: str | None = None) -> Query:
        """How much these counters went up within a window, across resets; with `earlier`, in the window before that."""
        return Query(f"increase({self.text}[{window}]{f' offset {earlier}' if earlier else ''})")

    def rate(self, window: str) -> Query:
        """How much these counters go up per second."""
        return Query(f"rate({self.text}[{window}])")

    def total(self, *by: str) -> Query:
        """The sum over all series, or over those that have these labels in common."""
        return Query(f"sum{_by(by)} ({self.text})")

    def highest(self, *by: str) -> Query:
        """The highest of all series, or of those that have these labels in common."""
        return Query(f"max{_by(by)} ({self.text})")

    def number(self) -> Query:
        """How many series there are."""
        return Query(f"count ({self.text})")

    def or_zero(self) -> Query:
        """Zero in place of nothing; for a single series without labels."""
        return Query(f"({self.text} or vector(0))")

    def absent(self, window: str | None = None) -> Query:
        """1 where there is no such series, or was none within a window; else nothing."""
        return Query(f"absent_over_time({self.text}[{window}])" if window else f"absent({self.text})")

    def compared(self, comparator: str, number: float) -> Query:
        """The series that compare so with a number, and no others."""
        return Query(f"({self.text} {comparator} {number_text(number)})")

    def where(self, condition: Query) -> Query:
        """This, while there is anything in `condition`; nothing otherwise."""
        return Query(f"({self.text} and on () {condition.text})")

    def either(self, other: Query) -> Query:
        """This, and where there is nothing, the other."""
        return Query(f"({self.text} or {other.text})")

    def minus(self, other: Query) -> Query:
        """The difference of two single numbers, whatever their labels are."""
        return Query(f"({self.text} - on () {other.text})")

    def percent_of(self, whole: Query) -> Query:
        """Which percentage of a single number this is."""
        return Query(f"(100 * {self.text} / on () group_left () {whole.text})")


def exposed(metric: str, **labels: str) -> Query:
    """The counters or gauges of one of our own metrics, by its name in the contract.

    Raises KeyError for one that is not in it.
    """
    return _selection(series(METRICS[metric]).name, labels)


def recorded(name: str, **labels: str) -> Query:
    """What a recording rule of ours wrote, or Prometheus itself, by its name there."""
    return _selection(name, labels)


def quantile(share: float, metric: str, window: str, **labels: str) -> Query:
    """A quantile (0 to 1) of a histogram of ours over a window, of all its series together."""
    buckets = _selection(f"{series(METRICS[metric]).name}_bucket", labels).rate(window).total("le")
    return Query(f"histogram_quantile({number_text(share)}, {buckets.text})")


def _selection(name: str, labels: Mapping[str, str]) -> Query:
    matchers = ",".join(f'{key}="{_escaped(value)}"' for key, value in sorted(labels.items()))
    return Query(f"{name}{{{matchers}}}" if matchers else name)


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _by(labels: tuple[str, ...]) -> str:
    return f" by ({', '.join(labels)})" if labels else ""
