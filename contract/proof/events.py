"""Whether a search over logs, spans, browser events or events can find something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from contract.proof import values
from contract.proof.hints import did_you_mean
from contract.proof.values import Variables
from contract.query.event import Rollup
from contract.query.search import Attribute, Limit, Network, Phrase, Range, Term
from contract.query.tree import And, Not, Or, TemplateVariable
from contract.telemetry import EVENT_SOURCES, EventSource, Facet
from contract.telemetry.model import Tag
from contract.world import World

UNCOUNTED = frozenset({"count", "cardinality"})
"""Ways to make a number of events that need no number in them."""


def prove_events(
    source: str,
    search: object,
    world: World,
    *,
    rollup: Rollup | None = None,
    group_by: Iterable[str] = (),
    variables: Variables | None = None,
) -> Iterator[str]:
    """Findings about the source, every attribute and value of the search, what is measured and grouped by."""
    stream = EVENT_SOURCES.get(source)
    if stream is None:
        yield f"nothing here sends {source} events: there are {', '.join(sorted(EVENT_SOURCES))}"
        return
    if stream.source in world.silent:
        yield f"{source} are not sent here; their sender is not at work: {stream.source}"
    for node, negated in _conditions(search):
        yield from _condition(stream, node, world, variables, negated=negated)
    if rollup and rollup.measure:
        yield from _measure(stream, rollup)
    for key in group_by:
        if key != "*":
            yield from _known(stream, key)


def _conditions(search: object) -> Iterator[tuple[Any, bool]]:
    pending: list[tuple[Any, bool]] = [(search, False)]
    while pending:
        node, negated = pending.pop()
        if isinstance(node, And | Or):
            pending.extend((operand, negated) for operand in reversed(node.operands))
        elif isinstance(node, Not):
            pending.append((node.operand, not negated))
        else:
            yield node, negated


def _condition(
    stream: EventSource, node: Any, world: World, variables: Variables | None, *, negated: bool
) -> Iterator[str]:
    match node:
        case Attribute(name=name, value=value):
            facet = stream.facet(name)
            if facet is None:
                yield _unknown(stream, name)
            else:
                for given, inverse in _conditions(value):
                    yield from _value(stream, facet, given, world, negated=negated != inverse)
        case Network(attribute=name):
            yield from _known(stream, name)
        case Term(text=text) | Phrase(text=text):
            if not stream.free_text:
                yield f"{stream.name}: words such as {text!r} are searched for in no attribute; write attribute:value"
        case TemplateVariable(name=name):
            if variables is None:
                yield f"${name} is a variable of dashboards: here it stands for nothing"
            elif name not in variables:
                yield f"there is no variable ${name}"
            else:
                yield from _known(stream, variables[name])
        case _:
            pass


def _value(stream: EventSource, facet: Facet, given: Any, world: World, *, negated: bool) -> Iterator[str]:
    match given:
        case Limit() | Range():
            if facet.unit is None:
                yield f"{stream.name}: {facet.name} is no number and cannot be compared"
        case Term(text=text) | Phrase(text=text):
            tag = Tag(facet.name, facet.values, facet.doing)
            if not negated and (finding := values.impossible(tag, text, world)):
                yield f"{stream.name}: {finding}"
        case _:
            pass


def _measure(stream: EventSource, rollup: Rollup) -> Iterator[str]:
    measure = rollup.measure or ""
    facet = stream.facet(measure)
    if facet is None:
        yield _unknown(stream, measure)
    elif facet.unit is None and rollup.method not in UNCOUNTED:
        yield f"{stream.name}: {measure} is no number: {rollup.method} needs one"


def _known(stream: EventSource, name: str) -> Iterator[str]:
    if stream.facet(name) is None:
        yield _unknown(stream, name)


def _unknown(stream: EventSource, name: str) -> str:
    names = [facet.name for facet in stream.facets]
    # A tag written as an attribute, or the other way round, is the commonest slip.
    other = name.removeprefix("@") if name.startswith("@") else f"@{name}"
    meant = next((one for one in (other, values.LEGACY_KEYS.get(name)) if one in names), None)
    hint = f": did you mean {meant}?" if meant else did_you_mean(name, names)
    return f"{stream.name} have no {name}{hint or ': they have ' + ', '.join(names)}"
