"""Explains metric queries."""

from __future__ import annotations

from contract.query import metric
from contract.query.text import number_text
from contract.query.tree import And, Everything, Not, Or
from contract.query.words.core import explain, listed, per_group, span

_AGGREGATORS = {"avg": "average", "max": "maximum", "min": "minimum", "sum": "sum", "count": "number"}
_OPERATORS = {"+": "plus", "-": "minus", "*": "times", "/": "divided by"}
_MODIFIERS = {
    "as_count": "counted",
    "as_rate": "per second",
    "fill": "gaps filled ({})",
    "rollup": "in steps ({})",
    "weighted": "weighted by lifetime",
}
_FUNCTIONS = {
    "abs": "the absolute value of {}",
    "clamp_max": "{}, but at most {}",
    "clamp_min": "{}, but at least {}",
    "count_nonzero": "the number of groups in which {} is not zero",
    "count_not_null": "the number of groups in which {} reports",
    "day_before": "{} a day before",
    "default": "{}, or {} where nothing is reported",
    "default_zero": "{}, or 0 where nothing is reported",
    "diff": "the difference from point to point of {}",
    "exclude_null": "{}, without groups that lack a tag",
    "hour_before": "{} an hour before",
    "month_before": "{} four weeks before",
    "monotonic_diff": "the increase from point to point of {}",
    "week_before": "{} a week before",
}
_ANALYSES = {
    "anomalies": "the share of points of {} outside their usual range",
    "outliers": "groups of {} that differ from the others",
    "forecast": "the forecast of {}",
}


def aggregated(aggregator: str | None) -> str:
    """Name an aggregator: average, 95th percentile."""
    if aggregator is None:
        return "average"
    return _AGGREGATORS.get(aggregator) or f"{aggregator[1:]}th percentile"


@explain.register
def _(tree: metric.MetricMonitor) -> str:
    subject = explain(tree.expression)
    if tree.change:
        kind = "percentage by which" if tree.change.kind == "pct_change" else "amount by which"
        subject = f"the {kind} {subject} differs from {span(tree.change.shift)} earlier"
    if tree.time_aggregator == "percentile":
        watched = subject
    else:
        watched = f"the {aggregated(tree.time_aggregator)} {explain(tree.window)} of {subject}"
    groups = dict.fromkeys(key for keys in _groupings(tree.expression) for key in keys)
    return f"Alerts when {watched} is {explain(tree.comparison)}{per_group(tuple(groups))}."


def _groupings(tree: metric.Expression) -> list[tuple[str, ...]]:
    """List the group-bys that decide how many alerts there are: the outermost on each branch."""
    if isinstance(tree, metric.MetricSelection | metric.NestedAggregation):
        return [tree.group_by]
    if isinstance(tree, metric.Arithmetic):
        return _groupings(tree.left) + _groupings(tree.right)
    if isinstance(tree, metric.Signed):
        return _groupings(tree.operand)
    if isinstance(tree, metric.Function):
        return [keys for item in tree.arguments if not isinstance(item, str | float) for keys in _groupings(item)]
    return []


@explain.register
def _(tree: metric.MetricSelection) -> str:
    head = f"the {aggregated(tree.space_aggregator)} of {tree.metric}"
    if tree.value_filter:
        limit = f"{tree.value_filter.operator} {number_text(tree.value_filter.threshold)}"
        head = f"the number of values of {tree.metric} that are {limit}"
    scope = " over everything" if isinstance(tree.scope, Everything) else f" where {explain(tree.scope)}"
    modifiers = "".join(f", {explain(modifier)}" for modifier in tree.modifiers)
    return f"{head}{scope}{modifiers}"


@explain.register
def _(tree: metric.Modifier) -> str:
    given = " ".join(number_text(item) if isinstance(item, float) else item for item in tree.arguments)
    return _MODIFIERS[tree.name].format(given)


@explain.register
def _(tree: metric.Tag) -> str:
    return tag_words(tree, "is")


def tag_words(tree: metric.Tag, verb: str) -> str:
    """Say that a tag is, or is not, as `verb` puts it."""
    if tree.key is None:
        return f"the tag {tree.value} {verb} present"
    return f"{tree.key} {verb} {'set' if tree.value == '*' else tree.value}"


@explain.register
def _(tree: Not) -> str:
    if isinstance(tree.operand, metric.Tag):
        return tag_words(tree.operand, "is not")
    return f"not {f'({explain(tree.operand)})' if isinstance(tree.operand, And | Or) else explain(tree.operand)}"


@explain.register
def _(tree: metric.Membership) -> str:
    values = listed(tree.values, "or")
    return f"{tree.key} is none of {values}" if tree.negated else f"{tree.key} is {values}"


@explain.register
def _(tree: metric.Number) -> str:
    return number_text(tree.value)


@explain.register
def _(tree: metric.Reference) -> str:
    return tree.name


@explain.register
def _(tree: metric.Signed) -> str:
    return explain(tree.operand) if tree.sign == "+" else f"minus {_part(tree.operand)}"


@explain.register
def _(tree: metric.Arithmetic) -> str:
    return f"{_part(tree.left)} {_OPERATORS[tree.operator]} {_part(tree.right)}"


@explain.register
def _(tree: metric.Function) -> str:
    given = list(map(_argument, tree.arguments))
    if tree.name in _FUNCTIONS:
        return _FUNCTIONS[tree.name].format(*given)
    if tree.name in _ANALYSES:
        settings = [*given[1:], *(f"{name} {_argument(value)}" for name, value in tree.keywords)]
        return f"{_ANALYSES[tree.name].format(given[0])} ({', '.join(settings)})"
    return f"{tree.name}({', '.join(given)})"


@explain.register
def _(tree: metric.NestedAggregation) -> str:
    return f"the {aggregated(tree.aggregator)} of {_part(tree.operand)}"


@explain.register
def _(tree: metric.SeriesList) -> str:
    return "; ".join(map(explain, tree.expressions))


def _argument(item: metric.Expression | str | float) -> str:
    if isinstance(item, float):
        return number_text(item)
    return item if isinstance(item, str) else _part(item)


def _part(tree: metric.Expression) -> str:
    return f"({explain(tree)})" if isinstance(tree, metric.Arithmetic) else explain(tree)
