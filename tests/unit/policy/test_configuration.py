"""Configurations of the pack: those of our stacks are right, and what is wrong in one is named, all at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from infra.problems import ProblemsError
from policy.configuration import problems, read
from policy.rules import RULES
from policy.rules.model import Rule
from reports.stacks import settings_of, stack_names
from tools.policy.engine import configuration_of


@pytest.mark.parametrize("stack", stack_names())
def test_every_stack_has_one_that_is_right(stack: str) -> None:
    file = configuration_of(stack)
    assert file is not None
    assert read(file)


def test_production_may_page_with_what_its_routing_names_and_no_other_stack_may() -> None:
    for stack in stack_names():
        file = configuration_of(stack)
        assert file is not None
        allowed = read(file).get("no-foreign-pages", {}).get("allowed", [])
        assert [one for one in allowed if not one.startswith("webhook-")] == [
            one for one in settings_of(stack).routing.critical if one.startswith("pagerduty-")
        ]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ([], "configuration: is no mapping"),
        ({"protectd": "mandatory"}, "protectd: is no rule (did you mean protected?)"),
        ({"all": "strict"}, "all: 'strict' is no level (one of advisory, mandatory, remediate, disabled)"),
        ({"protected": {"enforcementLevel": "no"}}, "protected.enforcementLevel: 'no' is no level"),
        (
            {"within-budget": {"logDays": 3}},
            "within-budget.logDays: is no parameter of this rule (did you mean logsDays?)",
        ),
        ({"within-budget": {"logsDays": "3"}}, "within-budget.logsDays: '3' is not of type 'number'"),
        ({"no-foreign-pages": {"allowed": [1]}}, "no-foreign-pages.allowed: 1 is not of type 'string'"),
    ],
)
def test_what_is_wrong_is_named(told: Any, said: str) -> None:
    (problem,) = problems(told)
    assert str(problem).startswith(said)


def test_everything_at_once(tmp_path: Path) -> None:
    file = tmp_path / "production.json"
    file.write_text('{"all": 1, "x": "y", "protected": {"packages": 3}}')
    with pytest.raises(ProblemsError, match=r"^Policy configuration production\.json: 3 problems"):
        read(file)
    file.write_text("{")
    with pytest.raises(ProblemsError, match="is not readable as JSON"):
        read(file)


def test_defaults_are_what_their_schemas_allow() -> None:
    for rule in RULES:
        for parameter in rule.parameters.values():
            Draft202012Validator.check_schema(parameter.schema)
            Draft202012Validator(parameter.schema).validate(parameter.default)


def test_rules_are_named_once_and_only_what_can_mend_is_set_to() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    mending = {rule.name for rule in RULES if isinstance(rule, Rule) and rule.mend}
    for stack in stack_names():
        file = configuration_of(stack)
        assert file is not None
        assert {name for name, own in read(file).items() if own == "remediate"} <= mending
