"""The query languages of Datadog: parsed to typed trees with positions, printed back, explained in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contract.query.errors import QueryError
from contract.query.formula import parse_formula
from contract.query.metric import MetricExpression, MetricSelection
from contract.query.metric_builder import parse_metric
from contract.query.monitor import MonitorQuery, parse_monitor
from contract.query.options import Finding, check_options
from contract.query.search_builder import parse_search
from contract.query.text import to_text
from contract.query.tree import walk
from contract.query.words import explain

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "Finding",
    "MetricExpression",
    "MetricSelection",
    "MonitorQuery",
    "QueryError",
    "check_options",
    "explain",
    "parse_formula",
    "parse_metric",
    "parse_monitor",
    "parse_search",
    "selections",
    "to_text",
]


def selections(tree: object) -> Iterator[MetricSelection]:
    """Yield every metric selection of a tree, left to right; of a formula monitor, those of its variables."""
    return (node for node, _ in walk(tree) if isinstance(node, MetricSelection))
