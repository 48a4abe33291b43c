"""The criteria of success: every query finds something, and people can read all of them."""

from __future__ import annotations

import pytest

from contract.proof import prove_formula
from infra.naming import Environment
from stacks.catalog.services import SERVICES
from stacks.catalog.success import Documented, Measured, SuccessMetric, success_metrics
from stacks.specs import PLANS
from stacks.world import world
from tools.engine.engine import ROOT

PAGE = (ROOT / "docs" / "success-metrics.md").read_text(encoding="utf-8")
PRODUCTION = tuple(success_metrics(Environment.PRODUCTION, PLANS[Environment.PRODUCTION].targets))


@pytest.mark.parametrize("environment", Environment)
def test_every_query_is_proved(environment: Environment) -> None:
    here = world(SERVICES, environment, "example-cluster")
    for metric in success_metrics(environment, PLANS[environment].targets):
        if isinstance(metric.answer, Measured):
            answer = metric.answer
            found = prove_formula(answer.formula, answer.queries, here, unit=answer.unit)
            assert found == [], metric.key


def test_keys_are_unique() -> None:
    keys = [metric.key for metric in PRODUCTION]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("metric", PRODUCTION, ids=lambda metric: metric.key)
def test_the_page_has_each_with_its_target_and_its_answer(metric: SuccessMetric) -> None:
    assert metric.question in PAGE
    assert metric.target in PAGE
    match metric.answer:
        case Measured(formula=formula, queries=queries):
            assert f"`{formula}`" in PAGE
            for query in queries.values():
                assert query in PAGE
        case Documented(source=source):
            assert source in PAGE
