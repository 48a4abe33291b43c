"""The dashboards, made from the services. One module per dashboard; a new one is a module and a line here."""

from __future__ import annotations

from collections.abc import Iterator

from components.dashboards.spec import DashboardSpec
from stacks.catalog.dashboards import database, engineering, executive, experience, operations, service
from stacks.catalog.dashboards.view import View

__all__ = ["View", "dashboards"]


def dashboards(view: View) -> Iterator[DashboardSpec]:
    """Every dashboard of an environment."""
    yield executive.dashboard(view)
    yield engineering.dashboard(view)
    yield database.dashboard(view)
    yield experience.dashboard(view)
    yield operations.dashboard(view)
    for one in view.services:
        yield service.dashboard(one, view)
