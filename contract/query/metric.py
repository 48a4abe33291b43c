"""The tree of metric queries: what a metric monitor, a dashboard graph or an SLO reads, and how it computes with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from contract.query.tree import And, Comparison, Everything, Not, Or, TemplateVariable, Window, offset

__all__ = [
    "And",
    "Arithmetic",
    "Change",
    "Everything",
    "Expression",
    "Function",
    "Membership",
    "MetricExpression",
    "MetricMonitor",
    "MetricSelection",
    "Modifier",
    "NestedAggregation",
    "Not",
    "Number",
    "Or",
    "Reference",
    "Scope",
    "SeriesList",
    "Signed",
    "Tag",
    "TemplateVariable",
    "ValueFilter",
]


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag a series must carry: `key:value`, or a bare `value` with key None.

    The value may hold wildcards (`*`) and template variables (`$service.value`).
    """

    key: str | None
    value: str
    position: int = offset()

    @property
    def is_pattern(self) -> bool:
        """Tell whether the value stands for more than itself."""
        return "*" in self.value or "$" in self.value


@dataclass(frozen=True, slots=True)
class Membership:
    """A tag key with one of several values, or with none of them: `key IN (a, b)`, `key NOT IN (a, b)`."""

    key: str
    values: tuple[str, ...]
    negated: bool = False
    position: int = offset()


Scope: TypeAlias = Everything | Tag | TemplateVariable | Membership | And | Or | Not
Condition: TypeAlias = Everything | Tag | TemplateVariable | Membership


@dataclass(frozen=True, slots=True)
class Modifier:
    """What a selection is sent through before any function: `.rollup(max, 60)` has the arguments "max" and 60.0."""

    name: str
    arguments: tuple[str | float, ...] = ()
    position: int = offset()


@dataclass(frozen=True, slots=True)
class ValueFilter:
    """Which values of a distribution are counted: `count(v: v>=10)`."""

    operator: str
    threshold: float
    position: int = offset()


@dataclass(frozen=True, slots=True)
class MetricSelection:
    """One metric with its scope and grouping: `avg:system.cpu.user{env:prod} by {host}.rollup(max, 60)`.

    `space_aggregator` is None where the query leaves it out; Datadog then takes the average.
    """

    space_aggregator: str | None
    metric: str
    scope: Scope
    group_by: tuple[str, ...] = ()
    modifiers: tuple[Modifier, ...] = ()
    value_filter: ValueFilter | None = None
    position: int = offset()

    def conditions(self) -> tuple[tuple[Condition, bool], ...]:
        """List every condition of the scope, left to right, each with True where it is negated."""
        found: list[tuple[Condition, bool]] = []
        pending: list[tuple[Scope, bool]] = [(self.scope, False)]
        while pending:
            node, negated = pending.pop()
            if isinstance(node, Not):
                pending.append((node.operand, not negated))
            elif isinstance(node, And | Or):
                pending.extend((operand, negated) for operand in reversed(node.operands))
            elif isinstance(node, Membership):
                found.append((node, negated != node.negated))
            else:
                found.append((node, negated))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Number:
    """A constant in an expression."""

    value: float
    position: int = offset()


@dataclass(frozen=True, slots=True)
class Reference:
    """A formula's variable: the name of a query defined beside it."""

    name: str
    position: int = offset()


@dataclass(frozen=True, slots=True)
class Signed:
    """An expression with a sign before it, `-` or `+`."""

    sign: str
    operand: Expression
    position: int = offset()


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Two series combined point by point with `+`, `-`, `*` or `/`."""

    operator: str
    left: Expression
    right: Expression
    position: int = offset()


@dataclass(frozen=True, slots=True)
class Function:
    """A function over a series. `arguments` holds series as expressions, numbers as floats and words as strings."""

    name: str
    arguments: tuple[Expression | str | float, ...]
    keywords: tuple[tuple[str, str | float], ...] = ()
    position: int = offset()

    def keyword(self, name: str) -> str | float | None:
        """Return the value of a keyword argument, None where it is not given."""
        return dict(self.keywords).get(name)


@dataclass(frozen=True, slots=True)
class NestedAggregation:
    """A further space aggregation of an already grouped series: `sum(max:m{*} by {a,b}, {b})`."""

    aggregator: str
    operand: Expression
    group_by: tuple[str, ...]
    position: int = offset()


@dataclass(frozen=True, slots=True)
class SeriesList:
    """Several expressions on one graph, separated by commas."""

    expressions: tuple[Expression, ...]
    position: int = offset()


Expression: TypeAlias = MetricSelection | Number | Reference | Signed | Arithmetic | Function | NestedAggregation
MetricExpression: TypeAlias = Expression | SeriesList


@dataclass(frozen=True, slots=True)
class Change:
    """Compares the expression with itself earlier. `kind` is change (difference) or pct_change (percent)."""

    kind: str
    shift: Window
    position: int = offset()


@dataclass(frozen=True, slots=True)
class MetricMonitor:
    """The query of a metric monitor: one number per group over a window, and what it is compared with."""

    time_aggregator: str
    window: Window
    expression: Expression
    comparison: Comparison
    change: Change | None = None
    position: int = offset()
