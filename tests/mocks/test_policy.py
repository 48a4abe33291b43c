"""The resources of our own stacks keep every rule of the policy pack, all of them taken as mandatory."""

from __future__ import annotations

from typing import Any

import pytest

from policy.configuration import read
from policy.rules import RULES, protection
from policy.rules.model import SECRET, Resource, Rule, settings_of
from tests.examples import STACKS
from tests.mocks.example import of_stack
from tests.mocks.recording import Declared
from tools.policy.engine import configuration_of


def as_the_engine_shows(declared: Declared) -> Resource:
    properties = veiled(declared.inputs, declared.secrets)
    return Resource(type=declared.type, name=declared.name, urn=declared.name, properties=properties, protected=True)


def veiled(value: Any, secrets: frozenset[str], path: str = "") -> Any:
    if path in secrets:
        return SECRET
    if isinstance(value, dict):
        return {key: veiled(item, secrets, f"{path}.{key}".lstrip(".")) for key, item in value.items()}
    if isinstance(value, list):
        return [veiled(item, secrets, f"{path}[{index}]") for index, item in enumerate(value)]
    return value


@pytest.mark.parametrize("stack", STACKS)
def test_a_stack_of_ours_breaks_no_rule(stack: str) -> None:
    file = configuration_of(stack)
    assert file is not None
    configured = read(file)
    resources = [as_the_engine_shows(one) for one in of_stack(stack).declared]
    found = []
    for rule in RULES:
        own = configured.get(rule.name)
        settings = settings_of(rule, own if isinstance(own, dict) else None)
        if isinstance(rule, Rule):
            found += [(rule.name, one.name, said) for one in resources for said in rule.check(one, settings)]
        else:
            found += [(rule.name, one.name, said) for one, said in rule.check(resources, settings)]
    assert found == []


def test_most_resources_are_looked_at() -> None:
    """Each rule finds something to say once what it looks for is taken away."""
    resources = [as_the_engine_shows(one) for one in of_stack("production").declared]
    bare = [
        Resource(type=one.type, name=one.name, urn=one.urn, properties=_without(one.properties)) for one in resources
    ]
    for rule in RULES:
        if isinstance(rule, Rule) and rule is not protection.RULE:
            strict = settings_of(rule, STRICT.get(rule.name))
            assert any(list(rule.check(one, strict)) for one in bare), rule.name
    settings = settings_of(protection.RULE)
    unprotected = [one for one in bare if list(protection.RULE.check(one, settings))]
    vendors = [one for one in bare if one.type.split(":")[0] not in {"pulumi", "monitoring"}]
    assert unprotected == vendors


STRICT: dict[str, dict[str, Any]] = {
    "no-foreign-pages": {"allowed": []},
    "no-unreviewed-privileges": {"reviewed": {}},
    "no-wildcard-routing": {"keys": ["no_such_tag"]},
    "within-budget": {"logsDays": 0},
}
_TAKEN = {"tags", "labels", "resources", "priority"}


def _without(value: Any) -> Any:
    """Properties without some of them, and with what was secret in plain text."""
    if isinstance(value, dict):
        return {key: _without(item) for key, item in value.items() if key not in _TAKEN} | (
            {"tags": []} if "tags" in value else {}
        )
    if isinstance(value, list):
        return [_without(item) for item in value]
    return "made-up" if value == SECRET else value
