"""Who is told: compiled rules and downtimes applied to the tags of an alert, as Datadog applies them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, unique
from functools import cache
from typing import Any

from components.routing.quiet import is_quiet
from contract.query import parse_search
from contract.query.search import Attribute, Search, Term
from contract.query.tree import And, Not, Or


@unique
class State(StrEnum):
    """What an alert changes to; the value is Datadog's `transition_type`."""

    ALERT = "is_alert"
    WARNING = "is_warning"
    NO_DATA = "is_no_data"
    RECOVERY = "is_recovery"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reach:
    """Who is told of one change of one alert."""

    recipients: tuple[str, ...]
    """Sorted handles; empty: nobody."""
    waits: bool = False
    """They are told when the quiet hours end, if it still is so."""


def reach(
    tags: AbstractSet[str],
    state: State,
    moment: datetime,
    rules: Iterable[Mapping[str, Any]],
    downtimes: Iterable[Mapping[str, Any]],
) -> Reach:
    """Who is told that an alert with these tags changed to this state, at a moment of the downtimes' local time.

    Every rule that matches adds its recipients (https://docs.datadoghq.com/monitors/notify/notification_rules/).
    """
    told = {handle for rule in rules if matches(rule["filter"]["scope"], tags) for handle in _told(rule, tags, state)}
    muted = any(set(one["monitor_identifier"]["monitor_tags"]) <= tags and is_quiet(one, moment) for one in downtimes)
    return Reach(recipients=tuple(sorted(told)), waits=bool(told) and muted)


def matches(scope: str, tags: AbstractSet[str]) -> bool:
    """Whether tags fit a scope of `key:value` with AND, OR, NOT and brackets. Raises QueryError, or ValueError."""
    return _holds(_parsed(scope), tags)


@cache
def _parsed(scope: str) -> Search:
    """A few rules are asked about thousands of alerts."""
    return parse_search(scope)


def recipients_of(rule: Mapping[str, Any]) -> set[str]:
    """Everybody a compiled rule can tell."""
    conditional = rule.get("conditional_recipients") or {}
    lists = [rule.get("recipients"), conditional.get("fallback_recipients")]
    lists += [condition["recipients"] for condition in conditional.get("conditions") or ()]
    return {handle for handles in lists for handle in handles or ()}


def _told(rule: Mapping[str, Any], tags: AbstractSet[str], state: State) -> list[str]:
    if "recipients" in rule:
        return list(rule["recipients"])
    conditional = rule["conditional_recipients"]
    known = {*tags, f"transition_type:{state}"}
    fitting = [one["recipients"] for one in conditional["conditions"] if one["scope"] in known]
    return [handle for handles in fitting for handle in handles] or list(conditional.get("fallback_recipients") or ())


def _holds(tree: Search, tags: AbstractSet[str]) -> bool:
    match tree:
        case And(operands=operands):
            return all(_holds(one, tags) for one in operands)
        case Or(operands=operands):
            return any(_holds(one, tags) for one in operands)
        case Not(operand=operand):
            return not _holds(operand, tags)
        case Attribute(name=name, value=Term(text=value)):
            return f"{name}:{value}" in tags
        case _:
            raise ValueError(f"a scope of tags cannot hold {tree}")
