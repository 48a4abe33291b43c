"""Notification rules and downtimes speak for their own stack only."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from contract.query import QueryError, parse_search
from contract.query.search import Attribute, Phrase, Term
from contract.query.tree import And, Or
from policy.rules.model import SECRET, UNKNOWN, Parameter, Resource, Rule, Settings, items, part
from policy.rules.pagers import DOWNTIME, NOTIFICATION_RULE


def check(resource: Resource, settings: Settings) -> Iterator[str]:
    """What reaches beyond the stack."""
    own, keys = resource.properties, settings["keys"]
    wanted = f"name the stack: AND {keys[0]}:..."
    if resource.type == NOTIFICATION_RULE:
        scope, tags = part(own, "filter", "scope"), items(part(own, "filter", "tags"))
        if any(is_bound_tag(tag, keys) for tag in tags):
            return
        if not scope:
            yield f"filter: takes the alerts of every stack there is; {wanted}"
        else:
            yield from _unbound("filter.scope", scope, keys, wanted)
    elif resource.type == DOWNTIME:
        monitors = own.get("monitorIdentifier")
        if part(monitors, "monitorId") or any(is_bound_tag(tag, keys) for tag in items(part(monitors, "monitorTags"))):
            return
        yield from _unbound("scope", own.get("scope") or "*", keys, f"mute one monitor, or {wanted}")


def _unbound(where: str, scope: Any, keys: Collection[str], wanted: str) -> Iterator[str]:
    try:
        if not is_bound(str(scope), keys):
            yield f"{where}: {scope!r} also takes what other stacks made; {wanted}"
    except QueryError as error:
        yield f"{where}: cannot be read: {error}"


def is_bound(scope: str, keys: Collection[str]) -> bool:
    """Whether nothing matches the scope but what carries one of these tags with a value that it names.

    Raises QueryError where the scope is no search.
    """
    return scope in {UNKNOWN, SECRET} or _bound(parse_search(scope), keys)


def is_bound_tag(tag: object, keys: Collection[str]) -> bool:
    """The same for one tag `key:value`."""
    key, _, value = str(tag).partition(":")
    return tag == UNKNOWN or (key in keys and _names_one(value))


def _names_one(value: str) -> bool:
    return bool(value) and not set("*?") & set(value)


def _bound(tree: Any, keys: Collection[str]) -> bool:
    match tree:
        case And(operands=operands):
            return any(_bound(one, keys) for one in operands)
        case Or(operands=operands):
            return all(_bound(one, keys) for one in operands)
        case Attribute(name=name, value=value):
            return name in keys and _values_named(value)
        case _:
            return False


def _values_named(value: Any) -> bool:
    match value:
        case Term(text=text):
            return _names_one(text)
        case Phrase():
            return True
        case Or(operands=operands):
            return all(_values_named(one) for one in operands)
        case _:
            return False


RULE = Rule(
    name="no-wildcard-routing",
    summary="Notification rules and downtimes name the stack they speak for.",
    remedy="Add a tag that only this stack's alerts carry, such as `pulumi_stack:production`.",
    check=check,
    parameters={
        "keys": Parameter(
            schema={"type": "array", "items": {"type": "string"}, "minItems": 1},
            default=["pulumi_stack", "env"],
            meaning="tags of which one has to be named with its value",
        ),
    },
)
