"""What of a runbook follows from the code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
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

STACK = Environment.PRODUCTION.value
"""The stack whose alerts people are woken by: queries, links and recipients are its."""


@cache
def runbooks() -> Mapping[str, tuple[Alert, ...]]:
    """The alerts of production by the runbook they name."""
    found: dict[str, list[Alert]] = {}
    for alert in alerts_of(STACK):
        found.setdefault(alert.runbook, []).append(alert)
    return {name: tuple(alerts) for name, alerts in sorted(found.items())}


def summary(name: str) -> str:
    """What stands at the top of a runbook, in Markdown: what it says, where to look first, who is next."""
    alerts = runbooks()[name]
    meanings = "\n".join(_meaning(alert) for alert in alerts)
    return f"{meanings}\n\n## First checks\n{_first_checks(alerts)}\n\n## Escalation\n{_escalation(alerts)}"


def reference(name: str) -> str:
    """What stands at the end of a runbook, in Markdown: who is told, thresholds, queries."""
    alerts = runbooks()[name]
    sections = {
        "Who is told": _told(alerts),
        "Thresholds": _thresholds(alerts),
        "What it watches": "\n\n".join(_watched(alert) for alert in alerts),
    }
    return "\n\n".join(f"## {title}\n{text}" for title, text in sections.items())


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


def _meaning(alert: Alert) -> str:
    said = [f"- **{alert.key}** ({alert.tag('tier')}): {_without_variables(alert.meaning)}"]
    if alert.silence:
        said.append(f"No data: {_without_variables(alert.silence)}")
    if alert.unless:
        causes = ", ".join(f"[{cause}]({_runbook_of(cause)}.md)" for cause in alert.unless)
        said.append(f"It keeps quiet while a cause alerts: {causes}.")
    return " ".join(said)


def _runbook_of(key: str) -> str:
    return next(name for name, alerts in runbooks().items() for alert in alerts if alert.key == key)


def _without_variables(text: str) -> str:
    # {{host.name}} in a message is the group that alerts.
    return re.sub(r"{{(\w+)\.name}}", r"*\1*", text)


def _watched(alert: Alert) -> str:
    words = explain(parse_monitor(alert.type, alert.query, {}))
    return f"**{alert.key}**: {words}\n\n```\n{alert.query}\n```"


def _thresholds(alerts: tuple[Alert, ...]) -> str:
    by_stack = {stack: {one.key: one for one in alerts_of(stack)} for stack in _stacks()}
    names = ("critical", "critical_recovery", "warning")
    lines = [
        (alert.key, stack, *(by_stack[stack][alert.key].thresholds.get(name, "") for name in names), _unit(alert))
        for alert in alerts
        for stack in _stacks()
        if alert.key in by_stack[stack]
    ]
    return table(("alert", "stack", "alert at", "ends at", "warning at", "unit"), lines)


def _unit(alert: Alert) -> str:
    return "failures in a row" if alert.type == "service check" else alert.unit


def _stacks() -> list[str]:
    # The sandbox has production's.
    return [name for name in stack_names() if settings_of(name).environment is not Environment.SANDBOX]


def _told(alerts: tuple[Alert, ...]) -> str:
    keys = {alert.key for alert in alerts}
    rows = [row for row in matrix(STACK) if row.alert.key in keys]
    return table(("alert", "changes to", "in working hours", "nights and weekends"), (_line(row) for row in rows))


def _line(row: Row) -> tuple[str, ...]:
    words = [who(one, burns_in=row.alert.burns_in) for one in (row.working, row.night)]
    return (row.alert.key, WORDS[row.state], *words)


def _first_checks(alerts: tuple[Alert, ...]) -> str:
    links = ", ".join(f"[{alert.key}]({_monitor_url(alert)})" for alert in alerts)
    lines = [
        f"1. Open the alert and its graph: {links}. Since when, and for which group?",
        "2. What else alerts? "
        f"[Everything that alerts now]({_app()}/monitors/manage?q={quote('status:alert env:' + STACK)}). "
        "The cause is often the alert that began first.",
        "3. What was changed shortly before? `kubectl -n $NS rollout history deployment`, and the deployment markers "
        "on the service's page. All [commands](../operations/commands.md) begin there.",
    ]
    return "\n".join(lines)


def _escalation(alerts: tuple[Alert, ...]) -> str:
    pages = any(alert.tag("tier") == Tier.CRITICAL for alert in alerts)
    owners = sorted({alert.tag("team") for alert in alerts})
    lines = [f"Owner: {', '.join(owners)}."]
    if pages:
        lines.append(f"When it alerts, {escalation_in_words(ESCALATION)}.")
    else:
        lines.append("It wakes nobody. What cannot wait becomes an incident by hand.")
    lines.append("See [incidents](../operations/incidents.md).")
    return " ".join(lines)


def _monitor_url(alert: Alert) -> str:
    search = f'tag:"pulumi_name:{alert.key}" tag:"env:{STACK}"'
    return f"{_app()}/monitors/manage?q={quote(search)}"


def _app() -> str:
    # https://docs.datadoghq.com/getting_started/site/: the sites with a number are their own host.
    site = settings_of(STACK).datadog.site
    return f"https://{site}" if site.count(".") > 1 else f"https://app.{site}"
