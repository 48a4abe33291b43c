"""Browsing: most of what people do."""

from __future__ import annotations

from load_test.journeys import actions
from load_test.journeys.visitor import Visitor, weighted


class Browse(Visitor):
    """Looks at lists and items."""

    tasks = weighted(
        {
            actions.turn_pages: 5,
            actions.scroll: 3,
            actions.look_at_content: 10,
            actions.look_at_tags: 2,
            actions.look_at_bookmarks: 2,
            actions.keep_a_bookmark: 1,
            actions.follow_a_recommendation: 2,
        }
    )
