"""Who would be told of what, and who is told now, as a table."""

from __future__ import annotations

from collections.abc import Iterable

from components.routing.reach import Reach
from infra.naming import PAGERS
from reports.comment.escape import code
from reports.comment.fit import Item, Section
from reports.comment.routing import HOURS, Told
from reports.comment.words import number_of
from reports.markdown import table
from reports.routing.text import WORDS

MOST_KEYS = 12
"""Alerts that are named in one row; more are counted."""
_HEAD = ("alert", "changes to", "told now", "told afterwards")


def told_section(told: Iterable[Told]) -> Section | None:
    """A row for all alerts and changes that are told alike; None where all is told as now."""
    # Of one alert, the changes that are told alike stand together, and so do alerts that are.
    changes: dict[tuple[str, str, str, str], list[str]] = {}
    for one in told:
        row = (one.key, one.tier, _who(one.before, one.burns_in), _who(one.after, one.burns_in))
        changes.setdefault(row, []).append(WORDS[one.state])
    keys: dict[tuple[str, str, str, str], list[str]] = {}
    for (key, tier, was, will_be), states in changes.items():
        keys.setdefault((tier, ", ".join(states), was, will_be), []).append(key)
    if not keys:
        return None
    rows = [(f"{_named(names)} ({tier})" if tier else _named(names), *rest) for (tier, *rest), names in keys.items()]
    head, rule, *lines = table(_HEAD, rows).splitlines()
    # Those who are woken come first.
    lines.sort(key=lambda line: not any(pager in line for pager in PAGERS))
    alerts = {name for names in keys.values() for name in names}
    return Section(
        title="Who is told: alerts of which others hear",
        count=len(alerts),
        items=[Item(line=line) for line in lines],
        opening=f"{head}\n{rule}",
        collapsed=False,
    )


def _named(keys: list[str]) -> str:
    more = len(keys) - MOST_KEYS
    words = ", ".join(map(code, keys[:MOST_KEYS]))
    return f"{words} and {number_of(more, 'other')}" if more > 0 else words


def _who(reached: tuple[Reach, ...] | None, burns_in: bool) -> str:
    if reached is None:
        return "no such alert"
    words = dict(zip(HOURS, (_names(one, burns_in) for one in reached), strict=True))
    at_work = words.pop("working hours")
    # Of other hours only what differs: often that those people hear of it when work starts.
    others = {hours: who.removesuffix(f", {at_work}") for hours, who in words.items() if who != at_work}
    if len(set(others.values())) == 1 and len(others) > 1:
        others = {" and ".join(others): next(iter(others.values()))}
    return "; ".join([at_work, *(f"{hours}: {who}" for hours, who in others.items())])


def _names(one: Reach, burns_in: bool) -> str:
    if not one.recipients:
        return "nobody: burn-in" if burns_in else "**nobody**"
    pages = [f"**pages** {code(handle)}" for handle in one.recipients if handle.startswith(PAGERS)]
    others = [code(handle) for handle in one.recipients if not handle.startswith(PAGERS)]
    return f"{'when work starts, ' if one.waits else ''}{', '.join([*pages, *others])}"
