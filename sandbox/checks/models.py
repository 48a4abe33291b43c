"""A request body against an official `datadog-api-client` model: every problem at once, with its path.

The client itself stops at the first problem and lets unknown members pass, so its models' own descriptions are
walked here.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from datadog_api_client.model_utils import ModelComposed, ModelSimple, OpenApiModel, UnparsedObject

from sandbox.checks.known import is_unknown
from sandbox.checks.problem import Problem, did_you_mean

NAMES = {
    str: "a string",
    int: "a whole number",
    float: "a number",
    bool: "a boolean",
    list: "a list",
    dict: "an object",
}
TEXT = (UUID, date, datetime)
"""Types that are strings on the wire."""


def check_model(model: type[OpenApiModel], body: Any, path: str = "") -> list[Problem]:
    """All problems of a JSON body; paths use the API's own names."""
    return list(_object(model, body, path))


def _object(model: Any, body: Any, path: str) -> Iterator[Problem]:
    if is_unknown(body):
        return
    if issubclass(model, ModelSimple):
        yield from _simple(model, body, path)
    elif issubclass(model, ModelComposed):
        yield from _one_of(model, body, path)
    elif not isinstance(body, Mapping):
        yield Problem(path, f"must be an object, not {body!r}")
    else:
        yield from _members(model, body, path)


def _members(model: Any, body: Mapping[str, Any], path: str) -> Iterator[Problem]:
    attributes = _attributes(model)
    for name, value in body.items():
        if name in attributes:
            attribute, types = attributes[name]
            yield from _value(types, value, f"{path}.{name}" if path else name)
            yield from _limits(model.validations.get(attribute, {}), value, f"{path}.{name}" if path else name)
        elif _additional(model) is not None:
            yield from _value(_additional(model), value, f"{path}.{name}" if path else name)
        elif attributes:
            yield Problem(
                f"{path}.{name}" if path else name, f"the API knows no such member{did_you_mean(name, attributes)}"
            )
    for name in _required(model):
        if name not in body:
            yield Problem(f"{path}.{name}" if path else name, "is required by the API")


def _value(types: tuple[Any, ...], value: Any, path: str) -> Iterator[Problem]:
    if is_unknown(value):
        return
    attempts = [list(_typed(each, value, path)) for each in types]
    if attempts and all(attempts):
        yield from min(attempts, key=len)


def _typed(kind: Any, value: Any, path: str) -> Iterator[Problem]:
    if isinstance(kind, list):
        if not isinstance(value, list):
            yield Problem(path, f"must be a list, not {value!r}")
        else:
            for index, each in enumerate(value):
                yield from _value(tuple(kind), each, f"{path}[{index}]")
    elif isinstance(kind, dict):
        if not isinstance(value, Mapping):
            yield Problem(path, f"must be an object, not {value!r}")
        else:
            for name, each in value.items():
                yield from _value(next(iter(kind.values())), each, f"{path}.{name}")
    elif issubclass(kind, OpenApiModel):
        yield from _object(kind, value, path)
    elif not _is(kind, value):
        yield Problem(path, f"must be {NAMES.get(kind, 'a string')}, not {value!r}")


def _is(kind: type, value: Any) -> bool:
    if kind in TEXT:
        return isinstance(value, str)
    if isinstance(value, bool) or kind is bool:
        return kind is bool and isinstance(value, bool)
    return isinstance(value, int | float) if kind is float else isinstance(value, kind)


def _simple(model: Any, value: Any, path: str) -> Iterator[Problem]:
    allowed = getattr(model, "allowed_values", None)
    if allowed and value not in allowed:
        yield Problem(path, f"{value!r} is not allowed{did_you_mean(str(value), map(str, allowed))}")
    elif not allowed:
        yield from _value(_types(model)["value"], value, path)


def _one_of(model: Any, value: Any, path: str) -> Iterator[Problem]:
    choices = [each for each in _instance(model)._composed_schemas["oneOf"] if each is not UnparsedObject]  # noqa: SLF001
    fitting = [each for each in choices if _type_fits(each, value)]
    attempts = [list(_value((each,), value, path)) for each in fitting or choices]
    if all(attempts):
        if not fitting and isinstance(value, Mapping) and "type" in value:
            words = {word for each in choices for word in _type_words(each)}
            if words:
                yield Problem(
                    f"{path}.type", f"{value['type']!r} is not allowed{did_you_mean(str(value['type']), words)}"
                )
                return
        yield from min(attempts, key=len)


def _type_fits(choice: Any, value: Any) -> bool:
    return isinstance(value, Mapping) and value.get("type") in _type_words(choice)


@cache
def _type_words(choice: Any) -> frozenset[str]:
    """The words that a choice's `type` member may be, where it has one: how the API tells the choices apart."""
    if not isinstance(choice, type) or not issubclass(choice, OpenApiModel):
        return frozenset()
    model: Any = choice
    if issubclass(model, ModelSimple | ModelComposed):
        return frozenset()
    _, types = _attributes(model).get("type", ("", ()))
    return frozenset(word for each in types for word in getattr(each, "allowed_values", ()))


def _limits(limits: Mapping[str, Any], value: Any, path: str) -> Iterator[Problem]:
    if is_unknown(value):
        return
    size = len(value) if isinstance(value, str | list | dict) else 0
    number = value if isinstance(value, int | float) else None
    broken = {
        "max_length": size > limits.get("max_length", size),
        "min_length": size < limits.get("min_length", size),
        "max_items": size > limits.get("max_items", size),
        "min_items": size < limits.get("min_items", size),
        "inclusive_maximum": number is not None and number > limits.get("inclusive_maximum", number),
        "inclusive_minimum": number is not None and number < limits.get("inclusive_minimum", number),
        "exclusive_maximum": number is not None
        and "exclusive_maximum" in limits
        and number >= limits["exclusive_maximum"],
        "exclusive_minimum": number is not None
        and "exclusive_minimum" in limits
        and number <= limits["exclusive_minimum"],
    }
    for name, is_broken in broken.items():
        if is_broken:
            yield Problem(path, f"breaks the API's limit: {name.replace('_', ' ')} {limits[name]}")


@cache
def _instance(model: Any) -> Any:
    # `openapi_types` and `_composed_schemas` are lazy properties of instances: an empty one is enough to read them.
    return model.__new__(model) if not issubclass(model, ModelComposed) else object.__new__(model)


@cache
def _types(model: Any) -> Mapping[str, tuple[Any, ...]]:
    return dict(_instance(model).openapi_types)


@cache
def _additional(model: Any) -> Any:
    """Types of members the model does not name, where it says so itself (the base class lets everything pass)."""
    return _instance(model).additional_properties_type if "additional_properties_type" in vars(model) else None


@cache
def _attributes(model: Any) -> dict[str, tuple[str, tuple[Any, ...]]]:
    """JSON name -> the attribute's Python name and types."""
    return {model.attribute_map[name]: (name, types) for name, types in _types(model).items()}


@cache
def _required(model: Any) -> tuple[str, ...]:
    parameters = list(inspect.signature(model.__init__).parameters.values())[1:]
    needed = [
        each.name.rstrip("_")
        for each in parameters
        if each.default is each.empty and each.kind is each.POSITIONAL_OR_KEYWORD
    ]
    names = {python.rstrip("_"): json_name for python, json_name in model.attribute_map.items()}
    return tuple(names[name] for name in needed if name in names)
