"""Real queries that other projects publish, where they are at hand; they are no part of this project."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

_FOLDER = Path(__file__).resolve().parents[4] / "shared" / "corpus"


@cache
def rows(name: str) -> tuple[dict[str, Any], ...]:
    """Rows of a corpus file; the test that asks is skipped where it is missing."""
    path = _FOLDER / name
    if not path.exists():
        pytest.skip(f"the corpus of published queries ({name}) is not at hand")
    return tuple(json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())


def metric_queries() -> tuple[str, ...]:
    """Queries of dashboards that are kept as metric queries."""
    return tuple(
        row["query"]
        for row in rows("dashboard_queries.jsonl")
        if row["kind"] == "metric_q" or row["data_source"] in {"metrics", "cloud_cost"}
    )
