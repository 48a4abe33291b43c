"""Imported monitors and dashboards under mocks: as they were, and nobody else's."""

from __future__ import annotations

import pytest

from components.imported.spec import ImportedDashboard, ImportedMonitor
from infra.problems import ProblemsError
from stacks import specs
from tests.mocks.example import built

MONITOR = ImportedMonitor(
    key="by-hand-7", stack="example", name="By hand", type="query alert", message="@me", tags=("made:by-hand",),
    query="avg(last_5m):avg:system.mem.pct_usable{env:production} by {host} < 0.1",
)  # fmt: skip
BOARD = ImportedDashboard(key="board-abc", stack="example", body={"title": "t", "layout_type": "free", "widgets": []})


def test_they_keep_the_tags_they_had_and_have_a_parent_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(specs, "imported", lambda stack: (MONITOR, BOARD))
    recording = built()
    assert recording.the("by-hand-7").inputs["tags"] == ["made:by-hand"]
    assert recording.the("board-abc").type == "datadog:index/dashboardJson:DashboardJson"
    assert recording.of_type("monitoring:imported:Imported").keys() == {"imported"}


def test_one_that_became_blind_keeps_the_stack_from_running(monkeypatch: pytest.MonkeyPatch) -> None:
    blind = ImportedMonitor(
        key="blind-8", stack="example", name="x", type="query alert", message="", query="avg(last_5m):avg:gone{*} > 1"
    )
    monkeypatch.setattr(specs, "imported", lambda stack: (blind,))
    with pytest.raises(ProblemsError, match=r"imported\.blind-8: .*gone.*mend it, or say `blind_because`"):
        built()
