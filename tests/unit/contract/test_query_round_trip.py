"""Printing a tree and parsing it again gives the same tree; no text makes the parsers fail in any other way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.query import (
    QueryError,
    check_options,
    explain,
    parse_formula,
    parse_metric,
    parse_monitor,
    parse_search,
    selections,
    to_text,
)
from contract.query.metric import (
    Arithmetic,
    Function,
    Membership,
    MetricMonitor,
    MetricSelection,
    Modifier,
    NestedAggregation,
    Number,
    Signed,
    Tag,
)
from contract.query.monitor import MONITOR_TYPES
from contract.query.search import Attribute, Limit, Phrase, Range, Search, Term
from contract.query.tree import And, Comparison, Everything, Not, Or, TemplateVariable, Window

names = st.from_regex(r"[a-z][a-z0-9_]{0,6}(\.[a-z0-9_]{1,5})?", fullmatch=True).filter(
    lambda name: name not in {"and", "or", "not", "in", "by"}
)
values = st.from_regex(r"[a-z0-9/*$][a-z0-9/*._-]{0,6}", fullmatch=True)
numbers = st.floats(min_value=0, max_value=1e12).map(lambda value: round(value, 3))

tags = st.one_of(
    st.just(Everything()),
    st.builds(TemplateVariable, names),
    st.builds(Tag, names, values),
)


def words(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    operands = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(st.builds(Not, inner), st.builds(And, operands), st.builds(Or, operands))


symbolic = st.one_of(
    tags,
    st.builds(
        And,
        st.lists(tags | st.builds(Not, tags, st.just(True)), min_size=2, max_size=4).map(tuple),
        st.just(True),
    ),
)
memberships = st.builds(Membership, names, st.lists(values, min_size=1, max_size=3).map(tuple), st.booleans())
scopes = symbolic | st.recursive(tags | memberships, words, max_leaves=6)
counting = st.sampled_from([Modifier("as_count"), Modifier("as_rate")])
others = st.sampled_from([Modifier("rollup", ("sum", 60.0)), Modifier("fill", ("zero",))])
modifiers = st.tuples(st.lists(counting, max_size=1), st.lists(others, max_size=1)).map(lambda two: (*two[0], *two[1]))
keys = st.lists(names, min_size=1, max_size=3).map(tuple)
metrics = st.builds(
    MetricSelection,
    st.sampled_from([None, "avg", "sum", "p95"]),
    names,
    scopes,
    st.just(()) | keys,
    modifiers,
)


def computed(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(
        st.builds(Arithmetic, st.sampled_from("+-*/"), inner, inner),
        st.builds(Signed, st.sampled_from("+-"), inner),
        st.builds(Function, st.sampled_from(["abs", "default_zero"]), st.tuples(inner)),
        st.builds(Function, st.just("clamp_min"), st.tuples(inner, numbers.map(lambda value: -value))),
        st.builds(NestedAggregation, st.sampled_from(["sum", "p99"]), inner, keys),
    )


expressions = st.recursive(metrics | st.builds(Number, numbers), computed, max_leaves=8)
monitors = st.builds(
    MetricMonitor,
    st.sampled_from(["avg", "max", "percentile"]),
    st.builds(Window, st.just("last"), st.integers(1, 600), st.just("m")),
    expressions.filter(lambda tree: any(selections(tree))),
    st.builds(Comparison, st.sampled_from([">", ">=", "<", "<=", "==", "!="]), numbers | st.none()),
)

search_values = st.one_of(
    st.builds(Term, st.from_regex(r"[a-z0-9*][a-z0-9:/*.-]{0,6}", fullmatch=True)),
    st.builds(Phrase, st.text("ab (){}[]:'-", max_size=8)),
    st.builds(Limit, st.sampled_from([">", ">=", "<", "<="]), st.integers(0, 99).map(str)),
    st.builds(Range, st.just("1"), st.just("*"), st.booleans()),
)
search_terms = st.one_of(
    st.builds(Attribute, names.map(lambda name: f"@{name}"), search_values),
    st.builds(Phrase, st.text("ab (){}[]:'-", max_size=8)),
    st.builds(Term, st.from_regex(r"[a-z][a-z0-9/*.-]{0,6}", fullmatch=True)),
)
searches = st.recursive(search_terms, words, max_leaves=6)


@settings(deadline=None)
@given(expressions)
def test_metric_queries(tree: Any) -> None:
    assert parse_metric(to_text(tree)) == tree
    assert explain(tree)


@settings(deadline=None)
@given(monitors)
def test_metric_monitors(tree: MetricMonitor) -> None:
    text = to_text(tree)
    assert parse_monitor("query alert", text) == tree
    assert explain(tree).endswith(".")


@settings(deadline=None)
@given(searches)
def test_searches(tree: Search) -> None:
    text = to_text(tree)
    assert parse_search(text) == tree
    escaped = text.replace('"', '\\"')
    monitor: Any = parse_monitor("log alert", f'logs("{escaped}").last("5m") > 1')
    assert monitor.search == tree
    assert parse_monitor("log alert", to_text(monitor)) == monitor


READERS: tuple[Callable[[str], Any], ...] = (parse_metric, parse_formula, parse_search)
FRAGMENTS = (
    "avg(last_5m):|sum:a.b{|env:prod|!|*|} by {|host|}|.rollup(|max, 60|)|.as_count()| AND | OR | NOT | IN (|(|,|'|\"|"
    '\\|\\"|$x|-|+|/| > |5|0|1e400|threshold|logs("|").|last("5m")|formula("|")|anomalies(|\'basic\'|direction=|'
    '[1 TO 2]|@a:|<|&&|\u00e9|\u0663|\x1c|\n|\x00|burn_rate("|.over("|.by("|count(v: v>=1):|CIDR('
).split("|")
texts = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join))


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(sorted(MONITOR_TYPES)), texts)
def test_any_text_is_a_monitor_or_a_query_error(kind: str, text: str) -> None:
    def read(query: str) -> Any:
        return parse_monitor(kind, query)

    tree = accepted(read, text)
    if tree is not None:
        check_options(tree, {"thresholds": {"critical": 1}})


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(READERS), texts)
def test_any_text_is_a_query_or_a_query_error(read: Callable[[str], Any], text: str) -> None:
    accepted(read, text)


def accepted(read: Callable[[str], Any], text: str) -> Any:
    """Parse; whatever is accepted must survive printing, and whatever is refused must say where."""
    refusal = None
    tree = None
    try:
        tree = read(text)
    except QueryError as error:
        refusal = error
    if refusal is not None:
        assert 0 <= refusal.position <= len(text)
        assert str(refusal)
        return None
    assert read(to_text(tree)) == tree
    assert explain(tree)
    return tree


@pytest.mark.parametrize(
    ("query", "printed"),
    [
        ("avg:a{env:prod,!x:y}  by{b , c}.rollup( sum ,60 )", "avg:a{env:prod,!x:y} by {b,c}.rollup(sum, 60)"),
        ("avg:a{( a:b OR c:d )and e:f}", "avg:a{(a:b OR c:d) AND e:f}"),
        ("1-(2-3)-4*(5+6)", "1 - (2 - 3) - 4 * (5 + 6)"),
        ("((avg:a{*}))/(2*3)", "avg:a{*} / (2 * 3)"),
        ("timeshift(avg:a{*},-3600)", "timeshift(avg:a{*}, -3600)"),
    ],
)
def test_printing_is_canonical(query: str, printed: str) -> None:
    assert to_text(parse_metric(query)) == printed
