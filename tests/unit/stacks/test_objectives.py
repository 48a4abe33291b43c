"""The objectives of every environment, and what docs/objectives.md says of them."""

from __future__ import annotations

import math

import pytest

from components.slos import burn
from components.slos.alerts import plans
from components.slos.spec import Events, Time
from contract.query.text import number_text
from infra.naming import Environment, Tier
from stacks.catalog.targets import BURN_WINDOWS, FEWEST_BAD_EVENTS
from stacks.specs import StackSpecs, compose
from tests.examples import settings
from tools.engine.engine import ROOT

PAGE = (ROOT / "docs" / "objectives.md").read_text(encoding="utf-8")


def specs_of(environment: Environment) -> StackSpecs:
    slack_only = {tier.value: ["slack-example"] for tier in Tier}
    return compose(settings(environment=environment.value, routing=slack_only), stack="example")


def test_production_promises_what_the_strategy_does() -> None:
    slos = {slo.key: slo for slo in specs_of(Environment.PRODUCTION).objectives.slos}
    assert slos["api-availability"].target == 99.9
    assert slos["api-pagination"].sli == Events(
        bad="count(v: v>0.5):pagination.query.duration{env:production,service:genonaut-api}.as_count()",
        total="count(v: v>=0):pagination.query.duration{env:production,service:genonaut-api}.as_count()",
    )
    assert isinstance(slos["api-database"].sli, Time)


def test_staging_promises_no_more_than_production() -> None:
    production = {slo.key: slo for slo in specs_of(Environment.PRODUCTION).objectives.slos}
    staging = {slo.key: slo for slo in specs_of(Environment.STAGING).objectives.slos}
    assert staging.keys() == production.keys()
    assert all(staging[key].target <= production[key].target for key in staging)
    assert any(staging[key].target < production[key].target for key in staging)


@pytest.mark.parametrize("environment", Environment)
def test_every_objective_has_a_fast_a_slow_and_a_budget_alert(environment: Environment) -> None:
    spec = specs_of(environment).objectives
    for slo in spec.slos:
        tiers = [tag for plan in plans(slo, spec) for tag in plan.arguments["tags"] if tag.startswith("tier:")]
        assert {"tier:critical", "tier:warning"} == set(tiers), slo.key
        assert f"{slo.key}-budget" in [plan.key for plan in plans(slo, spec)]


def test_the_page_names_every_objective_and_probe_with_its_target() -> None:
    production, staging = specs_of(Environment.PRODUCTION), specs_of(Environment.STAGING)
    for slo, other in zip(production.objectives.slos, staging.objectives.slos, strict=True):
        (row,) = [line for line in PAGE.splitlines() if line.startswith(f"| `{slo.key}` |")]
        assert row.endswith(f"| {number_text(slo.target)} % | {number_text(other.target)} % |")
    for probe in production.probes.probes:
        (row,) = [line for line in PAGE.splitlines() if f"`{probe.key}`" in line]
        assert f"| {probe.tier} |" in row


@pytest.mark.parametrize("target", [99.9, 99.0, 95.0])
def test_the_pages_table_of_guarded_traffic(target: float) -> None:
    events = [burn.guarded_traffic(window, "30d", target, FEWEST_BAD_EVENTS) for window in BURN_WINDOWS["30d"]]
    cells = " | ".join(f"{math.ceil(count):,}" for count in events)
    assert f"| {number_text(target)} % | {cells} |" in PAGE
