"""Runs compiled probes against an application in the same process, as Datadog documents its tests to behave."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

import jsonschema  # type: ignore[import-untyped]

Answer = tuple[int, Any]
Application = Callable[[str, str, str | None], Answer]
"""From method, URL and body to status and JSON."""


def failures(test: Mapping[str, Any], application: Application) -> list[str]:
    """What a compiled API test finds wrong; empty when it passes. A journey ends at its first failing step."""
    steps = test["api_steps"] if test["subtype"] == "multi" else [{**test, "name": "It"}]
    variables: dict[str, str] = {}
    for step in steps:
        definition = step["request_definition"]
        url, body = (_filled(definition.get(name), variables) for name in ("url", "body"))
        status, answer = application(definition["method"], url or "", body)
        found = [f"{step['name']}: {what}" for each in step["assertions"] if (what := _failure(each, status, answer))]
        if found:
            return found
        for taken in step.get("extracted_values", ()):
            variables[taken["name"]] = str(at(answer, taken["parser"]["value"]))
    return []


def at(body: Any, path: str) -> Any:
    """The value at a JSON path of names and indexes. Raises LookupError or TypeError where there is none."""
    for name, index in re.findall(r"\.(\w+)|\[(\d+)\]", path):
        body = body[name] if name else body[int(index)]
    return body


def _filled(text: str | None, variables: Mapping[str, str]) -> str | None:
    return re.sub(r"{{\s*(\w+)\s*}}", lambda found: variables[found[1]], text) if text is not None else None


def _failure(assertion: Mapping[str, Any], status: int, body: Any) -> str | None:
    match assertion:
        case {"type": "statusCode", "operator": "is", "target": target}:
            return None if str(status) == target else f"status is {status}"
        case {"operator": "validatesJSONPath", "targetjsonpath": target}:
            try:
                value = at(body, target["jsonpath"])
            except (LookupError, TypeError):
                return f"there is no {target['jsonpath']}"
            return None if value == target["targetvalue"] else f"{target['jsonpath']} is {value!r}"
        case {"operator": "validatesJSONSchema", "targetjsonschema": target}:
            wrong = jsonschema.Draft7Validator(json.loads(target["jsonschema"])).iter_errors(body)
            return next((f"body: {each.message}" for each in wrong), None)
        case {"type": "responseTime"}:
            return None  # it answers at once
    raise AssertionError(f"no rule for {assertion}")
