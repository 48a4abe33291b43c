"""Monitors and dashboards that `make import` brought in: a module for each, with its `ENTRY`."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from components.imported.spec import Entry


def imported(stack: str) -> tuple[Entry, ...]:
    """The entries of one stack, by the names of their modules."""
    modules = sorted(module.name for module in iter_modules(__path__))
    entries: list[Entry] = [import_module(f"{__name__}.{name}").ENTRY for name in modules]
    return tuple(one for one in entries if one.stack == stack)
