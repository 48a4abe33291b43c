"""What of a runbook follows from the code."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cache
from typing import TypeVar
from urllib.parse import quote

from components.routing.teams.spec import Escalation
from contract.query import explain, parse_monitor
from infra.naming import Environment, Tier
from reports.alerts import Alert, alerts_of
from reports.markdown import table
from reports.routing.matrix import Row, matrix
from reports.routing.text import WORDS, who
from reports.stacks import settings_of, stack_names
from stacks.catalog.oncall import ESCALATION

Item = TypeVar("Item")

STACK = Environment.PRODUCTION.value
"""The stack whose alerts people are woken by: queries, links and recipients are its."""


MOST_LINKS = 3
"""Alerts of one page beyond which there is one link to all of them."""


@cache
def runbooks() -> Mapping[str, tuple[Alert, ...]]:
    """The alerts of production by the runbook they name."""
    found: dict[str, list[Alert]] = {}
    for alert in alerts_of(STACK):
        found.setdefault(alert.runbook, []).append(alert)
    return {name: tuple(alerts) for name, alerts in sorted(found.items())}


@cache
def summary(name: str) -> str:
    """What stands at the top of a runbook, in Markdown: what it says, where to look first, who is next."""
    alerts = runbooks()[name]
    alike = _grouped(alerts, lambda alert: (alert.tag("tier"), _said(alert)))
    meanings = "\n".join(_meaning(group) for group in alike)
    return f"{meanings}\n\n## First checks\n{_first_checks(alerts)}\n\n## Escalation\n{_escalation(alerts)}"


@cache
def reference(name: str) -> str:
    """What stands at the end of a runbook, in Markdown: who is told, thresholds, queries."""
    alerts = runbooks()[name]
    sections = {
        "Who is told": _told(alerts),
        "Thresholds": _thresholds(alerts),
        "What it watches": "\n\n".join(_watched(alert) for alert in alerts),
    }
    return "\n\n".join(f"## {title}\n{text}" for title, text in sections.items() if text)


def escalation_in_words(escalation: Escalation) -> str:
    """The escalation as one sentence."""
    first, *others = escalation.steps
    words = [f"the page goes to who is {first.target}"]
    minutes = first.minutes
    for step in others:
        words.append(f"after {minutes} minutes without acknowledgement to {_article(step.target)}")
        minutes += step.minutes
    return f"{'; '.join(words)}. After {minutes} minutes it starts over, {escalation.repeats} times"


def _article(target: str) -> str:
    return target if target.startswith("the ") else f"the {target}"


def _meaning(alike: tuple[Alert, ...]) -> str:
    keys = ", ".join(f"**{alert.key}**" for alert in alike)
    return f"- {keys} ({alike[0].tag('tier')}): {_said(alike[0])}"


def _said(alert: Alert) -> str:
    said = [_without_variables(alert.meaning)]
    if alert.silence:
        said.append(f"No data: {_without_variables(alert.silence)}")
    if alert.unless:
        causes = ", ".join(f"[{cause}]({_runbook_of(cause)}.md)" for cause in alert.unless)
        said.append(f"It keeps quiet while a cause alerts: {causes}.")
    return " ".join(said)


def _grouped(items: Iterable[Item], key: Callable[[Item], Hashable]) -> list[tuple[Item, ...]]:
    """What is alike together, in the order in which the first of each stands."""
    found: dict[Hashable, list[Item]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return [tuple(alike) for alike in found.values()]


def _runbook_of(key: str) -> str:
    return next(name for name, alerts in runbooks().items() for alert in alerts if alert.key == key)


def _without_variables(text: str) -> str:
    # {{host.name}} in a message is the group that alerts.
    return re.sub(r"{{(\w+)\.name}}", r"*\1*", text)


def _watched(alert: Alert) -> str:
    if not alert.query:
        return f"**{alert.key}**: a test from outside; its page shows each step and what was answered."
    if alert.type == "composite":
        words = "Alerts when this holds, each name standing for the alert that is called so."
    else:
        words = explain(parse_monitor(alert.type, alert.query, {}))
    return f"**{alert.key}**: {words}\n\n```\n{alert.query}\n```"


def _thresholds(alerts: tuple[Alert, ...]) -> str:
    by_stack = {stack: {one.key: one for one in alerts_of(stack)} for stack in _stacks()}
    names = ("critical", "critical_recovery", "warning")
    lines = [
        (alert.key, stack, *(by_stack[stack][alert.key].thresholds.get(name, "") for name in names), _unit(alert))
        for alert in alerts
        for stack in _stacks()
        if alert.key in by_stack[stack] and alert.thresholds
    ]
    if not lines:
        return ""
    return table(("alert", "stack", "alert at", "ends at", "warning at", "unit"), lines)


def _unit(alert: Alert) -> str:
    return "failures in a row" if alert.type == "service check" else alert.unit


@cache
def _stacks() -> list[str]:
    # The sandbox has production's.
    return [name for name in stack_names() if settings_of(name).environment is not Environment.SANDBOX]


def _told(alerts: tuple[Alert, ...]) -> str:
    keys = {alert.key for alert in alerts}
    rows = [_line(row) for row in matrix(STACK) if row.alert.key in keys]
    lines = [(", ".join(line[0] for line in alike), *alike[0][1:]) for alike in _grouped(rows, lambda line: line[1:])]
    return table(("alert", "changes to", "in working hours", "nights and weekends"), lines)


def _line(row: Row) -> tuple[str, ...]:
    words = [who(one, burns_in=row.alert.burns_in) for one in (row.working, row.night)]
    return (row.alert.key, WORDS[row.state], *words)


def _first_checks(alerts: tuple[Alert, ...]) -> str:
    links = ", ".join(f"[{alert.key}]({_monitors_url(alert)})" for alert in alerts)
    if len(alerts) > MOST_LINKS:
        links = f"[all of them]({_monitors_url(*alerts)})"
    lines = [
        f"1. Open the alert and its graph: {links}. Since when, and for which group?",
        f"2. What else alerts? [All that alerts now]({_search('status:alert')}). "
        "The cause is often the alert that began first.",
        "3. What was changed shortly before? `kubectl -n $NS rollout history deployment`, and the markers on "
        "the service's page. All [commands](../operations/commands.md) begin there.",
    ]
    return "\n".join(lines)


def _escalation(alerts: tuple[Alert, ...]) -> str:
    pages = any(alert.tag("tier") == Tier.CRITICAL for alert in alerts)
    owners = sorted({alert.tag("team") for alert in alerts})
    lines = [f"Owner: {', '.join(owners)}."]
    if pages:
        lines.append(f"When a critical one alerts, {escalation_in_words(ESCALATION)}.")
    else:
        lines.append("It wakes nobody. What cannot wait becomes an incident by hand.")
    lines.append("See [incidents](../operations/incidents.md).")
    return " ".join(lines)


def _monitors_url(*alerts: Alert) -> str:
    names = " OR ".join(f'tag:"pulumi_name:{alert.key}"' for alert in alerts)
    return _search(f"({names})")


def _search(words: str) -> str:
    within = f'{words} tag:"env:{STACK}"'
    return f"{_pages()}/monitors/manage?q={quote(within)}"


@cache
def _pages() -> str:
    return settings_of(STACK).datadog.pages
