"""What is shown of the engine's words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.delivery.plan import Plan, PlanError, apply, shown_safely
from tools.engine.engine import ROOT
from tools.pulumi import Pulumi

VIOLATED = "resource urn:pulumi:s::p::kubernetes:core/v1:Secret::token violates plan: properties changed: ++stringData["


@given(st.text(), st.text())
def test_the_values_that_a_refusal_quotes_are_never_shown(old: str, new: str) -> None:
    shown = shown_safely(f"<{{%fg 1%}}>error: {VIOLATED}{{{old}}}!={{{new}}}]\n{new}<{{%reset%}}>")
    assert shown == shown_safely(f"error: {VIOLATED}")
    assert "Secret::token" in shown
    assert "stringData" not in shown


def test_other_words_of_the_engine_are_shown_without_their_colors() -> None:
    assert shown_safely("<{%fg 1%}>error: <{%reset%}>no such zone\n") == "error: no such zone"


def test_a_plan_says_what_it_holds() -> None:
    assert str(Plan({"update": 2, "create": 1})) == "1 to create, 2 to update"
    assert str(Plan({})) == "nothing to change"


def test_a_plan_that_is_not_there_is_told() -> None:
    with pytest.raises(PlanError, match="There is no plan"):
        apply(Pulumi(project=ROOT, environment={}), "staging", ROOT / "build" / "no" / "plan.json")
