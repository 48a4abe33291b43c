"""From what Datadog's API shows to an entry of the catalog, and to its source. Pure but for ruff."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from adopt.reference import Reference
from components.imported.compile import WITHOUT_MEANING, unsupported
from components.imported.spec import Entry, ImportedDashboard, ImportedMonitor
from tools.recover.found import MONITOR

BODY = ("title", "description", "layout_type", "reflow_type", "notify_list", "tags", "template_variables",
        "template_variable_presets", "widgets", "restricted_roles", "is_read_only")  # fmt: skip
"""Members of a dashboard that people set; the server adds the others."""
_TITLE = 40
"""The most characters of a title in a key."""


class UnsupportedError(Exception):
    """The provider cannot hold what the object has; the message says what."""


def entry_of(reference: Reference, body: Mapping[str, Any], stack: str, blind_because: str = "") -> Entry:
    """The entry of an object as the API shows it. Raises UnsupportedError."""
    if reference.type != MONITOR:
        own = {name: body[name] for name in BODY if body.get(name) is not None}
        if not own.get("is_read_only"):
            own.pop("is_read_only", None)
        key = _key(str(body.get("title", "")), reference)
        return ImportedDashboard(key=key, stack=stack, body=_without_ids(own), blind_because=blind_because)
    options = {name: value for name, value in (body.get("options") or {}).items() if value is not None}
    if wrong := unsupported(options):
        raise UnsupportedError(f"{reference}: the provider has no argument for {', '.join(wrong)}: set it back first")
    if body.get("restricted_roles"):
        raise UnsupportedError(f"{reference}: restricted_roles is deprecated: use a restriction policy instead")
    return ImportedMonitor(
        key=_key(str(body["name"]), reference),
        stack=stack,
        name=body["name"],
        type=body["type"],
        query=body["query"],
        message=body.get("message") or "",
        tags=tuple(body.get("tags") or ()),
        priority=body.get("priority"),
        options={name: value for name, value in options.items() if name not in WITHOUT_MEANING},
        assets=tuple(body.get("assets") or ()),
        blind_because=blind_because,
    )


def source(entry: Entry, reference: Reference) -> str:
    """The module of the catalog that holds the entry, formatted."""
    kind = type(entry).__name__
    given = [(one.name, getattr(entry, one.name)) for one in fields(entry)]
    arguments = ", ".join(f"{name}={value!r}" for name, value in given if value not in (None, "", (), {}))
    message = ", message=''" if isinstance(entry, ImportedMonitor) and not entry.message else ""
    text = (
        f'"""{reference}, made on Datadog\'s pages and imported from there."""\n\n'
        f"from components.imported.spec import {kind}\n\nENTRY = {kind}({arguments}{message},)\n"
    )
    ruff = Path(sys.executable).parent / "ruff"
    done = subprocess.run([ruff, "format", "-"], input=text, capture_output=True, text=True, check=True)  # noqa: S603
    return done.stdout


def read_source(text: str) -> Entry:
    """The entry in a module's source, as the program will import it."""
    names: dict[str, Any] = {}
    exec(compile(text, "imported", "exec"), names)  # noqa: S102 -- what `source` wrote
    entry: Entry = names["ENTRY"]
    return entry


def module_name(entry: Entry) -> str:
    """The file in stacks/catalog/imported."""
    return f"imported_{entry.key.replace('-', '_')}.py"


def _key(title: str, reference: Reference) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:_TITLE].strip("-")
    return f"{slug or 'untitled'}-{reference.id}"


def _without_ids(value: Any) -> Any:
    """Widgets without the numbers that the server gives them."""
    if isinstance(value, Mapping):
        return {
            key: [_without_ids({k: v for k, v in each.items() if k != "id"}) for each in item]
            if key == "widgets"
            else _without_ids(item)
            for key, item in value.items()
        }
    return [_without_ids(each) for each in value] if isinstance(value, list) else value
