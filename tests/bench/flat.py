"""The flat program: every resource straight from `resources.json` beside this file, as its SDK's own class.

It is what a person would write who wants nothing but these resources: no components, no catalog, no checks. The
benchmark copies this file as it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pulumi

DATA = "resources.json"
OUTPUT, CONCAT, SECRET = "$output", "$concat", "$secret"


def declare(program: dict[str, Any]) -> None:
    """Declare the resources in their order, then export the outputs."""
    made: dict[str, Any] = {}
    for key, item in program["resources"].items():
        module, name = item["class"]
        options = pulumi.ResourceOptions(
            provider=made.get(item["provider"]),
            depends_on=[made[other] for other in item["depends_on"]],
            protect=item["protect"],
            additional_secret_outputs=item["secret_outputs"],
        )
        arguments = {argument: resolve(value, made) for argument, value in item["arguments"].items()}
        made[key] = getattr(import_module(module), name)(item["name"], opts=options, **arguments)
    for name, value in program["outputs"].items():
        pulumi.export(name, resolve(value, made))


def resolve(value: Any, made: Mapping[str, Any]) -> Any:
    """The value with secrets and other resources' outputs in their places."""
    if isinstance(value, list):
        return [resolve(item, made) for item in value]
    if not isinstance(value, dict):
        return value
    if OUTPUT in value:
        key, attribute = value[OUTPUT]
        return getattr(made[key], attribute)
    if CONCAT in value:
        return pulumi.Output.concat(*resolve(value[CONCAT], made))
    if SECRET in value:
        return pulumi.Output.secret(resolve(value[SECRET], made))
    return {key: resolve(item, made) for key, item in value.items()}


if __name__ == "__main__":
    declare(json.loads(Path(__file__).with_name(DATA).read_text()))
