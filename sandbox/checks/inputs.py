"""Inputs against the SDK's own description of a type: unknown, missing and mistyped properties."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sandbox.checks.problem import Problem, did_you_mean
from sandbox.paths import join
from sandbox.schema.model import Package, Property, TypeExpr
from sandbox.wire import ASSETS, SIGNATURE, UNKNOWN, Secret

SCALARS: dict[str, Callable[[Any], bool]] = {
    "any": lambda _: True,
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
}


class InputCheck:
    """Checks values against the types of one package."""

    def __init__(self, package: Package) -> None:
        self._package = package

    def check(self, properties: Mapping[str, Property], values: Mapping[str, Any], path: str = "") -> list[Problem]:
        """All problems of an object's members; secrets are looked into but never quoted."""
        return list(self._members(properties, values, path))

    def _members(self, properties: Mapping[str, Property], values: Mapping[str, Any], path: str) -> Iterator[Problem]:
        for name, value in values.items():
            if name.startswith("__") or value is None:
                continue
            if name not in properties:
                yield Problem(join(path, name), f"no such property{did_you_mean(name, properties)}")
            else:
                yield from self._value(properties[name].type, value, join(path, name))
        for name, known in properties.items():
            if known.required and values.get(name) is None:
                yield Problem(join(path, name), f"is required ({self._say(known.type)})")

    def _value(self, expected: TypeExpr, value: Any, path: str, *, secret: bool = False) -> Iterator[Problem]:
        if isinstance(value, Secret):
            yield from self._value(expected, value.value, path, secret=True)
        elif value == UNKNOWN or value is None or (isinstance(value, dict) and value.get(SIGNATURE) in ASSETS):
            return
        elif isinstance(expected, str):
            if not SCALARS.get(expected, SCALARS["any"])(value):
                yield self._mistyped(expected, value, path, secret=secret)
        elif "const" in expected:
            if value not in expected["const"]:
                allowed = ", ".join(repr(each) for each in expected["const"])
                given = "this value" if secret else repr(value)
                yield Problem(path, f"{given} is not allowed; one of {allowed}")
        elif "union" in expected:
            options = [list(self._value(each, value, path, secret=secret)) for each in expected["union"]]
            if all(options):
                yield (
                    min(options, key=len)[0]
                    if isinstance(value, dict | list)
                    else self._mistyped(expected, value, path, secret=secret)
                )
        else:
            yield from self._nested(expected, value, path, secret=secret)

    def _nested(self, expected: dict[str, Any], value: Any, path: str, *, secret: bool) -> Iterator[Problem]:
        if "array" in expected and isinstance(value, list):
            for index, each in enumerate(value):
                yield from self._value(expected["array"], each, f"{path}[{index}]", secret=secret)
        elif "map" in expected and isinstance(value, dict):
            for name, each in value.items():
                yield from self._value(expected["map"], each, join(path, name), secret=secret)
        elif "ref" in expected and isinstance(value, dict):
            yield from self._members(self._package.types[expected["ref"]], value, path)
        else:
            yield self._mistyped(expected, value, path, secret=secret)

    def _mistyped(self, expected: TypeExpr, value: Any, path: str, *, secret: bool) -> Problem:
        given = "" if secret or isinstance(value, dict | list) else f" {value!r}"
        return Problem(path, f"must be {self._say(expected)}, not {_kind(value)}{given}")

    def _say(self, expected: TypeExpr) -> str:
        if isinstance(expected, str):
            return {"integer": "a whole number", "any": "a value"}.get(expected, f"a {expected}")
        if "array" in expected:
            return "a list"
        if "const" in expected:
            return " or ".join(repr(each) for each in expected["const"])
        if "union" in expected:
            return " or ".join(self._say(each) for each in expected["union"])
        return "an object"


def _kind(value: Any) -> str:
    names = (
        (bool, "the boolean"),
        (int | float, "the number"),
        (str, "the string"),
        (list, "a list"),
        (dict, "an object"),
    )
    return next((name for kind, name in names if isinstance(value, kind)), "nothing")
