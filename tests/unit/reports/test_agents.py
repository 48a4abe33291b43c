"""The pages about the agents say what the tables say."""

from __future__ import annotations

import pytest

from components.agent.permissions.api import RULES
from components.agent.permissions.host import HOST_PATHS
from reports.agents import FOLDER, pages


@pytest.mark.parametrize("name", pages())
def test_a_page_is_up_to_date(name: str) -> None:
    assert (FOLDER / name).read_text() == pages()[name], "run `python -m reports.agents`"


def test_every_rule_and_path_is_on_the_page() -> None:
    text = pages()["permissions.md"]
    for rule in RULES:
        assert rule.why in text
    for path in HOST_PATHS:
        assert f"| `{path.path}` |" in text


def test_tables_are_even() -> None:
    for text in pages().values():
        for table in text.split("\n\n"):
            columns = {line.count("|") for line in table.splitlines() if line.startswith("|")}
            assert len(columns) <= 1, table
