"""Searching."""

from __future__ import annotations

from load_test.journeys import actions
from load_test.journeys.visitor import Visitor, weighted


class Search(Visitor):
    """Looks for words, and at what was found."""

    tasks = weighted({actions.look_for: 3, actions.look_at_content: 1})
