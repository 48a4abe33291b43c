"""The dashboards of every stack, as the API gets them."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from components.agent.features import Feature
from components.dashboards.compile import compile_dashboard
from components.dashboards.definitions import Ids
from components.monitors.compile import compile_monitor
from infra.naming import Mark
from reports.stacks import settings_of
from sandbox.checks.datadog.dashboard import check_json
from stacks import specs as stack_specs
from stacks.catalog.limits import Limits
from stacks.check import check
from stacks.environment import EnvironmentPlan
from stacks.specs import PLANS, StackSpecs, compose
from tests.examples import STACKS

KEYS = (
    "executive-overview", "engineering-performance", "database-performance", "user-experience", "operations",
    "service-api", "service-worker", "service-web",
)  # fmt: skip


def specs_of(stack: str, **changes: Any) -> StackSpecs:
    """The specs of a stack whose plan differs as given."""
    settings = settings_of(stack)
    plans: Mapping[Any, EnvironmentPlan] = {
        **PLANS,
        settings.environment: dataclasses.replace(PLANS[settings.environment], **changes),
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stack_specs, "PLANS", plans)
        return compose(settings, stack)


def bodies(specs: StackSpecs, stack: str = "production") -> dict[str, dict[str, Any]]:
    """By key, what is sent."""
    ids = Ids(
        slos={slo.key: "0" * 32 for slo in specs.objectives.slos},
        alerts={key: str(number) for number, key in enumerate(specs.dashboards.alerts, 1)},
    )
    return {
        board.key: compile_dashboard(board, specs.dashboards, Mark(stack).sentence(board.key), ids)
        for board in specs.dashboards.dashboards
    }


def definitions(body: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The definitions of all widgets in groups."""
    for group in body["widgets"]:
        for widget in group["definition"]["widgets"]:
            yield widget["definition"]


@pytest.mark.parametrize("stack", STACKS)
def test_dashboards_pass_the_official_models_and_the_grammar(stack: str) -> None:
    found = bodies(specs_of(stack), stack)
    assert tuple(found) == KEYS
    for key, body in found.items():
        assert check_json({"dashboard": json.dumps(body)}) == [], key


def test_a_changed_limit_moves_the_alert_and_its_line() -> None:
    def drawn(limits: Limits) -> tuple[str, set[str], set[float]]:
        specs = specs_of("production", limits=limits)
        (query,) = (
            compile_monitor(monitor, tier)["query"]
            for tier in specs.monitors
            for monitor in tier.monitors
            if monitor.key == "api-pagination-latency"
        )
        widgets = list(definitions(bodies(specs)["service-api"]))
        lines = {
            marker["value"]
            for widget in widgets
            if widget.get("title") == "Duration by collection, 95th percentile"
            for marker in widget["markers"]
        }
        colours = {
            one["value"]
            for widget in widgets
            if widget.get("title") == "Slowest depth, 95th percentile"
            for one in widget["requests"][0]["conditional_formats"]
        }
        return query.rpartition("> ")[2], lines, colours

    assert drawn(Limits()) == ("0.5", {"y = 0.5"}, {0.5})
    assert drawn(Limits(pagination_p95=0.7)) == ("0.7", {"y = 0.7"}, {0.7})


@pytest.mark.parametrize("feature", [Feature.LOGS, Feature.DOGSTATSD, Feature.APM, Feature.EVENTS])
def test_a_feature_that_is_off_leaves_no_blind_widget(feature: Feature) -> None:
    plan = PLANS[settings_of("production").environment]
    agents = dataclasses.replace(plan.agents, features=plan.agents.features - {feature})
    specs = specs_of("production", agents=agents)
    assert [str(problem) for problem in check(specs) if problem.where.startswith("dashboards")] == []
    assert tuple(bodies(specs)) == KEYS


def test_links_lead_to_the_site_of_the_stack() -> None:
    board = bodies(specs_of("production"))["service-api"]
    links = {link["label"]: link["link"] for widget in definitions(board) for link in widget.get("custom_links", ())}
    assert links["Traces"].startswith("https://app.datadoghq.com/apm/traces?query=env%3A{{$env.value}}%20service%3A")
    assert links["Logs"].startswith(
        "https://app.datadoghq.com/logs?query=env%3A{{$env.value}}%20service%3Agenonaut-api"
    )
    assert links["Runbook"].startswith(settings_of("production").runbooks.base_url)


@pytest.mark.parametrize(("stack", "shown"), [("production", True), ("staging", False)])
def test_usage_is_shown_where_it_is_watched(stack: str, shown: bool) -> None:
    assert ("datadog.estimated_usage" in json.dumps(bodies(specs_of(stack))["executive-overview"])) is shown
