"""Monitors over logs, events, spans, RUM, CI, processes and their kin: a search, a rollup and a window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contract.query.errors import Fault
from contract.query.search_builder import parse_search
from contract.query.signatures import one_of, unquoted
from contract.query.tree import Comparison, Window, offset, place
from contract.query.vocabulary import (
    EVENT_ROLLUPS,
    EVENT_SOURCES,
    EVENT_STEPS,
    EVENT_UNITS,
    EXTRA_STEPS,
    ISSUE_SOURCES,
    LONGEST_EVENT_WINDOW,
    NETWORK_PATH_INDEXES,
    PROCESS_UNITS,
    SINGLE_QUOTED_TYPES,
)
from contract.query.windows import timeframe

if TYPE_CHECKING:
    from contract.query.chain import Chain, Step
    from contract.query.search import Search

_MOST_ROLLUP_ARGUMENTS = 2


@dataclass(frozen=True, slots=True)
class Rollup:
    """How matching events become one number: `measure` is what is averaged or told apart, None when counting."""

    method: str
    measure: str | None = None
    position: int = offset()


@dataclass(frozen=True, slots=True)
class EventMonitor:
    """The query of a monitor over events.

    `over` holds the tags of a process monitor. `issues` and `impact` belong to error tracking: whose issues, and
    whether new ones ("new") or widespread ones ("impact") alert.
    """

    source: str
    search: Search
    window: Window
    comparison: Comparison
    rollup: Rollup | None = None
    indexes: tuple[str, ...] = ()
    group_by: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    issues: str | None = None
    impact: str | None = None
    position: int = offset()


def read_event_monitor(monitor_type: str, query: str, chain: Chain) -> EventMonitor:
    """Give a chain the meaning of an event monitor of this type.

    Raises:
        Fault: a step is unknown, missing or wrong.
        QueryError: the search is wrong.
    """
    one_of(chain.head, EVENT_SOURCES[monitor_type], f"source of a '{monitor_type}'", chain.position)
    _refuse_single_quotes(monitor_type, chain)
    steps = chain.read(EVENT_STEPS | EXTRA_STEPS.get(monitor_type, frozenset()))
    subject = chain.subject
    search = parse_search(query, place(subject) + 1, place(subject) + len(subject) - 1) if subject else parse_search("")
    return EventMonitor(
        source=chain.head,
        search=search,
        window=read_window(
            chain, steps, PROCESS_UNITS if chain.head == "processes" else EVENT_UNITS, LONGEST_EVENT_WINDOW
        ),
        comparison=chain.compared(),
        rollup=read_rollup(steps.get("rollup"), EVENT_ROLLUPS, measured=True),
        indexes=_indexes(chain.head, steps.get("index")),
        group_by=read_keys(steps.get("by")),
        over=steps["over"].words('the tags, or "*"') if "over" in steps else (),
        issues=_issues(steps.get("source")),
        impact=_impact(steps),
        position=chain.position,
    )


def read_window(chain: Chain, steps: dict[str, Step], units: frozenset[str], longest: int) -> Window:
    """Read `.last("5m")` or `.current("1h")`; `longest` in seconds."""
    found = [steps[kind] for kind in ("last", "current") if kind in steps]
    if not found:
        raise Fault('the query has no window: add .last("5m")', chain.position)
    if len(found) > 1:
        raise Fault("a query has one window: .last() or .current()", found[1].position)
    return timeframe(found[0].word("a window such as 5m"), found[0].position, units, longest, found[0].name)


def read_keys(step: Step | None) -> tuple[str, ...]:
    """Read the keys of `.by("@a,@b")`."""
    return step.words("what to group by") if step else ()


def read_rollup(step: Step | None, methods: frozenset[str], *, measured: bool) -> Rollup | None:
    """Read `.rollup("avg", "@duration")`; `measured` where anything but counting needs the second argument."""
    if step is None:
        return None
    if not 1 <= len(step.arguments) <= _MOST_ROLLUP_ARGUMENTS or step.keywords:
        raise Fault('.rollup() takes a method and what to measure, such as .rollup("avg", "@duration")', step.position)
    method, *measure = map(unquoted, step.arguments)
    one_of(method, methods, "rollup method", place(step.arguments[0]))
    if "" in (text.strip() for text in measure) or (measured and not measure and method != "count"):
        raise Fault(
            f'.rollup("{method}") needs what to measure, such as .rollup("{method}", "@duration")', step.position
        )
    return Rollup(method, measure[0] if measure else None, step.position)


def _refuse_single_quotes(monitor_type: str, chain: Chain) -> None:
    if monitor_type in SINGLE_QUOTED_TYPES:
        return
    for token in (chain.subject, *(token for step in chain.steps for token in step.arguments)):
        if token and token[0] == "'":
            raise Fault('single quotes are refused here: write double quotes, as in logs("…").index("*")', place(token))


def _indexes(source: str, step: Step | None) -> tuple[str, ...]:
    if step is None:
        return ()
    names = step.words('an index, or "*"')
    if source == "network-path":
        for name in names:
            one_of(name, NETWORK_PATH_INDEXES, "index of network paths", step.position)
    return names


def _issues(step: Step | None) -> str | None:
    return one_of(step.word("whose issues"), ISSUE_SOURCES, "issue source", step.position) if step else None


def _impact(steps: dict[str, Step]) -> str | None:
    found = [steps[name] for name in ("new", "impact") if name in steps]
    for step in found:
        step.nothing()
    if len(found) > 1:
        raise Fault("an error tracking query watches new issues or their impact, not both", found[1].position)
    return found[0].name if found else None
