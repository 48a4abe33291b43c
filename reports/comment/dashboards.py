"""What becomes of each dashboard, and where its picture is."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from reports.comment.areas import DASHBOARD
from reports.comment.changes import Change, Kind
from reports.comment.escape import clipped, code, plain, url

MOST_NAMES = 5
"""Widgets that are named; more are counted."""


def dashboard_line(change: Change, pictures_url: str) -> str:
    """One dashboard in Markdown."""
    body = _body(change.after) or _body(change.before)
    words = [f"- {code(change.name)} {plain(str(body.get('title', '')))}".rstrip(), change.kind.value]
    if pictures_url and change.type == DASHBOARD and change.kind is not Kind.DELETED:
        address = f"{pictures_url.rstrip('/')}/{change.name}.png"
        words.append(f"[picture]({url(address)})")
    if change.kind is Kind.CHANGED:
        words.append("; ".join(_widgets(_body(change.before), body)) or "nothing but its frame")
    return ": ".join([words[0], ", ".join(words[1:])])


def _widgets(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    old, new = _by_title(before), _by_title(after)
    groups = {
        "changes": [title for title in new if title in old and new[title] != old[title]],
        "is new": [title for title in new if title not in old],
        "goes": [title for title in old if title not in new],
    }
    for verb, titles in groups.items():
        if titles:
            named = ", ".join(code(title, 60) for title in titles[:MOST_NAMES])
            more = len(titles) - MOST_NAMES
            yield f"{named}{f' and {more} more' if more > 0 else ''} {verb if len(titles) == 1 else _PLURAL[verb]}"


_PLURAL = {"changes": "change", "is new": "are new", "goes": "go"}


def _by_title(body: Mapping[str, Any]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for definition in _definitions(body.get("widgets")):
        # A group is what is in it.
        content = {key: value for key, value in definition.items() if key != "widgets"}
        title = clipped(
            str(definition.get("title") or definition.get("content") or definition.get("type") or "untitled")
        )
        found.setdefault(title, Counter())[json.dumps(content, sort_keys=True)] += 1
    return found


def _definitions(widgets: Any) -> Iterator[Mapping[str, Any]]:
    for widget in widgets if isinstance(widgets, list) else ():
        if isinstance(definition := widget.get("definition"), Mapping):
            yield definition
            yield from _definitions(definition.get("widgets"))


def _body(inputs: Mapping[str, Any]) -> Mapping[str, Any]:
    try:
        found = json.loads(inputs.get("dashboard", "{}"))
    except (TypeError, ValueError):
        return {}
    return found if isinstance(found, Mapping) else {}
