"""The one place that asks our query grammar, and passes on its reasons."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sandbox.checks.problem import Problem, did_you_mean


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


def search_query(query: str, path: str) -> list[Problem]:
    """Why a search for events, such as spans or logs, is not one."""
    from contract.query import QueryError, parse_search  # noqa: PLC0415 -- the grammar is only loaded when it is asked

    try:
        parse_search(query)
    except QueryError as error:
        return [Problem(path, str(error))]
    return []


def formula_of(formula: str, names: Collection[str], path: str) -> list[Problem]:
    """Why a formula over the queries of these names is not one."""
    from contract.query import QueryError, parse_formula  # noqa: PLC0415 -- the grammar is only loaded when it is asked
    from contract.query.metric import Reference  # noqa: PLC0415
    from contract.query.tree import walk  # noqa: PLC0415

    try:
        tree = parse_formula(formula)
    except QueryError as error:
        return [Problem(path, str(error))]
    used = {node.name for node, _ in walk(tree) if isinstance(node, Reference)}
    return [Problem(path, f"{name!r} names no query{did_you_mean(name, names)}") for name in sorted(used - set(names))]
