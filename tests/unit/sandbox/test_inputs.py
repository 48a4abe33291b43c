"""Generated inputs of generated types: sound ones pass, one broken property is named with its path."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.checks.inputs import InputCheck
from sandbox.schema.cache import Schemas
from sandbox.schema.model import Package, Property, TypeExpr
from sandbox.wire import UNKNOWN, Secret

DEPTH = 3
SCALARS: dict[str, st.SearchStrategy[Any]] = {
    "string": st.text(max_size=5),
    "integer": st.integers(-5, 5),
    "number": st.floats(-1, 1) | st.integers(-5, 5),
    "boolean": st.booleans(),
    "any": st.none() | st.integers(),
}
WRONG: dict[str, Any] = {"string": 3, "integer": "three", "number": "three", "boolean": "yes"}
PACKAGES = ["datadog", "sentry", "docker", "kubernetes"]
LEAN = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def values(package: Package, expected: TypeExpr, depth: int) -> st.SearchStrategy[Any]:
    if isinstance(expected, str):
        return SCALARS[expected]
    if "const" in expected:
        return st.sampled_from(expected["const"])
    if "union" in expected:
        return values(package, expected["union"][0], depth)
    if "array" in expected:
        return st.lists(values(package, expected["array"], depth - 1), max_size=2 if depth > 0 else 0)
    if "map" in expected:
        return st.dictionaries(
            st.sampled_from(["a", "b"]), values(package, expected["map"], depth - 1), max_size=2 if depth > 0 else 0
        )
    return objects(package, package.types[expected["ref"]], depth - 1)


def objects(package: Package, properties: dict[str, Property], depth: int) -> st.SearchStrategy[dict[str, Any]]:
    required = {name: values(package, each.type, depth) for name, each in properties.items() if each.required}
    optional = {
        name: values(package, each.type, depth)
        for name, each in list(properties.items())[:6]
        if depth > 0 and not each.required
    }
    return st.fixed_dictionaries(required, optional=optional)


@st.composite
def sound(draw: st.DrawFn, package: Package) -> tuple[dict[str, Property], dict[str, Any]]:
    token = draw(st.sampled_from(sorted(package.resources)))
    properties = package.resources[token].inputs
    return properties, draw(objects(package, properties, DEPTH))


@pytest.mark.parametrize("name", PACKAGES)
def test_sound_inputs_of_any_type_have_no_problem(schemas: Schemas, name: str) -> None:
    package = schemas.package(name)

    @LEAN
    @given(sound(package))
    def holds(case: tuple[dict[str, Property], dict[str, Any]]) -> None:
        properties, inputs = case
        assert InputCheck(package).check(properties, inputs) == []
        assert InputCheck(package).check(properties, dict.fromkeys(inputs, UNKNOWN)) == []

    holds()


@pytest.mark.parametrize("name", PACKAGES)
def test_a_missing_a_misspelt_and_a_mistyped_property_are_all_named_at_once(schemas: Schemas, name: str) -> None:
    package = schemas.package(name)

    @LEAN
    @given(sound(package))
    def holds(case: tuple[dict[str, Property], dict[str, Any]]) -> None:
        properties, inputs = case
        broken, expected = dict(inputs), set()
        required = [each for each in inputs if properties[each].required]
        if required:
            del broken[required[0]]
            expected.add(required[0])
        typed = [each for each in broken if isinstance(properties[each].type, str) and properties[each].type in WRONG]
        if typed:
            broken[typed[0]] = WRONG[properties[typed[0]].type]
            expected.add(typed[0])
        broken["noSuchName"] = 1
        problems = InputCheck(package).check(properties, broken)
        assert {each.path for each in problems} == expected | {"noSuchName"}

    holds()


def test_a_nested_problem_has_its_whole_path_and_a_hint(schemas: Schemas) -> None:
    package = schemas.package("datadog")
    properties = {"monitorThresholds": package.resources["datadog:index/monitor:Monitor"].inputs["monitorThresholds"]}
    (problem,) = InputCheck(package).check(properties, {"monitorThresholds": {"critcal": "1"}})
    assert str(problem).startswith("monitorThresholds.critcal: no such property; did you mean 'critical'")


def test_a_mistyped_secret_is_not_quoted(schemas: Schemas) -> None:
    package = schemas.package("datadog")
    properties = {"tags": Property({"array": "integer"}, required=True)}
    (problem,) = InputCheck(package).check(properties, {"tags": Secret(["hunter2"])})
    assert problem.path == "tags[0]"
    assert "hunter2" not in str(problem)


def test_numbers_for_texts_and_texts_for_booleans_are_refused(schemas: Schemas) -> None:
    package = schemas.package("datadog")
    properties = {"priority": Property("string", required=True), "validate": Property("boolean", required=False)}
    assert [str(each) for each in InputCheck(package).check(properties, {"priority": 3, "validate": "false"})] == [
        "priority: must be a string, not the number 3",
        "validate: must be a boolean, not the string 'false'",
    ]
