"""What is different about one monitor, in words: limits, windows, urgency, missing data."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from contract.query import MonitorQuery, QueryError, explain, parse_monitor
from contract.query.check import ServiceCheckMonitor
from contract.query.metric import Arithmetic, MetricMonitor
from contract.query.tree import walk
from infra.naming import BURN_IN
from reports import conditions
from reports.comment.changes import Change, Difference
from reports.comment.escape import block, code, plain
from reports.comment.values import difference_words

COMPOSITE = "composite"
LONGEST_TEXT = 2_000
OTHER_NUMBERS = "says other numbers in its message"
_THRESHOLDS: Mapping[str, str] = {
    "critical": "fires {comparator}",
    "critical_recovery": "ends at",
    "warning": "warns {comparator}",
    "warning_recovery": "its warning ends at",
    "ok": "ends after",
}
_MISSING: Mapping[str, str] = {
    "default": "keeps its last state",
    "show_no_data": "is shown, and nobody is told",
    "show_and_notify_no_data": "is told like an alert",
    "resolve": "ends the alert",
}
_SAID = frozenset(
    "monitorThresholds query type priority tags onMissingData notifyNoData renotifyInterval message name".split()
)
"""Properties with words of their own; tags of a monitor are said as what they stand for."""
_STANDS_FOR: Mapping[str, str] = {"tier": "its tier is", "team": "it belongs to", "service": "it is about"}
_DULL_IF_LONGER: Mapping[str, tuple[str, ...]] = {
    "above": ("min", "avg", "percentile"),
    "below": ("max", "avg", "percentile"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """What is different."""

    said: tuple[str, ...] = ()
    """In a few words each, in Markdown."""
    duller: tuple[str, ...] = ()
    """What of it lets the alert miss what it told of before."""
    detail: tuple[str, ...] = ()
    """At length: queries in words, messages."""


def condition_words(inputs: Mapping[str, Any], unit: str) -> str:
    """When a monitor fires, in words; empty where it has no numbers of its own."""
    tree, thresholds = _tree(inputs), inputs.get("monitorThresholds") or {}
    if tree is None or "critical" not in thresholds:
        return ""
    window = conditions.window(tree)
    return plain(f"fires {conditions.limits(tree, thresholds, unit)}{f' ({window})' if window else ''}")


def monitor_words(change: Change, unit: str) -> Words:
    """What changes about this monitor, or test from outside."""
    old, new = change.before, change.after
    before, after = _tree(old), _tree(new)
    said: list[str] = []
    duller: list[str] = []
    detail: list[str] = []
    for words, dull in _limits(old, new, before, after, unit):
        said.append(words)
        if dull:
            duller.append(words)
    for words, dull in _windows(before, after):
        said.append(words)
        if dull:
            duller.append(words)
    if before and after and _subject(before) != _subject(after):
        said.append("watches something else")
        detail += [f"Watched before: {_explained(before)}", f"Would watch: {_explained(after)}"]
    elif before is None and after is None and old.get("query") != new.get("query"):
        said.append("depends on other alerts than before, or on ones that are made anew")
    said += _urgency(old, new)
    said += (difference_words(one) for one in change.differences if _top(one) not in _SAID)
    if old.get("name") != new.get("name"):
        said.append(f"is called {plain(str(new.get('name')))} instead of {plain(str(old.get('name')))}")
    # A composite repeats the limits of its symptom in its message.
    if _without_numbers(old.get("message")) != _without_numbers(new.get("message")):
        said.append("says something else")
        detail += ["Its message before:", block(str(old.get("message")), LONGEST_TEXT)]
        detail += ["Its message after:", block(str(new.get("message")), LONGEST_TEXT)]
    elif not said and old.get("message") != new.get("message"):
        said.append(OTHER_NUMBERS)
    if any(one.elsewhere for one in change.differences):
        said.append("is put back: somebody changed it in Datadog")
    return Words(said=tuple(said), duller=tuple(duller), detail=tuple(detail))


def tag(inputs: Mapping[str, Any], name: str) -> str:
    """The value of a tag; empty where it has none."""
    return next((one.partition(":")[2] for one in inputs.get("tags") or () if one.startswith(f"{name}:")), "")


def _limits(
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    before: MonitorQuery | None,
    after: MonitorQuery | None,
    unit: str,
) -> Iterator[tuple[str, bool]]:
    earlier, later = (_snake(one.get("monitorThresholds") or {}) for one in (old, new))
    comparator = conditions.comparator(after) if after else ""
    unit = "failures in a row" if isinstance(after, ServiceCheckMonitor) else unit
    for name, words in _THRESHOLDS.items():
        was, will_be = earlier.get(name), later.get(name)
        if was == will_be:
            continue
        verb = " ".join(words.format(comparator=comparator or "at").split())
        if will_be is None:
            yield f"no longer {verb} {plain(f'{was} {unit}')}", name in {"critical", "warning"}
        elif was is None:
            yield f"{verb} {plain(f'{will_be} {unit}')}, as it did not before", False
        else:
            dull = name in {"critical", "warning"} and _is_further(was, will_be, comparator)
            yield f"{verb} {plain(f'{will_be} {unit}')} instead of {plain(f'{was} {unit}')}", dull
    if before and after and (was := conditions.comparator(before)) != comparator:
        yield f"fires {comparator} its limit instead of {was} it", False


def _is_further(was: str, will_be: str, comparator: str) -> bool:
    """Whether more has to be wrong before this limit is reached; a count of failures has no comparator."""
    try:
        further = float(will_be) - float(was)
    except ValueError:
        return False
    return further < 0 if comparator in {"below", "at most"} else further > 0


def _windows(before: MonitorQuery | None, after: MonitorQuery | None) -> Iterator[tuple[str, bool]]:
    if before is None or after is None or isinstance(after, ServiceCheckMonitor):
        return
    was, will_be = conditions.window(before), conditions.window(after)
    if was != will_be:
        yield plain(f"looks at {will_be} instead of {was}"), _is_slower(before, after)


def _is_slower(before: MonitorQuery, after: MonitorQuery) -> bool:
    """Whether the longer window hides what a shorter one showed: not for counts and extremes, which only grow."""
    if not isinstance(before, MetricMonitor) or not isinstance(after, MetricMonitor):
        return False
    if after.window.seconds <= before.window.seconds:
        return False
    side = "below" if conditions.comparator(after) in {"below", "at most"} else "above"
    shares = after.time_aggregator == "sum" and any(
        isinstance(node, Arithmetic) and node.operator == "/" for node, _ in walk(after)
    )
    return shares or after.time_aggregator in _DULL_IF_LONGER[side]


def _urgency(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    if (was := old.get("priority")) != (will_be := new.get("priority")):
        yield f"P{plain(str(will_be))} instead of P{plain(str(was))}"
    for name, words in _STANDS_FOR.items():
        if (was := tag(old, name)) != (will_be := tag(new, name)):
            yield f"{words} {code(will_be)} instead of {code(was)}"
    if (BURN_IN in (old.get("tags") or ())) != (BURN_IN in (new.get("tags") or ())):
        trying = BURN_IN in (new.get("tags") or ())
        yield "goes into burn-in: it is recorded, and nobody is told" if trying else "goes live: people are told"
    known = {*_STANDS_FOR, "stage", "pulumi_name", "pulumi_stack", "pulumi_project", "managed_by"}
    others = [{one for one in state.get("tags") or () if one.partition(":")[0] not in known} for state in (old, new)]
    if others[0] != others[1]:
        yield "has other tags: " + ", ".join(
            [*(f"{code(one)} is new" for one in sorted(others[1] - others[0])),
             *(f"{code(one)} goes" for one in sorted(others[0] - others[1]))]
        )  # fmt: skip
    if (was := _missing(old)) != (will_be := _missing(new)):
        yield f"missing data {will_be}; before, it {was}"
    if (was := old.get("renotifyInterval")) != (will_be := new.get("renotifyInterval")):
        yield f"reminds {_every(will_be)} instead of {_every(was)}"
    if old.get("type") != new.get("type"):
        yield f"is a {plain(str(new.get('type')))} instead of a {plain(str(old.get('type')))}"


def _missing(inputs: Mapping[str, Any]) -> str:
    if "onMissingData" in inputs:
        return _MISSING.get(str(inputs["onMissingData"]), plain(str(inputs["onMissingData"])))
    return "is told like an alert" if inputs.get("notifyNoData") else "is not told"


def _every(minutes: object) -> str:
    return f"every {minutes} minutes" if minutes else "never"


def _tree(inputs: Mapping[str, Any]) -> MonitorQuery | None:
    """The query; None for composites, whose queries are numbers, and where it is not known before the run."""
    if inputs.get("type") == COMPOSITE or "query" not in inputs:
        return None
    try:
        return parse_monitor(str(inputs.get("type")), str(inputs["query"]))
    except QueryError:
        return None


def _subject(tree: MonitorQuery) -> Any:
    """The query without what has words of its own."""
    parts = {name: None for name in ("comparison", "window", "time_aggregator") if hasattr(tree, name)}
    if isinstance(tree, ServiceCheckMonitor):
        parts = {"last": 0}  # type: ignore[dict-item]
    return dataclasses.replace(tree, **parts)  # type: ignore[arg-type]


def _explained(tree: MonitorQuery) -> str:
    return plain(explain(tree), LONGEST_TEXT)


def _top(one: Difference) -> str:
    return re.split(r"[.\[]", one.path, maxsplit=1)[0]


def _without_numbers(text: object) -> str:
    return re.sub(r"\d+(\.\d+)?", "", str(text))


def _snake(thresholds: Mapping[str, str]) -> dict[str, str]:
    return {re.sub(r"(?<=[a-z])([A-Z])", r"_\1", name).lower(): str(value) for name, value in thresholds.items()}
