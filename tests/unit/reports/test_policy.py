"""The tables of rules: up to date and complete."""

from __future__ import annotations

from policy.rules import RULES
from reports.policy import PAGE, up_to_date


def test_the_page_is_up_to_date() -> None:
    assert up_to_date(PAGE.read_text()) == PAGE.read_text(), "run python -m reports policy"


def test_every_rule_and_parameter_has_a_line() -> None:
    text = PAGE.read_text()
    for rule in RULES:
        assert f"| `{rule.name}` | {rule.summary} |" in text
        for name in rule.parameters:
            assert f"| `{rule.name}` | `{name}` |" in text
