"""Sentry's alerts, monitors and settings: what is compiled, and what is refused."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.sentry.alerts import compile_alert, compile_monitors_alert
from components.sentry.compile import check
from components.sentry.monitors import compile_monitor
from components.sentry.rules import compile_filters, compile_ownership
from components.sentry.spec import (
    AlertSpec,
    CronMonitorSpec,
    Measure,
    MetricMonitorSpec,
    MonitorSpec,
    ProjectRules,
    SentryProjectSpec,
    SentrySpec,
    Target,
    UptimeMonitorSpec,
)
from infra.naming import Environment, Tier
from sentry_alerts.shapes import conditions

PROJECT = SentryProjectSpec(
    key="api-sentry",
    service="api",
    events_per_minute=300,
    in_browsers=False,
    rules=ProjectRules(owned=("path:api/**",), resolve_after_hours=24),
)
ALERT = AlertSpec(
    key="new-issue", title="New", tier=Tier.CRITICAL, runbook="error-issues", projects=("api-sentry",),
    triggers=(conditions.new_issue(),), alternatives=((conditions.category(1),), (conditions.level_at_least(40),)),
)  # fmt: skip
METRIC = MetricMonitorSpec(
    key="fails", title="Fails", tier=Tier.CRITICAL, runbook="error-rate", project="api-sentry",
    measure=Measure.FAILURE_RATE, critical=5.0, warning=2.0, window_minutes=5,
)  # fmt: skip
CRON = CronMonitorSpec(
    key="job", title="Job", tier=Tier.WARNING, runbook="missed-job", project="api-sentry", job="heartbeat",
    crontab="*/5 * * * *", margin_minutes=3, longest_minutes=5, failures=2,
)  # fmt: skip
UPTIME = UptimeMonitorSpec(
    key="down", title="Down", tier=Tier.CRITICAL, runbook="uptime", project="api-sentry",
    url="https://example.com/api/v1/health", json_path="$.status", value="healthy", every_seconds=60,
    timeout_seconds=10, failures=3,
)  # fmt: skip
SLACK = Target(kind="slack", integration="1", id="", name="#alerts")
PAGER = Target(kind="pagerduty", integration="2", id="77", name="Genonaut")


def spec(**changes: Any) -> SentrySpec:
    given_: dict[str, Any] = {
        "organization": "o",
        "stack": "production",
        "environment": Environment.PRODUCTION,
        "runbook_base_url": "https://example.com/runbooks",
        "projects": (PROJECT,),
        "alerts": (ALERT,),
        "monitors": (METRIC, CRON, UPTIME),
        "targets": {Tier.CRITICAL: (PAGER, SLACK)},
    }
    return SentrySpec(**{**given_, **changes})


def said(wrong: SentrySpec) -> str:
    return "\n".join(map(str, check(wrong)))


def test_a_sound_spec_has_no_problem() -> None:
    assert check(spec()) == []


def test_an_alert_reaches_the_targets_of_its_tier() -> None:
    compiled = compile_alert(ALERT, spec(), {"api-sentry": "11"}, "22")
    assert compiled["name"] == "New [production]"
    assert (compiled["projects"], compiled["environment"]) == (["11"], "production")
    first, second = compiled["action_filters"]
    assert [first["conditions"][0]["type"], second["conditions"][0]["type"]] == ["issue_category", "level"]
    assert [one["type"] for one in first["actions"]] == ["pagerduty", "slack"]
    assert first["actions"][0]["data"] == {"priority": "critical"}
    assert "runbooks/error-issues.md" in first["actions"][1]["data"]["notes"]


def test_a_tier_without_targets_tells_the_team() -> None:
    compiled = compile_monitors_alert(Tier.WARNING, spec(), ["5"], "22")
    (group,) = compiled["action_filters"]
    (action,) = group["actions"]
    assert (action["type"], action["config"]) == ("email", {"targetType": "team", "targetIdentifier": "22"})
    assert compiled["monitor_ids"] == ["5"]


@pytest.mark.parametrize(
    ("measure", "limits", "expected"),
    [
        (Measure.FAILURE_RATE, (5.0, 2.0), [("gt", 0.05, 75), ("gt", 0.02, 50), ("lte", 0.02, 0)]),
        (Measure.P95_DURATION, (2.0, None), [("gt", 2000, 75), ("lte", 2000, 0)]),
        (Measure.CRASH_FREE_SESSIONS, (98.0, 99.5), [("lt", 98, 75), ("lt", 99.5, 50), ("gte", 99.5, 0)]),
    ],
)
def test_limits_are_in_the_units_of_the_api(
    measure: Measure, limits: tuple[float, float | None], expected: list[tuple[str, float, int]]
) -> None:
    monitor = dataclasses.replace(METRIC, measure=measure, critical=limits[0], warning=limits[1])
    assert check(spec(monitors=(monitor,))) == []
    compiled = compile_monitor(monitor, spec(), "11", "team:22")
    assert [tuple(one.values()) for one in compiled["conditions"]] == expected
    assert compiled["time_window"] == 300
    assert compiled["owner"] == "team:22"


@given(st.floats(0.01, 99.99))
def test_any_rate_that_can_be_is_one_that_the_api_takes(rate: float) -> None:
    assert check(spec(monitors=(dataclasses.replace(METRIC, critical=rate, warning=None),))) == []


def test_the_body_of_the_health_route_is_looked_at() -> None:
    compiled = compile_monitor(UPTIME, spec(), "11", "team:22")
    operations = json.loads(compiled["assertion"])["root"]["children"]
    assert operations[-1]["value"] == "$.status"
    assert operations[-1]["operand"]["value"] == "healthy"
    assert compiled["timeout_ms"] == 10_000


def test_the_stacks_team_owns_and_browsers_bring_extensions() -> None:
    assert compile_ownership(PROJECT, spec())["raw"] == "path:api/** #genonaut-production"
    assert not compile_filters(PROJECT, spec())["browser_extensions"]
    assert compile_filters(dataclasses.replace(PROJECT, in_browsers=True), spec())["browser_extensions"]


def test_everything_wrong_is_told_at_once_with_its_place() -> None:
    wrong = spec(
        projects=(
            dataclasses.replace(
                PROJECT, rules=ProjectRules(fingerprints=("no arrow",), owned=("api",), resolve_after_hours=-1)
            ),
        ),
        alerts=(
            dataclasses.replace(ALERT, projects=("api-sentry", "nothing")),
            dataclasses.replace(ALERT, key="moon", title="Moon", triggers=({"type": "full_moon"},), silence_minutes=7),
        ),
        monitors=(
            dataclasses.replace(METRIC, critical=150.0),
            dataclasses.replace(METRIC, key="late", title="Late", warning=6.0),
            dataclasses.replace(CRON, crontab="every day", project="nothing"),
            dataclasses.replace(UPTIME, url="example.com", title="Job"),
        ),
        targets={Tier.CRITICAL: (dataclasses.replace(SLACK, integration="our slack"),)},
    )  # fmt: skip
    text = said(wrong)
    for part in (
        "sentry.api-sentry.rules.fingerprinting_rules: line 1 is no rule",
        "sentry.api-sentry.rules.raw: line 1 is no rule",
        "sentry.api-sentry.rules.resolve_age",
        "sentry.alerts.new-issue: there is no project 'nothing' (one of api-sentry)",
        "sentry.alerts.moon.triggers[0]",
        "full_moon",
        "sentry.alerts.moon.frequency_minutes",
        "sentry.alerts.moon.action_filters[0].actions[0].slack.integrationId",
        "sentry.monitors.fails.critical: failure rate (%) of 150 can never be passed (between 0 and 100)",
        "sentry.monitors.late.warning: 6 would come after critical (below 5)",
        "sentry.monitors.job.crontab",
        "sentry.monitors.job: there is no project 'nothing'",
        "sentry.monitors.down.url",
        "the title 'Job' is used 2 times",
    ):
        assert part in text, part


@pytest.mark.parametrize("monitor", [METRIC, CRON, UPTIME])
def test_a_key_that_stands_for_two_things(monitor: MonitorSpec) -> None:
    assert f"sentry.{ALERT.key}: stands for several things" in said(
        spec(monitors=(dataclasses.replace(monitor, key=ALERT.key),))
    )
