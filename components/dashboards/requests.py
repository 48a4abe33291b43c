"""From series to the requests of widgets."""

from __future__ import annotations

import re
from typing import Any

from components.dashboards.spec import Reduce, Series
from components.dashboards.units import Unit
from contract.proof import EventQuery

MOST_GROUPS = 10
"""How many groups a list shows."""


def queries(series: Series, reduce: Reduce | None = None, prefix: str = "") -> list[dict[str, Any]]:
    """The queries of a request; `reduce` where their points become one number, `prefix` before their names."""
    return [_query(f"{prefix}{name}", query, reduce) for name, query in series.queries]


def formula(series: Series, prefix: str = "") -> dict[str, Any]:
    """The formula of a request, with its name and unit."""
    shown: dict[str, Any] = {"formula": _prefixed(series, prefix), "alias": series.label}
    if series.unit:
        shown["number_format"] = {"unit": _unit(series.unit, series.per)}
    return shown


def _prefixed(series: Series, prefix: str) -> str:
    names = "|".join(re.escape(name) for name, _ in series.queries)
    return re.sub(rf"\b({names})\b", lambda match: f"{prefix}{match[1]}", series.formula) if prefix else series.formula


def _unit(unit: Unit, per: str | None) -> dict[str, str]:
    return {
        "type": "canonical_unit",
        "unit_name": unit.value,
        **({"per_unit_name": per} if per else {}),
    }


def _query(name: str, query: str | EventQuery, reduce: Reduce | None) -> dict[str, Any]:
    if isinstance(query, str):
        aggregator = {"aggregator": reduce.value} if reduce else {}
        return {"data_source": "metrics", "name": name, "query": query, **aggregator}
    compute = {"aggregation": query.method, **({"metric": query.measure} if query.measure else {})}
    return {
        "data_source": query.source,
        "name": name,
        "search": {"query": query.search},
        "indexes": ["*"],
        "compute": compute,
        "group_by": [
            {"facet": facet, "limit": MOST_GROUPS, "sort": {**compute, "order": "desc"}} for facet in query.by
        ],
    }
