"""Dashboards, read back by Grafana's own types. No package registry has Grafana to try them in."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.dashboard import Dashboard

from components.business.boards import COLUMNS, DATASOURCE, board_json
from components.business.spec import Board
from tests.examples import STACKS
from tests.unit.business.examples import business_of

CORPUS = Path(__file__).parents[4] / "shared/corpus/grafana"
BOARDS = [board for stack in STACKS for board in business_of(stack).boards]


def read_back(content: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(JSONEncoder(sort_keys=True).encode(Dashboard.from_json(content)))
    return found


@pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.key)
def test_grafanas_types_know_everything_in_it(board: Board) -> None:
    content = board_json(board)
    assert read_back(content) == content
    assert read_back({**content, "misspelt": 1}) == content


@pytest.mark.parametrize("board", business_of("production").boards, ids=lambda board: board.key)
def test_panels_have_their_place_source_and_unit(board: Board) -> None:
    content = board_json(board)
    taken: set[tuple[int, int]] = set()
    for panel in content["panels"]:
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not cells & taken
        assert place["x"] + place["w"] <= COLUMNS
        taken |= cells
        assert panel["datasource"] == {"type": "prometheus", "uid": DATASOURCE}
        assert panel["fieldConfig"]["defaults"]["unit"]
        assert [target["refId"] for target in panel["targets"]] == sorted({one["refId"] for one in panel["targets"]})


def test_a_threshold_is_that_of_the_alert() -> None:
    (board,) = [one for one in business_of("staging").boards if one.key == "genonaut-recommend-search"]
    (panel,) = [one for one in board_json(board)["panels"] if one["title"] == "Failing now"]
    steps = panel["fieldConfig"]["defaults"]["thresholds"]["steps"]
    assert steps == [{"value": None, "color": "green"}, {"value": 25.0, "color": "red"}]


def test_the_revision_follows_the_content() -> None:
    board = business_of("production").boards[0]
    assert board_json(board) == board_json(board)
    before, after = (board_json(one)["tags"][-1] for one in (board, replace(board, about="Something else.")))
    assert before.startswith("revision:")
    assert before != after


@pytest.mark.skipif(not CORPUS.exists(), reason="the dashboards of other projects are not on this machine")
def test_dashboards_of_other_projects_can_be_read() -> None:
    files = [path for path in sorted(CORPUS.glob("*.json")) if path.name != "SOURCES.json"]
    assert files
    for path in files:
        content = json.loads(path.read_text(encoding="utf-8"))
        if any(isinstance(panel.get("datasource"), str) for panel in content["panels"]):
            with pytest.raises(AttributeError):  # written for a Grafana before version 8.3
                read_back(content)
        else:
            assert len(read_back(content)["panels"]) == len(content["panels"])
