"""Computed outputs of any type, by what the SDK says about them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.computed.context import Making
from sandbox.schema.model import Resource
from sandbox.wire import Secret

DEFAULTS: dict[str, Any] = {
    "integer": 0,
    "number": 0,
    "boolean": False,
    "array": [],
    "map": {},
    "string": "",
    "any": "",
}


def outputs(resource: Resource, inputs: Mapping[str, Any], making: Making) -> dict[str, Any]:
    """Every output that is always present and was not given: the vendor's zero value where it could have been given
    as an input, a made-up value where it could not."""
    found: dict[str, Any] = {}
    for name, output in resource.outputs.items():
        if not output.required or inputs.get(name) is not None:
            continue
        value = DEFAULTS[output.type] if name in resource.inputs else _made_up(name, output.type, making)
        found[name] = Secret(value) if name in resource.secrets else value
    return found


def _made_up(name: str, kind: str, making: Making) -> Any:
    if kind == "integer":
        return making.number(name, 1, 10**6)
    if kind != "string":
        return DEFAULTS[kind]
    if name.endswith("At"):
        return making.time()
    return making.hex(name)
