"""Whether a configuration of the pack is one: the engine passes over names that it does not know."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from infra.problems import Problem, ProblemsError
from policy.rules import RULES
from policy.rules.model import AnyRule

LEVELS = ("advisory", "mandatory", "remediate", "disabled")
_ALL = "all"
_LEVEL = "enforcementLevel"


def read(file: Path) -> Mapping[str, Any]:
    """The configuration in a file. Raises ProblemsError with everything that is wrong in it."""
    title = f"Policy configuration {file.name}"
    try:
        told = json.loads(file.read_text())
    except (OSError, ValueError) as error:
        raise ProblemsError(title, [Problem(file.name, f"is not readable as JSON: {error}")]) from None
    if found := list(problems(told)):
        raise ProblemsError(title, found)
    return dict(told)


def problems(told: Any) -> Iterator[Problem]:
    """Everything that is wrong in a configuration."""
    if not isinstance(told, Mapping):
        yield Problem("configuration", "is no mapping of rules to what holds for them", '{"all": "mandatory"}')
        return
    rules = {rule.name: rule for rule in RULES}
    for name, own in told.items():
        if name == _ALL:
            yield from _level(name, own)
        elif rule := rules.get(name):
            yield from _of(rule, own)
        else:
            yield Problem(name, "is no rule", _instead(name, [*rules, _ALL]))


def _of(rule: AnyRule, own: Any) -> Iterator[Problem]:
    if not isinstance(own, Mapping):
        yield from _level(rule.name, own)
        return
    for key, value in own.items():
        where = f"{rule.name}.{key}"
        if key == _LEVEL:
            yield from _level(where, value)
        elif parameter := rule.parameters.get(key):
            for error in Draft202012Validator(parameter.schema).iter_errors(value):
                yield Problem(where, error.message, parameter.meaning)
        else:
            yield Problem(where, "is no parameter of this rule", _instead(key, [*rule.parameters, _LEVEL]))


def _level(where: str, value: Any) -> Iterator[Problem]:
    if value not in LEVELS:
        yield Problem(where, f"{value!r} is no level", f"one of {', '.join(LEVELS)}")


def _instead(name: str, known: list[str]) -> str:
    close = get_close_matches(name, known, n=1)
    return f"did you mean {close[0]}?" if close else f"one of {', '.join(sorted(known))}"
