"""The catalog of every environment: proved, complete, with a runbook for every alert."""

from __future__ import annotations

import dataclasses
import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as settings_of_hypothesis
from hypothesis import strategies as st

from components.agent.compile import compile_agent
from components.monitors.compile import compile_monitor
from components.slos.alerts import plans
from components.synthetics.compile import compile_probe
from infra.naming import Environment, Team, Tier, is_logical_name
from stacks import specs as stack_specs
from stacks.catalog.services import POSTGRES, REDIS, SERVICES, Service
from stacks.check import check
from stacks.specs import PLANS, StackSpecs, compose
from tests.examples import settings
from tools.engine.engine import ROOT

SLACK_ONLY = {tier.value: ["slack-example"] for tier in Tier}


def specs_of(environment: Environment, services: tuple[Service, ...] = SERVICES) -> StackSpecs:
    with pytest.MonkeyPatch.context() as patch:
        # Whatever they cost: budgets have tests of their own.
        plan = dataclasses.replace(PLANS[environment], services=services, budget=Decimal(10**6))
        patch.setattr(stack_specs, "PLANS", {environment: plan})
        return compose(settings(environment=environment.value, routing=SLACK_ONLY), stack="example")


def problems_of(specs: StackSpecs) -> list[Any]:
    return check(specs)


@pytest.mark.parametrize("environment", Environment)
def test_every_query_is_proved(environment: Environment) -> None:
    assert problems_of(specs_of(environment)) == []


@pytest.mark.parametrize("environment", Environment)
def test_every_alert_has_a_runbook_that_exists(environment: Environment) -> None:
    for tier in specs_of(environment).monitors:
        for monitor in tier.monitors:
            page = ROOT / "docs" / "runbooks" / f"{monitor.runbook}.md"
            assert page.is_file(), f"{monitor.key} names {page.name}"


@pytest.mark.parametrize("environment", Environment)
def test_what_sentry_tells_has_runbooks_that_exist_and_none_is_left_over(environment: Environment) -> None:
    runbooks = ROOT / "docs" / "runbooks"
    specs = specs_of(environment).sentry
    named = {one.runbook for one in (*specs.alerts, *specs.monitors) if one.runbook}
    assert [name for name in sorted(named) if not (runbooks / f"{name}.md").is_file()] == []
    assert {f"sentry/{page.stem}" for page in (runbooks / "sentry").iterdir()} <= named


@pytest.mark.parametrize("environment", Environment)
def test_the_alerts_of_objectives_and_probes_have_runbooks_that_exist(environment: Environment) -> None:
    specs = specs_of(environment)
    urls = {probe.key: compile_probe(probe, specs.probes)["message"] for probe in specs.probes.probes}
    for slo in specs.objectives.slos:
        urls |= {plan.key: plan.arguments["message"] for plan in plans(slo, specs.objectives)}
    for key, message in urls.items():
        for page in re.findall(r"/([\w-]+\.md)", message):
            assert (ROOT / "docs" / "runbooks" / page).is_file(), f"{key} names {page}"
    assert len([message for message in urls.values() if "Runbook: " in message]) >= len(specs.probes.probes)


def test_every_tier_has_an_alert() -> None:
    for tier in specs_of(Environment.PRODUCTION).monitors:
        assert tier.monitors


@pytest.mark.parametrize(
    ("key", "query", "priority"),
    [
        (
            "api-error-rate",
            "sum(last_5m):(sum:trace.fastapi.request.errors{env:production,service:genonaut-api}.as_count()"
            " / sum:trace.fastapi.request.hits{env:production,service:genonaut-api}.as_count()) * 100"
            " * is_greater(sum:trace.fastapi.request.hits{env:production,service:genonaut-api}.as_count(), 100) > 5",
            "1",
        ),
        (
            "api-pagination-latency",
            "percentile(last_15m):p95:pagination.query.duration{env:production,service:genonaut-api} > 0.5",
            "3",
        ),
        (
            "registrations-drop",
            "pct_change(sum(last_1d),last_1d):sum:genonaut.users.registered{env:production}.as_count() < -50",
            "4",
        ),
    ],
)
def test_the_alerts_of_the_strategy(key: str, query: str, priority: str) -> None:
    for tier in specs_of(Environment.PRODUCTION).monitors:
        for monitor in tier.monitors:
            if monitor.key == key:
                arguments = compile_monitor(monitor, tier)
                assert arguments["query"] == query
                assert arguments["priority"] == priority
                assert arguments["assets"][0]["url"].endswith(f"/{monitor.runbook}.md")
                return
    pytest.fail(f"there is no {key}")


SERVICE = st.builds(
    Service,
    key=st.from_regex(r"[a-z][a-z0-9]{0,14}", fullmatch=True),
    name=st.from_regex(r"genonaut-[a-z]{1,20}", fullmatch=True),
    owner=st.sampled_from(Team),
    operation=st.sampled_from([None, "fastapi.request", "celery.run"]),
    paginates=st.booleans(),
    in_browsers=st.booleans(),
    endpoint=st.sampled_from([None, "api", "web"]),
    depends_on=st.sampled_from([(), (POSTGRES,), (POSTGRES, REDIS)]),
)


# A whole catalog takes its time on a busy machine.
@settings_of_hypothesis(max_examples=30, deadline=None)
@given(st.lists(SERVICE, min_size=1, max_size=6, unique_by=(lambda one: one.key, lambda one: one.name)))
def test_any_services_make_a_catalog_without_problems(services: list[Service]) -> None:
    specs = specs_of(Environment.PRODUCTION, tuple(services))
    assert problems_of(specs) == []
    keys = [
        *(monitor.key for tier in specs.monitors for monitor in tier.monitors),
        *(slo.key for slo in specs.objectives.slos),
        *(plan.key for slo in specs.objectives.slos for plan in plans(slo, specs.objectives)),
        *(one.key for one in specs.probes.probes),
        *(one.key for one in specs.dashboards.dashboards),
        *(one.key for one in specs.rum.applications),
        *(one.key for one in specs.rum.metrics),
        *(one.key for one in specs.sentry.projects),
        *compile_agent(specs.agent),
    ]
    assert len(keys) == len(set(keys))
    assert all(is_logical_name(key) for key in keys)


def test_logical_names_do_not_follow_titles() -> None:
    def keys(services: tuple[Service, ...]) -> set[str]:
        return {
            monitor.key for tier in specs_of(Environment.PRODUCTION, services).monitors for monitor in tier.monitors
        }

    renamed = tuple(dataclasses.replace(service, name=f"{service.name}-renamed") for service in SERVICES)
    assert keys(renamed) == keys(tuple(reversed(SERVICES))) == keys(SERVICES)


def test_staging_has_limits_of_its_own() -> None:
    assert PLANS[Environment.STAGING].limits != PLANS[Environment.PRODUCTION].limits
