"""What the environments are billed for: each setting moves its own lines, and the budget refuses what is too much."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from decimal import Decimal

import pytest
from click.testing import CliRunner

from components.cost.compile import compile_bill
from components.cost.spec import Bill
from infra.naming import Environment
from reports import cost as report
from reports.__main__ import main
from reports.stacks import settings_of
from stacks import specs as stack_specs
from stacks.catalog import probes as probe_catalog
from stacks.catalog.limits import Limits
from stacks.catalog.logs.indexes import indexes
from stacks.catalog.usage import DAYS
from stacks.check import check
from stacks.environment import EnvironmentPlan
from stacks.specs import PLANS, StackSpecs, compose
from tests.examples import STACKS

Change = Callable[[EnvironmentPlan], EnvironmentPlan]


def specs_of(stack: str, change: Change = lambda plan: plan) -> StackSpecs:
    """The stack with its own environment's plan changed."""
    settings = settings_of(stack)
    with pytest.MonkeyPatch.context() as patch:
        own = settings.environment
        patch.setattr(stack_specs, "PLANS", {**PLANS, own: change(PLANS[own])})
        return compose(settings, stack)


def bill_of(stack: str, change: Change = lambda plan: plan) -> Bill:
    return compile_bill(specs_of(stack, change).cost)


def changed(before: Bill, after: Bill) -> dict[str, Decimal]:
    """By how much the quantity of each line that differs has grown."""
    old, new = ({line.key: line.quantity for line in bill.lines} for bill in (before, after))
    return {
        key: new.get(key, Decimal()) - old.get(key, Decimal()) for key in {**old, **new} if new.get(key) != old.get(key)
    }


def with_usage(**values: object) -> Change:
    return lambda plan: dataclasses.replace(plan, usage=dataclasses.replace(plan.usage, **values))  # type: ignore[arg-type]


@pytest.mark.parametrize("stack", STACKS)
def test_every_stack_is_within_its_budget(stack: str) -> None:
    assert [str(one) for one in check(specs_of(stack)) if one.where.startswith(("budget", "cost", "contract"))] == []


def test_a_changed_threshold_costs_nothing() -> None:
    assert changed(
        bill_of("production"),
        bill_of("production", lambda plan: dataclasses.replace(plan, limits=Limits(latency_p95_warning=1.5))),
    ) == {}  # fmt: skip


def test_one_more_probe_changes_its_line_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    before = bill_of("production")
    # Every 15 minutes from three locations.
    both = probe_catalog.probes

    def with_one_more(*args: object) -> object:
        every = tuple(both(*args))  # type: ignore[arg-type]
        return (*every, next(one for one in every if one.key == "api-probe-searching"))

    monkeypatch.setattr("stacks.cost.probes", with_one_more)
    assert changed(before, bill_of("production")) == {"synthetics-api": 4 * 24 * DAYS * 3}


def test_twice_as_many_health_checks() -> None:
    faster: Change = lambda plan: dataclasses.replace(  # noqa: E731
        plan, cadence=dataclasses.replace(plan.cadence, health_seconds=60)
    )
    assert changed(bill_of("production"), bill_of("production", faster)) == {"synthetics-api": 30 * 24 * DAYS * 3}


def test_sampling_moves_the_lines_of_browsers_alone() -> None:
    half: Change = lambda plan: dataclasses.replace(  # noqa: E731
        plan, browsers=dataclasses.replace(plan.browsers, sessions=50.0)
    )
    found = changed(bill_of("production"), bill_of("production", half))
    assert found == {"rum-sessions": -50_000, "rum-kept": -6_350, "rum-replays": -2_500}


def test_a_feature_that_is_off_is_not_paid_for() -> None:
    staging = {line.key for line in bill_of("staging").lines}
    assert staging.isdisjoint({"network-hosts", "service-monitoring-hosts"})
    assert {"network-hosts", "service-monitoring-hosts"} <= {line.key for line in bill_of("production").lines}


