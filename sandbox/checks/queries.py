"""The one place that asks our query grammar, and passes on its reasons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.checks.problem import Problem


def monitor_query(monitor_type: str, query: str, options: Mapping[str, Any], path: str) -> tuple[Any, list[Problem]]:
    """A monitor's query parsed, or None and why it cannot be."""
    from contract.query import QueryError, parse_monitor  # noqa: PLC0415 -- the grammar is only loaded when it is asked

    try:
        return parse_monitor(monitor_type, query, options), []
    except QueryError as error:
        return None, [Problem(path, str(error))]


def metric_query(query: str, path: str) -> list[Problem]:
    """Why a metric query (of an SLO or a dashboard) is not one."""
    from contract.query import QueryError, parse_metric  # noqa: PLC0415 -- the grammar is only loaded when it is asked

    try:
        parse_metric(query)
    except QueryError as error:
        return [Problem(path, str(error))]
    return []
