"""The queries and formulas that many widgets are made of."""

from __future__ import annotations

from components.dashboards.palette import Tone
from components.dashboards.spec import Series
from components.dashboards.units import Unit
from contract.proof import EventQuery


def by(*keys: str) -> str:
    """The grouping of a metric query."""
    return f" by {{{','.join(keys)}}}" if keys else ""


def count(metric: str, scope: str, *keys: str) -> str:
    """How many there were in each interval."""
    return f"sum:{metric}{{{scope}}}{by(*keys)}.as_count()"


def of(aggregator: str, metric: str, scope: str, *keys: str) -> str:
    """A gauge over all its series, or a percentile of a distribution."""
    return f"{aggregator}:{metric}{{{scope}}}{by(*keys)}"


def events(source: str, search: str, *keys: str) -> EventQuery:
    """How many events of a search there were."""
    return EventQuery(source=source, search=search, by=keys)


def measured(source: str, search: str, method: str, attribute: str, *keys: str) -> EventQuery:
    """What an attribute of the events of a search amounts to."""
    return EventQuery(source=source, search=search, method=method, measure=attribute, by=keys)


def line(
    label: str, query: str | EventQuery, unit: Unit | None, *, per: str | None = None, tone: Tone = Tone.NEUTRAL
) -> Series:
    """One query as it is."""
    return Series(label=label, formula="value", queries=(("value", query),), unit=unit, per=per, tone=tone)


def percent(label: str, fraction: str, *, tone: Tone = Tone.NEUTRAL) -> Series:
    """A fraction, in percent."""
    return Series(label=label, formula="value * 100", queries=(("value", fraction),), unit=Unit.PERCENT, tone=tone)


def rest(label: str, fraction: str, *, tone: Tone = Tone.NEUTRAL) -> Series:
    """What a fraction leaves of the whole, in percent."""
    return Series(
        label=label, formula="(1 - value) * 100", queries=(("value", fraction),), unit=Unit.PERCENT, tone=tone
    )


def share(label: str, part: str | EventQuery, whole: str | EventQuery, *, tone: Tone = Tone.NEUTRAL) -> Series:
    """One thing of another, in percent."""
    return Series(
        label=label,
        formula="part / whole * 100",
        queries=(("part", part), ("whole", whole)),
        unit=Unit.PERCENT,
        tone=tone,
    )


def share_of_both(label: str, part: str, rest: str, *, tone: Tone = Tone.NEUTRAL) -> Series:
    """One of two things that make up the whole, in percent."""
    return Series(
        label=label,
        formula="part / (part + rest) * 100",
        queries=(("part", part), ("rest", rest)),
        unit=Unit.PERCENT,
        tone=tone,
    )
