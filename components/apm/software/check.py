"""Everything that is wrong with the catalog of services.

The provider hides why the API refuses an entry, and nothing is checked at a preview, so all of it is checked here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from components.apm.software.spec import Contact, EntrySpec, Kind, SoftwareSpec
from infra.naming import is_logical_name
from infra.problems import Problem

_URL = re.compile(r"https?://[^\s/]+(/\S*)?")
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")
_EMAIL = re.compile(r"\S+@\S+\.\S+")
_SHORTEST_NAME = 2
"""Characters of a contact's name, by Datadog's schema of version 3."""


def check(spec: SoftwareSpec) -> list[Problem]:
    """Everything that is wrong with the entries and the contacts."""
    names = {entry.name: entry for entry in spec.entries}
    return [
        *(problem for entry in spec.entries for problem in _wrong_entry(entry, spec, names)),
        *_twice(spec),
        *_cycles(names),
        *(problem for contact in spec.contacts for problem in _wrong_contact(contact)),
    ]


def _wrong_entry(entry: EntrySpec, spec: SoftwareSpec, names: Mapping[str, EntrySpec]) -> Iterator[Problem]:
    where = f"software.{entry.key}"
    if not is_logical_name(entry.key):
        yield Problem(where, "its key cannot be part of a name", "lower case letters, digits and hyphens")
    if not _NAME.fullmatch(entry.name):
        yield Problem(where, f"{entry.name!r} is no value of the tag service", "lower case letters, digits, . _ -")
    if entry.owner not in spec.teams:
        yield Problem(where, f"nobody is {entry.owner}", f"one of {', '.join(sorted(spec.teams))}")
    for what, text in (("type", entry.type), ("description", entry.description), ("importance", entry.importance)):
        if not text.strip():
            yield Problem(where, f"has no {what}")
    if not entry.runbooks:
        yield Problem(where, "has no runbook", "at least one alert about it, with its page in docs/runbooks")
    for key in entry.dashboards:
        if key not in spec.dashboards:
            yield Problem(where, f"is shown on no dashboard {key}", f"one of {', '.join(sorted(spec.dashboards))}")
    if entry.repository is not None and not _URL.fullmatch(entry.repository):
        yield Problem(where, f"its repository {entry.repository!r} is no URL")
    if entry.kind is not Kind.SERVICE and (entry.needs or entry.languages):
        yield Problem(where, f"a {entry.kind} has no dependencies and languages", "say so of the services that use it")
    for name in entry.needs:
        if name not in names:
            yield Problem(where, f"needs {name}, which has no entry", f"one of {', '.join(sorted(names))}")


def _twice(spec: SoftwareSpec) -> Iterator[Problem]:
    for name, times in Counter(entry.name for entry in spec.entries).items():
        if times > 1:
            keys = ", ".join(entry.key for entry in spec.entries if entry.name == name)
            yield Problem("software", f"{name} has {times} entries: {keys}", "one")


def _cycles(names: Mapping[str, EntrySpec]) -> Iterator[Problem]:
    """Each dependency that leads back to where it began, told once for the first of its entries."""
    for name in sorted(names):
        way = _way_back(name, names)
        if way and name == min(way):
            yield Problem(
                f"software.{names[name].key}", f"needs itself: {' -> '.join([*way, name])}", "leave one of them out"
            )


def _way_back(start: str, names: Mapping[str, EntrySpec]) -> list[str]:
    """The shortest way from an entry back to itself; empty where there is none."""
    ways = [[start]]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        for name in names[way[-1]].needs:
            if name == start:
                return way
            if name in names and name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return []


def _wrong_contact(contact: Contact) -> Iterator[Problem]:
    where = f"software.contacts.{contact.name}"
    if len(contact.name) < _SHORTEST_NAME:
        yield Problem(where, "its name is too short", f"at least {_SHORTEST_NAME} characters")
    if not contact.contact or not contact.type:
        yield Problem(where, "says nothing of how to reach it")
    elif contact.type == "email" and not _EMAIL.fullmatch(contact.contact):
        yield Problem(where, f"{contact.contact!r} is no address of mail")
