"""Percentiles of our own distributions under mocks: who switches them on, and how."""

from __future__ import annotations

from tests.mocks.example import example, owner
from tools.recover.found import METRIC_TAGS


def test_the_owner_switches_them_on_once_they_have_arrived() -> None:
    made = owner().of_type(METRIC_TAGS)["percentiles-pagination-query-duration"].inputs
    assert made["includePercentiles"] is True
    # Its tags are keys that queries may use, and a mark among them would be no such key.
    assert {"collection", "service", "env"} <= set(made["tags"])
    assert not [key for key in made["tags"] if ":" in key]


def test_another_stack_leaves_them_alone() -> None:
    assert example().of_type(METRIC_TAGS) == {}
