"""Everything, as on a usual day."""

from __future__ import annotations

from load_test.journeys import actions
from load_test.journeys.visitor import Visitor, weighted


class Mixed(Visitor):
    """Browses most of the time, searches now and then, and seldom generates."""

    tasks = weighted(
        {
            actions.turn_pages: 10,
            actions.scroll: 6,
            actions.look_at_content: 20,
            actions.look_at_tags: 4,
            actions.look_at_bookmarks: 4,
            actions.keep_a_bookmark: 2,
            actions.follow_a_recommendation: 4,
            actions.look_for: 12,
            actions.generate: 4,
            actions.look_at_jobs: 2,
        }
    )
