"""Queries that search for events: logs, spans, sessions of browsers."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice, product
from typing import Any

from contract.query import parse_search
from contract.query.search import Attribute, Limit, Phrase, Range, Term
from contract.query.tree import And, TemplateVariable, walk
from contract.telemetry import EVENT_SOURCES, EventSource
from pictures.clock import Clock, Values
from pictures.synthetic import levels
from pictures.synthetic.lines import Line, Lines
from pictures.synthetic.metric import Conditions, aggregated, counted, sketch
from pictures.synthetic.tags import Known

SOURCES: Mapping[str, str] = {
    "logs": "logs", "rum": "rum", "spans": "trace-analytics", "events": "events", "apm": "trace-analytics",
    "product_analytics": "rum",
}  # fmt: skip
"""Datadog's names of data sources that search, and the contract's of the same streams."""
_MOST_GROUPS = 10
_DISTINCT = 0.25
"""How many different ones there are among that many events."""
_WORD = 0.05
"""The share of events in which a word occurs."""
_MIDDLES = {"nanosecond": 1.8e8, "millisecond": 180.0, "second": 0.18}
"""What a measured attribute is about, by its unit."""


def search(query: Mapping[str, Any], clock: Clock, known: Known) -> Lines:
    """The lines of one query over events, one per group."""
    stream = EVENT_SOURCES[SOURCES[query["data_source"]]]
    conditions, words = _conditions(str((query.get("search") or {}).get("query") or "*"), known)
    grouping = list(query.get("group_by") or ())
    keys = [str(each["facet"]) for each in grouping]
    values = [
        known.values(key, stream.facet(key))[: int(each.get("limit") or _MOST_GROUPS)]
        for key, each in zip(keys, grouping, strict=True)
    ]
    return [
        Line(
            dict(zip(keys, each, strict=True)),
            _values(
                stream,
                query.get("compute") or {},
                {**conditions, **dict(zip(keys, ((one,) for one in each), strict=True))},
                words,
                clock,
                known,
            ),
        )
        for each in islice(product(*values), _MOST_GROUPS)
    ]


def _values(  # noqa: PLR0917 -- what a query says, then where and when
    stream: EventSource, compute: Mapping[str, Any], conditions: Conditions, words: int, clock: Clock, known: Known
) -> Values:
    method, measure = str(compute.get("aggregation") or "count"), str(compute.get("metric") or "")
    volume = levels.part_of(stream.name).volume
    part = levels.Part(family=stream.name, volume=volume, share=_WORD**words, bad=bool(words))
    if method in ("count", "cardinality", "sum"):
        found = counted(stream.name, part, conditions, clock, known, stream.facet)
        return (found * _DISTINCT).round() if method == "cardinality" else found
    unit = getattr(stream.facet(measure), "unit", None)
    middle = levels.LEVELS.get(f"rum.measure.{measure.removeprefix('@')}", _MIDDLES.get(unit or "", 12.0))
    rank = {"median": "p50"}.get(method, method.replace("pc", "p"))
    return aggregated(sketch(f"{stream.name} {measure}", middle, conditions, clock, float("inf")), rank)


def _conditions(query: str, known: Known) -> tuple[Conditions, int]:
    """What every event has, and how many words are searched for besides; what must not be is left out."""
    found: Conditions = {}
    words, pending = 0, [parse_search(query)]
    while pending:
        match pending.pop():
            case And(operands=operands):
                pending += operands
            case Attribute(value=Limit() | Range()):
                words += 1
            case Attribute(name=name, value=value):
                said = tuple(each.text for each, _ in walk(value) if isinstance(each, Term | Phrase))
                found[name] = tuple(known.resolved(each) for each in said) or ("*",)
            case TemplateVariable(name=name) if name in known.variables:
                key, chosen = known.variables[name]
                found[key] = (chosen,)
            case Term() | Phrase():
                words += 1
            case _:
                pass
    return {key: values for key, values in found.items() if values != ("*",)}, words
