"""Formula monitors: arithmetic over queries that are defined beside it, in the monitor's options."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from contract.query.engine import Language, parse
from contract.query.errors import Fault, QueryError
from contract.query.event import Rollup, read_keys, read_rollup, read_window
from contract.query.metric_builder import MetricBuilder, parse_metric
from contract.query.search_builder import parse_search
from contract.query.signatures import unquoted
from contract.query.tree import Comparison, Window, offset, place
from contract.query.vocabulary import FORMULA_ROLLUPS, FORMULA_STEPS, FORMULA_UNITS, JOB_FUNCTIONS, LONGEST_WINDOW

if TYPE_CHECKING:
    from contract.query.chain import Chain, Step
    from contract.query.metric import Expression, MetricExpression
    from contract.query.search import Search

_MONITOR = Language("metric.lark", "expression", MetricBuilder(in_monitor=True, in_formula=True))
_JOBS = Language("metric.lark", "expression", MetricBuilder(in_monitor=True, in_formula=True, functions=JOB_FUNCTIONS))
_GRAPH = Language("metric.lark", "expression", MetricBuilder(in_monitor=False, in_formula=True))


@dataclass(frozen=True, slots=True)
class Variable:
    """A query that a formula refers to by name, with what it reads where that is a metric query or a search."""

    name: str
    data_source: str | None
    reads: MetricExpression | Search | None = None
    position: int = offset()


@dataclass(frozen=True, slots=True)
class Analysis:
    """What a cost monitor does with its formula: anomaly, change or forecast, with its settings as written."""

    name: str
    arguments: tuple[str, ...] = ()
    keywords: tuple[tuple[str, str], ...] = ()
    position: int = offset()


@dataclass(frozen=True, slots=True)
class FormulaMonitor:
    """The query of a formula monitor, with the variables that its options define."""

    expression: Expression
    window: Window
    comparison: Comparison
    rollup: Rollup | None = None
    group_by: tuple[str, ...] = ()
    analysis: Analysis | None = None
    variables: tuple[Variable, ...] = ()
    position: int = offset()


def parse_formula(query: str) -> Expression:
    """Parse a dashboard's formula, such as `query1 / query2 * 100`.

    Raises:
        QueryError: the text is no formula.
    """
    found: Expression = parse(_GRAPH, query)
    return found


def read_formula_monitor(monitor_type: str, query: str, chain: Chain, options: Mapping[str, Any]) -> FormulaMonitor:
    """Give a chain that starts with `formula(` its meaning.

    Raises:
        Fault: a step is unknown, missing or wrong.
        QueryError: the formula is wrong.
    """
    subject = chain.subject
    if subject is None or subject[0] == "'":
        raise Fault('the formula must stand in double quotes: formula("query1 / query2")', chain.position)
    steps = chain.read(FORMULA_STEPS)
    language = _JOBS if monitor_type == "data-jobs alert" else _MONITOR
    return FormulaMonitor(
        parse(language, query, place(subject) + 1, place(subject) + len(subject) - 1),
        read_window(chain, steps, FORMULA_UNITS, LONGEST_WINDOW["last"]),
        chain.compared(),
        read_rollup(steps.get("rollup"), FORMULA_ROLLUPS, measured=False),
        read_keys(steps.get("by")),
        _analysis(steps),
        read_variables(options),
        chain.position,
    )


def read_variables(options: Mapping[str, Any]) -> tuple[Variable, ...]:
    """List the variables of a monitor's options; `reads` is None for what is no metric query, no search, or wrong."""
    given = options.get("variables")
    return tuple(
        Variable(item["name"], item.get("data_source"), _readable(item))
        for item in (given if isinstance(given, list | tuple) else ())
        if isinstance(item, Mapping) and isinstance(item.get("name"), str)
    )


def variable_text(variable: Mapping[str, Any]) -> tuple[str, bool] | None:
    """Return the text a variable reads, and whether it is a search rather than a metric query; None for other kinds."""
    search = variable.get("search")
    if isinstance(search, Mapping) and isinstance(search.get("query"), str):
        return search["query"], True
    if variable.get("data_source") in {"metrics", "cloud_cost"} and isinstance(variable.get("query"), str):
        return variable["query"], False
    return None


def _readable(variable: Mapping[str, Any]) -> MetricExpression | Search | None:
    text = variable_text(variable)
    if text is None:
        return None
    try:
        return parse_search(text[0]) if text[1] else parse_metric(text[0])
    except QueryError:
        return None


def _analysis(steps: dict[str, Step]) -> Analysis | None:
    found = [steps[name] for name in ("anomaly", "change", "forecast") if name in steps]
    if len(found) > 1:
        raise Fault("a cost monitor has one analysis: anomaly, change or forecast", found[1].position)
    if not found:
        return None
    step = found[0]
    keywords = tuple((key[:-1].rstrip(), unquoted(value)) for key, value in step.keywords)
    arguments = tuple(map(unquoted, step.arguments))
    if step.name == "anomaly" and dict(keywords).get("direction") not in {"above", "below", "both"}:
        raise Fault("anomaly() needs direction=above, below or both", step.position)
    if step.name == "change" and not {"absolute", "relative"} & {*arguments, *dict(keywords).values()}:
        raise Fault("change() needs absolute or relative", step.position)
    return Analysis(step.name, arguments, keywords, step.position)
