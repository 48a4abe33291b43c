"""Reads the query of any monitor by the monitor's type."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeAlias

from contract.query.chain import parse_chain
from contract.query.check import ServiceCheckMonitor, read_service_check
from contract.query.composite import CompositeMonitor, parse_composite
from contract.query.errors import Fault, QueryError
from contract.query.event import EventMonitor, read_event_monitor
from contract.query.formula import FormulaMonitor, read_formula_monitor
from contract.query.metric import MetricMonitor
from contract.query.metric_builder import parse_metric_monitor
from contract.query.slo import SLO_KINDS, BurnRateMonitor, ErrorBudgetMonitor, read_slo_monitor
from contract.query.vocabulary import EVENT_SOURCES, FORMULA_TYPES, METRIC_TYPES

if TYPE_CHECKING:
    from collections.abc import Mapping

MonitorQuery: TypeAlias = (
    MetricMonitor
    | EventMonitor
    | FormulaMonitor
    | ServiceCheckMonitor
    | ErrorBudgetMonitor
    | BurnRateMonitor
    | CompositeMonitor
)

_FORMULA = "formula"
_START = re.compile(r"\s*([a-z_-]+)\s*\(")
MONITOR_TYPES = frozenset(EVENT_SOURCES) | FORMULA_TYPES | {"composite", "service check", "slo alert"}


def parse_monitor(monitor_type: str, query: str, options: Mapping[str, Any] | None = None) -> MonitorQuery:
    """Parse the query of a monitor of this type.

    Args:
        monitor_type: as in the API, such as "query alert".
        query: the text of the query.
        options: the monitor's options; only the variables of formulas are taken from them.

    Raises:
        QueryError: the type is unknown or the text is no query of this type.
    """
    if monitor_type == "composite":
        return parse_composite(query)
    if monitor_type in METRIC_TYPES and not query.lstrip().startswith(_FORMULA):
        return parse_metric_monitor(query)
    if monitor_type not in MONITOR_TYPES:
        raise QueryError(_unknown(monitor_type), 0, query)
    chain = parse_chain(query)
    try:
        if chain.head == _FORMULA and monitor_type in FORMULA_TYPES:
            return read_formula_monitor(monitor_type, query, chain, options or {})
        if monitor_type == "service check":
            return read_service_check(chain)
        if monitor_type == "slo alert":
            return read_slo_monitor(chain)
        if monitor_type in EVENT_SOURCES:
            return read_event_monitor(monitor_type, query, chain)
        raise Fault(f'a \'{monitor_type}\' is a formula: formula("query1").last("30m") > 5', chain.position)
    except Fault as fault:
        raise QueryError(fault.reason, fault.position, query) from None


def likely_types(query: str) -> tuple[str, ...]:
    """Guess from how a query starts which types of monitor it may belong to."""
    start = _START.match(query)
    head = start[1] if start else ""
    if head == _FORMULA:
        return ("query alert", "data-jobs alert")
    if head in SLO_KINDS:
        return ("slo alert",)
    by_source = tuple(kind for kind, sources in EVENT_SOURCES.items() if head in sources)
    if by_source:
        return tuple(sorted(by_source, reverse=True))
    return ("service check",) if query.lstrip()[:1] in {'"', "'"} else ("query alert", "composite")


def _unknown(monitor_type: str) -> str:
    if not monitor_type:
        return "the monitor has no type: the parameter 'type' is required"
    if monitor_type == "synthetics alert":
        return "synthetics alerts come from synthetic tests, not from a monitor's query"
    return f"unknown monitor type '{monitor_type}': choose {', '.join(sorted(MONITOR_TYPES))}"
