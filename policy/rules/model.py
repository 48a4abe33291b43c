"""What a rule is: a pure function over resources as the engine shows them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

SECRET = "[secret]"  # noqa: S105
"""Stands for every secret; `pulumi policy analyze --file` puts the same word."""
UNKNOWN = "[unknown]"
"""Stands for what is not known before the run, such as the id of an object that does not exist yet."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Resource:
    """One resource as a rule sees it."""

    type: str
    """The type token, such as `datadog:index/monitor:Monitor`."""
    name: str
    """The logical name."""
    urn: str
    properties: Mapping[str, Any]
    """Plain values under the provider's own names (camel case), with SECRET and UNKNOWN in place of such values."""
    protected: bool = False
    """Whether the engine refuses to delete it."""


Settings = Mapping[str, Any]
"""The values of a rule's parameters, all of them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Parameter:
    """What a stack may set about a rule."""

    schema: Mapping[str, Any]
    """JSON schema of its values."""
    default: Any
    meaning: str


@dataclass(frozen=True, slots=True)
class Mend:
    """A change that makes a resource keep a rule."""

    path: tuple[str, ...]
    """Where it is made; all but the last key are there."""
    value: Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """Something that holds for each resource by itself."""

    name: str
    summary: str
    """One sentence: what holds."""
    remedy: str
    """One sentence: what to do about a violation."""
    check: Callable[[Resource, Settings], Iterable[str]]
    """The violations: each says where in the resource, what is wrong, what would be right."""
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    mend: Callable[[Resource], Mend | None] | None = None
    """What mends a violation, for rules where that is safe; None where nothing needs to change."""


@dataclass(frozen=True, kw_only=True, slots=True)
class StackRule:
    """Something that holds for the resources of a stack together."""

    name: str
    summary: str
    remedy: str
    check: Callable[[Sequence[Resource], Settings], Iterable[tuple[Resource, str]]]
    """The violations, each with the resource it is shown at."""
    parameters: Mapping[str, Parameter] = field(default_factory=dict)


AnyRule = Rule | StackRule


def settings_of(rule: AnyRule, configured: Mapping[str, Any] | None = None) -> Settings:
    """What is configured, and the defaults of the rest."""
    return {name: one.default for name, one in rule.parameters.items()} | dict(configured or {})


def items(value: Any) -> Sequence[Any]:
    """The items of a list; nothing where it is missing, secret or unknown."""
    return value if isinstance(value, list) else ()


def part(value: Any, *path: str) -> Any:
    """What stands at a path of keys; None where something on the way is missing, secret or unknown."""
    for key in path:
        if not isinstance(value, Mapping):
            return None
        value = value.get(key)
    return value


def number(value: Any) -> float | None:
    """A number, also where the provider takes it as text; None for anything else."""
    try:
        return None if isinstance(value, bool) else float(value)
    except (TypeError, ValueError):
        return None


def body(value: Any) -> Any:
    """The JSON in a text; None where there is none, or it is not known yet."""
    try:
        return json.loads(value) if isinstance(value, str) else None
    except ValueError:
        return None


def tag_keys(tags: Any) -> set[str]:
    """The keys of Datadog tags that have a value."""
    pairs = (str(tag).partition(":") for tag in items(tags))
    return {key for key, _, value in pairs if value}
