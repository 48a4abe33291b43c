"""Somebody who uses the API."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Mapping
from typing import Any

from locust import HttpUser, TaskSet, between

PEOPLE = 20
"""How many people there are in the database."""
PACE = float(os.environ.get("LOAD_PACE", "1"))
"""How many times faster than people they are."""
LARGEST_CONTENT = 500
"""The first items of content have the numbers up to this one."""


class Visitor(HttpUser):
    """Waits between requests as people do."""

    abstract = True
    wait_time = between(0.5 / PACE, 2 / PACE)

    def on_start(self) -> None:
        """Be one of the people."""
        self.user_id = random.randint(1, PEOPLE)  # noqa: S311 -- nothing secret

    def some_content(self) -> int:
        """The number of an item; a few are looked at far more often than the rest."""
        return min(LARGEST_CONTENT, int(random.paretovariate(0.6)))


def weighted(shares: Mapping[Callable[..., Any], int]) -> list[TaskSet | Callable[..., Any]]:
    """Tasks as locust wants them: each as often as its share says."""
    return [action for action, share in shares.items() for _ in range(share)]
