"""What Datadog refuses, or draws as an empty graph: the reason is plain and the caret is in the right place."""

from __future__ import annotations

import pytest

from contract.query import QueryError, parse_formula, parse_metric, parse_monitor, parse_search


@pytest.mark.parametrize(
    ("query", "reason", "at"),
    [
        ("", "the query is empty", ""),
        ("  ", "the query is empty", "  "),
        ('"avg(last_5m):avg:a{*} > 1"', "whole query stands in quotation marks", '"avg'),
        ("'avg(last_5m):avg:a{*} > 1'", "whole query stands in quotation marks", "'avg"),
        ('"avg:a{*}"', "whole query stands in quotation marks", '"avg'),
        ("avg(last_0m):avg:a{*} > 1", "'last_0m' is a window of zero", "last_0m"),
        ("avg(last_5x):avg:a{*} > 1", "no legal unit", "last_5x"),
        ("avg(last_30s):avg:a{*} > 1", "no legal unit", "last_30s"),
        ("avg(last_731h):avg:a{*} > 1", "too long: at most 730 hours", "last_731h"),
        ("avg(5m):avg:a{*} > 1", "'5m' is no window", "5m"),
        ("avg(current_2d):avg:a{*} > 1", "current_1d", "current_2d"),
        ("change(avg(last_5m),0h_ago):avg:a{*} > 1", "window of zero", "0h_ago"),
        ("change(avg(last_5m),1mo_ago):avg:a{*} > 1", "no legal unit", "1mo_ago"),
        ("last(last_5m):avg:a{*} > 1", "unknown time aggregator 'last'", "last("),
        ("avg(last_5m):mean:a{*} > 1", "unknown space aggregator 'mean'", "mean"),
        ("avg(last_5m):clamp(avg:a{*}, 1) > 1", "unknown function 'clamp': did you mean clamp_min?", "clamp("),
        ("avg(last_5m):autosmooth(avg:a{*}) > 1", "cannot be used in monitors", "autosmooth"),
        ("avg(last_5m):avg:a{*}.as_counts() > 1", "unknown modifier 'as_counts': did you mean as_count?", ".as_counts"),
        ("avg(last_5m):avg:a{*}.rollup(mean, 60) > 1", "unknown rollup method 'mean'", "mean"),
        ("avg(last_5m):avg:a{*}.rollup(avg, 0) > 1", "more than 0 seconds", "0)"),
        ("avg(last_5m):avg:a{*}.rollup(avg, hourly) > 1", "unknown rollup interval 'hourly'", "hourly"),
        ("avg(last_5m):avg:a{*}.fill(next) > 1", "unknown fill method 'next'", "next"),
        ("avg(last_5m):avg:a{*}.as_count(1) > 1", ".as_count() takes nothing", "1)"),
        ("avg(last_4h):anomalies(avg:a{*}, 'fast', 2) >= 1", "unknown algorithm of anomalies() 'fast'", "'fast'"),
        ("avg(last_4h):anomalies(avg:a{*}, 'basic', 2, direction='up') >= 1", "unknown direction", "'up'"),
        ("avg(last_4h):anomalies(avg:a{*}, 'basic', 2, alert_window='last_0m') >= 1", "window of zero", "'last_0m'"),
        ("avg(last_4h):anomalies(avg:a{*}, 'basic', 2, windows=3) >= 1", "no argument 'windows'", "windows"),
        ("max(next_1w):forecast(avg:a{*}, 'cubic', 1) >= 1", "unknown algorithm of forecast() 'cubic'", "'cubic'"),
        ("max(next_1w):forecast(cumsum(avg:a{*}), 'linear', 1) >= 1", "cannot be used inside forecast()", "cumsum"),
        ("avg(last_5m):outliers(avg:a{*}, 'kmeans', 2) > 0", "unknown algorithm of outliers() 'kmeans'", "'kmeans'"),
        ("avg(last_5m):abs(avg:a{*}, 2) > 0", "abs() takes (series), not 2 arguments", "abs"),
        ("avg(last_5m):clamp_min(avg:a{*}, 'x') > 0", "must be a number", "'x'"),
        ("avg(last_5m):top(1, 2, 'best', 'desc') > 0", "unknown method of top() 'best'", "'best'"),
        ("avg(last_5m):avg:a{} > 1", "the scope is empty: write {*}", "}"),
        ("avg(last_5m):avg:a > 1", "expected", ">"),
        ("avg(last_5m):a > 1", "'a' has no scope", "a >"),
        ("avg(last_5m):avg:a{*} by {} > 1", "the group-by is empty", "}"),
        ("avg(last_5m):avg:a{*} by {host:x} > 1", "'host:x' is no tag key", "host:x"),
        ("avg(last_5m):avg:a{*} by {host,} > 1", "dangling ,", "}"),
        ("avg(last_5m):avg:a{env:prod AND} > 1", "dangling AND", "}"),
        ("avg(last_5m):avg:a{env:prod AND } > 1", "dangling AND", "}"),
        ("avg(last_5m):avg:a{env:prod OR } > 1", "dangling OR", "}"),
        ("avg(last_5m):avg:a{NOT } > 1", "dangling NOT", "}"),
        ("avg(last_5m):avg:a{env:prod,} > 1", "dangling ,", "}"),
        ("avg(last_5m):avg:a{env:} > 1", "'env:' is half a tag", "env:"),
        ("avg(last_5m):avg:a{!a:b AND c:d} > 1", "cannot stand in one scope", "!a:b"),
        ("avg(last_5m):avg:a{env:prod x:y} > 1", "found 'x'", "x:y"),
        ("avg(last_5m):avg:a{env:prod > 1", "unbalanced: this '{' is never closed", "{env"),
        ("avg(last_5m):(avg:a{*} + 1 > 1", "unbalanced", "("),
        ("avg(last_5m):avg:a{*}) > 1", "unbalanced: this ')' closes nothing", ") > 1"),
        ("avg(last_5m):avg:a{*} + > 1", "dangling +", "> 1"),
        ("avg(last_5m):avg:a{*}", "expected", ""),
        ("avg(last_5m):avg:a{*} => 1", "expected", "=> 1"),
        ("avg(last_5m):avg:a{*} > 1 extra", "found 'extra'", "extra"),
        ("avg(last_5m):avg:a{*} > 1e999", "too large a number", "1e999"),
        ("median(avg(last_5m),last_1h):avg:a{*} > 1", "unknown change 'median'", "median"),
        ("avg(last_5m):sum(avg:a{*} by {x}, {}) > 1", "empty", "}"),
        ("avg(last_5m):avg:a{AND env:prod} > 1", "dangling AND: a tag must stand before it", "AND"),
        ("avg(last_5m):avg:a{x:y AND or z:w} > 1", "dangling OR: a tag must stand before it", "or"),
        ("avg(last_5m):avg:a{(IN (x))} > 1", "dangling IN: a tag must stand before it", "IN"),
        ("avg(last_5m):avg:a{*}.as_count().as_rate() > 1", "one of as_count() and as_rate()", ".as_rate"),
        ("avg(last_5m):2 * (1 + 1) > 1", "the query reads no metric", "2 *"),
    ],
)
def test_metric_monitors(query: str, reason: str, at: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse_monitor("query alert", query)
    assert reason in caught.value.reason
    assert query[caught.value.position :].startswith(at)
    if not at:
        assert caught.value.position == len(query)


@pytest.mark.parametrize(
    ("kind", "query", "reason"),
    [
        ("log alert", "query", "expected"),
        ("log alert", "logs('a').index('*').rollup('count').last('5m') > 5", "single quotes are refused"),
        ("log alert", 'logs("a AND").last("5m") > 5', "dangling AND"),
        ("log alert", 'logs("OR a").last("5m") > 5', "dangling OR"),
        ("log alert", 'logs("(a").last("5m") > 5', "unbalanced"),
        ("log alert", 'logs("a").last("0m") > 5', "window of zero"),
        ("log alert", 'logs("a").last("5x") > 5', "no legal unit"),
        ("log alert", 'logs("a").last("3d") > 5', "at most 48 hours"),
        ("log alert", 'logs("a").rollup("count") > 5', "no window"),
        ("log alert", 'logs("a").rollup("mean", "@x").last("5m") > 5', "unknown rollup method 'mean'"),
        ("log alert", 'logs("a").rollup("avg").last("5m") > 5', '.rollup("avg") needs what to measure'),
        ("log alert", 'logs("a").rollup("count", "").last("5m") > 5', "needs what to measure"),
        ("log alert", 'logs("a").roll("count").last("5m") > 5', "unknown step 'roll': did you mean rollup?"),
        ("log alert", 'logs("a").by("").last("5m") > 5', ".by() is empty"),
        ("log alert", 'logs("a").last("5m").last("5m") > 5', "given twice"),
        ("log alert", 'logs("a").last("5m")', "compares with nothing"),
        ("log alert", 'rum("a").last("5m") > 1', "unknown source of a 'log alert' 'rum'"),
        ("log alert", '"logs("a").last("5m") > 1"', "whole query stands in quotation marks"),
        ("rum alert", 'formula("a +").last("5m") > 1', "dangling +"),
        ("rum alert", 'formula("avg:a{*}").last("5m") > 1', "a formula names its queries"),
        ("rum alert", 'formula("nosuch(a)").last("5m") > 1', "unknown function 'nosuch'"),
        ("cost alert", 'formula("a").last("30d").anomaly(direction="up") > 6', "direction"),
        ("cost alert", 'logs("a").last("5m") > 1', "is a formula"),
        ("service check", '"http.can_connect".over("*").last(2).count_by_status()', "needs a grouping"),
        ("service check", '"http.can_connect".over().by("*").last(2).count_by_status()', ".over() is empty"),
        ("service check", '"http.can_connect".by("*").last(2).count_by_status()', "needs .over(…)"),
        ("service check", '"http.can_connect".over("*").by("*").last(101).count_by_status()', "from 1 to 100"),
        ("service check", '"http.can_connect".over("*").by("*").last(2)', "ends with .count_by_status()"),
        (
            "service check",
            '"http.can_connect".over("*").by("*").last(2).count_by_status() > 3',
            "thresholds of its options",
        ),
        ("slo alert", 'error_budget("abc").over("14d") > 75', "unknown target window '14d'"),
        ("slo alert", 'error_budget("abc").over("7d") < 75', "unknown operator of an SLO alert '<'"),
        ("slo alert", 'burn_rate("abc").over("7d").long_window("1h") > 5', "needs .short_window"),
        ("slo alert", 'burn_rate("abc").over("7d").long_window("1h").short_window("1h") > 5', "shorter than the long"),
        ("slo alert", 'burn_rate("abc").over("7d").long_window("49h").short_window("1h") > 5', "at most 48 hours"),
        ("slo alert", 'burn_rate("").over("7d").long_window("1h").short_window("5m") > 5', "id of an SLO"),
        ("composite", "1 && ", "dangling &&"),
        ("composite", " || ".join(map(str, range(11))), "at most 10 members"),
        ("composite", "1 && a", "found 'a'"),
        ("composite", "1 2", "expected &&"),
        ("composite", "1 and 2", "or ||, found 'and'"),
        ("", "avg(last_5m):avg:a{*} > 1", "the parameter 'type' is required"),
        ("query alarm", "avg(last_5m):avg:a{*} > 1", "unknown monitor type 'query alarm'"),
        ("synthetics alert", "x", "synthetic tests"),
    ],
)
def test_other_monitors(kind: str, query: str, reason: str) -> None:
    with pytest.raises(QueryError, match=r".") as caught:
        parse_monitor(kind, query)
    assert reason in caught.value.reason


def test_graphs_take_neither_windows_nor_comparisons() -> None:
    for query in ("avg(last_5m):avg:a{*} > 1", "avg:a{*} > 1"):
        with pytest.raises(QueryError):
            parse_metric(query)
    with pytest.raises(QueryError):
        parse_formula("query1 > 5")


def test_the_error_shows_the_query_with_a_caret() -> None:
    query = "avg(last_5m):\n  avg:a{*} +\n  nosuch(avg:b{*})\n> 1"
    with pytest.raises(QueryError) as caught:
        parse_monitor("query alert", query)
    reason, line, caret = str(caught.value).splitlines()
    assert "unknown function 'nosuch'" in reason
    assert line[caret.index("^") :].startswith("nosuch(")
    assert caught.value.query == query


def test_the_error_of_a_long_line_shows_the_part_around_the_caret() -> None:
    query = " + ".join(["avg:a{*}"] * 50) + " + nosuch(1)"
    with pytest.raises(QueryError) as caught:
        parse_metric(query)
    _, line, caret = str(caught.value).splitlines()
    assert len(line) < 200
    assert line[caret.index("^") :].startswith("nosuch(")


def test_positions_inside_a_search_count_from_the_start_of_the_query() -> None:
    query = 'logs("service:api (x").last("5m") > 5'
    with pytest.raises(QueryError) as caught:
        parse_monitor("log alert", query)
    assert query[caught.value.position :].startswith("(x")
    with pytest.raises(QueryError) as alone:
        parse_search("service:api (x")
    assert alone.value.position == caught.value.position - len('logs("')
