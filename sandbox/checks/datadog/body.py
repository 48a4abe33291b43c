"""Provider inputs as the API's request bodies, and the API's paths back as property paths."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sandbox.checks.problem import Problem


def snake(name: str) -> str:
    """`onMissingData` -> `on_missing_data`."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()


def snake_keys(value: Any) -> Any:
    """A nested value with the API's member names."""
    if isinstance(value, Mapping):
        return {snake(name): snake_keys(each) for name, each in value.items()}
    return [snake_keys(each) for each in value] if isinstance(value, list) else value


def as_property(problem: Problem, members: Mapping[str, str]) -> Problem:
    """The problem with the API path's longest known beginning replaced by the property it comes from."""
    for api, name in sorted(members.items(), key=lambda each: -len(each[0])):
        rest = problem.path.removeprefix(api)
        if problem.path.startswith(api) and (not rest or rest[0] in ".["):
            return Problem(name + re.sub(r"_([a-z])", lambda found: found[1].upper(), rest), problem.reason)
    return problem


def number(text: Any) -> Any:
    """A number from the text the provider takes, or the text when it is none."""
    try:
        return float(text)
    except (TypeError, ValueError):
        return text
