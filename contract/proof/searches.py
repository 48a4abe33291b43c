"""Searches over events as the queries of widgets: how many there are, or what one of their attributes amounts to."""

from __future__ import annotations

from dataclasses import dataclass

from contract.proof import quantity
from contract.proof.events import UNCOUNTED, prove_events
from contract.proof.meaning import Meaning
from contract.proof.quantity import NUMBER, UNKNOWN
from contract.proof.values import Variables
from contract.query import QueryError, parse_search
from contract.query.event import Rollup
from contract.telemetry import EVENT_SOURCES
from contract.world import World


@dataclass(frozen=True, kw_only=True, slots=True)
class EventQuery:
    """A number made of logs, spans, browser events or events."""

    source: str
    """The stream: `logs`, `spans`, `rum`, `events`."""
    search: str
    method: str = "count"
    """How events become a number: `count`, `cardinality`, `avg`, `max`, `pc95` ..."""
    measure: str | None = None
    """The attribute that is measured or told apart, such as `@duration`; None when counting."""
    by: tuple[str, ...] = ()
    """The attributes and tags that numbers are told apart by."""


def stream_name(source: str) -> str:
    """The contract's name of a stream that widgets call by another one."""
    return "trace-analytics" if source == "spans" else source


def read_events(query: EventQuery, world: World, variables: Variables | None) -> tuple[list[str], Meaning]:
    """Findings about the query, and what its number is about."""
    name = stream_name(query.source)
    meaning = Meaning(quantity=UNKNOWN, keys=frozenset(query.by))
    try:
        search = parse_search(query.search)
    except QueryError as error:
        return [error.reason], meaning
    if query.measure is None and query.method != "count":
        return [f"{query.method} needs an attribute to measure"], meaning
    rollup = Rollup(query.method, query.measure) if query.measure else None
    found = prove_events(name, search, world, rollup=rollup, group_by=query.by, variables=variables)
    measured = NUMBER if query.method in UNCOUNTED else _measured(name, query.measure or "")
    return list(dict.fromkeys(found)), Meaning(quantity=measured, keys=frozenset(query.by), metrics=frozenset())


def _measured(name: str, attribute: str) -> quantity.Quantity:
    stream = EVENT_SOURCES.get(name)
    facet = stream.facet(attribute) if stream else None
    return UNKNOWN if facet is None or facet.unit is None else quantity.named(facet.unit) or NUMBER
