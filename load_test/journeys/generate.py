"""Generating."""

from __future__ import annotations

from load_test.journeys import actions
from load_test.journeys.visitor import Visitor, weighted


class Generate(Visitor):
    """Asks for images, and looks what became of them."""

    tasks = weighted({actions.generate: 2, actions.look_at_jobs: 1})
