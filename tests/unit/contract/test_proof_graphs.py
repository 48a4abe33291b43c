"""The proof of what dashboards and objectives ask."""

from __future__ import annotations

from typing import Any

import pytest

from contract.proof import EventQuery, prove_formula, prove_search, prove_slice, prove_slo, prove_variable
from tests.examples import WORLD

HITS = "sum:trace.fastapi.request.hits{env:production}.as_count()"
ERRORS = "sum:trace.fastapi.request.errors{env:production}.as_count()"
QUERIES = {"hits": HITS, "errors": ERRORS}


def test_a_formula_in_its_unit_is_proved() -> None:
    assert prove_formula("errors / hits * 100", QUERIES, WORLD, unit="percent", limits=[5, 2]) == []
    assert prove_formula("errors / hits", QUERIES, WORLD, unit="fraction", limits=[0.05]) == []
    assert prove_formula("hits", {"hits": HITS}, WORLD, unit="request") == []


@pytest.mark.parametrize(
    ("formula", "changes", "given", "finding"),
    [
        ("errors / hits", {}, {"unit": "percent"}, "it is fraction, but shown as percent"),
        ("errors / hits", {}, {"limits": [5]}, "5 is never reached"),
        ("errors / hits", {}, {"unit": "second"}, "but shown as second"),
        ("error / hits", {}, {}, "the formula refers to error, which is no query"),
        ("hits", {}, {}, "the formula does not use errors"),
        ("errors / ", {}, {}, "dangling /"),
        ("errors / hits", {"hits": HITS.replace("hits{", "hitz{")}, {}, "hits: nobody emits the metric"),
        ("errors / hits", {"hits": HITS.replace("env:", "$")}, {}, "is a variable of dashboards"),
        ("errors + hits", {"hits": "avg:redis.mem.used{*}"}, {}, "adds or subtracts a number of things and bytes"),
        (
            "errors / hits",
            {"hits": HITS.replace("}.", "} by {host}."), "errors": ERRORS.replace("}.", "} by {service}.")},
            {},
            "both need the same",
        ),
    ],
)
def test_a_formula_that_is_not(formula: str, changes: dict[str, str], given: dict[str, Any], finding: str) -> None:
    findings = prove_formula(formula, QUERIES | changes, WORLD, **given)
    assert any(finding in found for found in findings), findings


def test_searches_take_part_in_formulas() -> None:
    errors = EventQuery(source="rum", search="@type:error")
    views = EventQuery(source="rum", search="@type:view")
    queries = {"errors": errors, "views": views}
    assert prove_formula("errors / views", queries, WORLD) == []
    slow = EventQuery(source="spans", search="service:genonaut-api", method="pc95", measure="@duration")
    assert prove_formula("slow / 1000000000", {"slow": slow}, WORLD, unit="second", limits=[2]) == []
    assert prove_formula("slow", {"slow": slow}, WORLD, unit="second") == ["it is nanoseconds, but shown as second"]
    people = EventQuery(source="rum", search="", method="cardinality", measure="@usr.id")
    assert prove_formula("people", {"people": people}, WORLD, unit="user") == []


@pytest.mark.parametrize(
    ("query", "unit", "per", "shown"),
    [
        ("avg:redis.mem.used{*}", "request", None, "it is bytes, but shown as request"),
        ("sum:system.net.bytes_rcvd{*}", "byte", None, "it is bytes per second, but shown as byte"),
        (HITS, "request", "second", "it is a number of things, but shown as request per second"),
        ("sum:system.net.bytes_rcvd{*}", "byte", "second", None),
        (HITS.replace("as_count", "as_rate"), "request", "second", None),
    ],
)
def test_rates_and_numbers_are_shown_as_what_they_are(
    query: str, unit: str, per: str | None, shown: str | None
) -> None:
    found = prove_formula("value", {"value": query}, WORLD, unit=unit, per=per)
    assert found == ([shown] if shown else [])


def test_an_objective_of_events_is_proved() -> None:
    assert prove_slo(f"{HITS} - {ERRORS}", HITS, WORLD) == []
    counted = "count(v: v<0.5):pagination.query.duration{env:production}.as_count()"
    assert prove_slo(counted, counted.replace("v<0.5", "v>=0"), WORLD) == []


@pytest.mark.parametrize(
    ("good", "total", "finding"),
    [
        ("avg:redis.mem.used{*}", HITS, "good: redis.mem.used is a gauge: an objective counts events"),
        (HITS.replace(".as_count()", ".as_rate()"), HITS, "good: trace.fastapi.request.hits is not counted"),
        ("sum:trace.fastapi.request{*}", HITS, "count its values with count:"),
        (HITS, HITS.replace("production", "prod"), "total: trace.fastapi.request.hits: env:prod is not sent from here"),
        (HITS, HITS.replace("}.", "} by {service}."), "grouped differently"),
        (f"{HITS} - ", HITS, "good: dangling -"),
        (HITS, HITS.replace("env:production", "*"), "total: trace.fastapi.request.hits is read of all environments"),
    ],
)
def test_an_objective_of_events_that_is_not(good: str, total: str, finding: str) -> None:
    findings = prove_slo(good, total, WORLD)
    assert any(finding in found for found in findings), findings


def test_an_objective_of_time() -> None:
    query = "p95:trace.fastapi.request{env:production}"
    assert prove_slice(query, "<", 2, WORLD) == []
    assert any(
        "all environments" in found for found in prove_slice(query.replace("env:production", "*"), "<", 2, WORLD)
    )
    assert any("2000 is never reached" in found for found in prove_slice(query, "<", 2000, WORLD))


def test_searches_of_widgets_and_of_metrics_made_from_events() -> None:
    assert prove_search("logs", "$env status:error", WORLD, group_by=["service"], variables={"env": "env"}) == []
    assert (
        prove_search("spans", "service:genonaut-api @duration:>1000000000", WORLD, measure=("pc95", "@duration")) == []
    )
    assert any("no @oops" in found for found in prove_search("rum", "@type:view", WORLD, group_by=["@oops"]))
    assert any("no number" in found for found in prove_search("rum", "*", WORLD, measure=("avg", "@view.name")))
    assert any("there is no variable" in found for found in prove_search("logs", "$x", WORLD, variables={}))
    assert any("dangling" in found for found in prove_search("logs", "a AND", WORLD))


@pytest.mark.parametrize(
    ("key", "default", "finding"),
    [
        ("env", "production", None),
        ("env", "*", None),
        ("service", "genonaut-api", None),
        ("pod_name", "anything", None),
        ("@view.name", "/", None),
        ("env", "prod", "this environment is production"),
        ("service", "genonaut-apo", "did you mean genonaut-api?"),
        ("deployment", "*", "carries no tag deployment: did you mean kube_deployment?"),
    ],
)
def test_template_variables_choose_something(key: str, default: str, finding: str | None) -> None:
    findings = prove_variable(key, default, WORLD)
    assert findings == [] if finding is None else any(finding in found for found in findings), findings