def test_what_the_organisation_shares_is_billed_once() -> None:
    shared = {"sentry-plan", "sentry-errors", "sentry-crons", "sentry-uptime"}
    assert shared <= {line.key for line in bill_of("production").lines}
    assert shared.isdisjoint(line.key for line in bill_of("staging").lines)
    (errors,) = (line for line in bill_of("production").lines if line.key == "sentry-errors")
    assert errors.quantity == sum(PLANS[one].usage.errors for one in (Environment.PRODUCTION, Environment.STAGING))


def test_an_exclusion_leaves_out_its_share_and_the_quota_ends_it() -> None:
    (index,) = indexes([Environment.PRODUCTION])
    (kept,) = (line for line in bill_of("production").lines if line.key == "logs-15-days")
    usage = PLANS[Environment.PRODUCTION].usage
    requests = usage.quiet_lines["Nine of ten requests that went well"]
    others = sum(usage.quiet_lines.values()) - requests
    assert kept.quantity == usage.log_lines - others - requests * Decimal("0.9")
    (most,) = (line for line in bill_of("production", with_usage(log_lines=10**9)).lines if line.key == "logs-15-days")
    assert most.quantity == index.quota.events * DAYS


@pytest.mark.parametrize("environment", Environment)
def test_the_lines_that_usage_tells_apart_are_those_of_exclusions(environment: Environment) -> None:
    (index,) = indexes([environment])
    assert set(PLANS[environment].usage.quiet_lines) == {one.name for one in index.exclusions}


def test_twice_the_hosts_move_the_limit_of_the_alert_on_them() -> None:
    def limits(specs: StackSpecs) -> dict[str, float]:
        return {
            one.key: one.condition.thresholds.critical  # type: ignore[union-attr]
            for tier in specs.monitors
            for one in tier.monitors
            if one.key.startswith("usage-")
        }

    before, after = limits(specs_of("production")), limits(specs_of("production", with_usage(hosts=10)))
    # Two of staging, and a fifth above the plan.
    assert (before["usage-hosts"], after["usage-hosts"]) == (6, 14.4)
    assert before["usage-rum-sessions"] == after["usage-rum-sessions"]
    assert limits(specs_of("staging")) == {}


def test_an_alert_on_what_is_there_all_month_ends_at_the_plan_and_begins_at_one_more() -> None:
    used = {one: {line.key: line.quantity for line in bill_of(one).lines} for one in ("production", "staging")}
    for tier in specs_of("production").monitors:
        for one in tier.monitors:
            key = one.key.removeprefix("usage-")
            if one.key.startswith("usage-") and key in {"hosts", "apm-hosts", "dbm-hosts", "containers"}:
                planned = float(sum(bill[key] for bill in used.values()))
                limits = one.condition.thresholds  # type: ignore[union-attr]
                assert limits.critical_recovery is not None
                assert planned <= limits.critical_recovery < limits.critical
                assert limits.critical < planned + 1 or limits.critical == pytest.approx(planned * 1.2)


def test_what_costs_too_much_is_refused() -> None:
    often: Change = lambda plan: dataclasses.replace(  # noqa: E731
        plan, cadence=dataclasses.replace(plan.cadence, health_seconds=30)
    )
    (problem,) = check(specs_of("production", often))
    assert problem.where == "budget.production"
    assert "API test runs 151.2" in problem.what
    assert "a slower cadence" in problem.hint


def test_the_command_prints_what_the_stack_exports() -> None:
    done = CliRunner().invoke(main, ["cost", "--stack", "production", "--format", "json"])
    assert done.exit_code == 0
    printed = json.loads(done.output)
    assert all(line.pop("assumption") for line in printed["lines"].values())
    assert printed == report.bill_of("production").mapping()


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_every_line_is_shown_with_its_assumption(form: str) -> None:
    shown = report.FORMATS[form](report.bill_of("staging"))
    for line in report.bill_of("staging").lines:
        assert line.title in shown
        assert line.assumption in shown
        assert f"{line.dollars:,}" in shown
    assert f"{report.bill_of('staging').total:,} USD a month" in shown
