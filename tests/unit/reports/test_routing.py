"""The routing matrix: no alert of any stack reaches nobody, and none outside of production pages."""

from __future__ import annotations

import json

import pytest

from components.routing.reach import Reach, State
from infra.naming import PAGERS, Environment, Tier
from reports.alerts import alerts_of
from reports.routing.matrix import Row, matrix
from reports.routing.text import FORMATS, HEAD, maintenance, who
from reports.stacks import settings_of, specs_of, stack_names

STACKS = stack_names()


def rows(stack: str) -> list[Row]:
    return list(matrix(stack))


@pytest.mark.parametrize("stack", STACKS)
def test_every_change_of_every_live_alert_reaches_somebody_at_every_hour(stack: str) -> None:
    found = [row for row in rows(stack) if not row.alert.burns_in]
    assert {row.alert.tag("tier") for row in found} == set(Tier)
    for row in found:
        assert all(reached.recipients for reached in row.reaches), (row.alert.key, row.state)
        # It may wait for people to start work, but not while they work.
        assert not row.working.waits, row.alert.key


@pytest.mark.parametrize("stack", STACKS)
def test_an_alert_in_burn_in_reaches_nobody(stack: str) -> None:
    for row in rows(stack):
        if row.alert.burns_in:
            assert not any(reached.recipients for reached in row.reaches), row.alert.key


@pytest.mark.parametrize("stack", STACKS)
def test_only_production_pages(stack: str) -> None:
    pages = {one for row in rows(stack) for reached in row.reaches for one in reached.recipients if paging(one)}
    assert bool(pages) is (settings_of(stack).environment is Environment.PRODUCTION)


def paging(handle: str) -> bool:
    return handle.startswith(PAGERS)


@pytest.mark.parametrize("stack", STACKS)
def test_a_critical_alert_never_waits_and_only_it_pages(stack: str) -> None:
    for row in rows(stack):
        critical = row.alert.tag("tier") == Tier.CRITICAL
        if critical:
            assert not any(reached.waits for reached in row.reaches), row.alert.key
        paged = any(paging(one) for reached in row.reaches for one in reached.recipients)
        assert not paged or critical, row.alert.key
        assert not (paged and row.state is State.WARNING), row.alert.key


def test_in_production_every_live_critical_alert_pages_at_night() -> None:
    for row in rows("production"):
        if row.alert.tag("tier") == Tier.CRITICAL and row.state is State.ALERT and not row.alert.burns_in:
            assert any(paging(one) for one in row.night.recipients), row.alert.key


@pytest.mark.parametrize("stack", STACKS)
def test_every_alert_is_in_the_matrix_with_every_change_it_notifies_of(stack: str) -> None:
    shown = {(row.alert.key, row.state) for row in rows(stack)}
    assert shown == {(alert.key, state) for alert in alerts_of(stack) for state in alert.states}
    specified = {monitor.key for tier in specs_of(stack).monitors for monitor in tier.monitors}
    assert specified <= {alert.key for alert in alerts_of(stack)}


def test_stacks_that_share_an_organisation_agree_on_who_owns_it() -> None:
    owners: dict[str, set[str]] = {}
    for stack in STACKS:
        settings = settings_of(stack)
        if settings.environment is not Environment.SANDBOX:
            owners.setdefault(settings.datadog.api, set()).add(settings.datadog.owner_stack)
    assert all(len(names) == 1 for names in owners.values()), owners


def test_the_owner_connects_the_channels_of_all_stacks_of_its_organisation() -> None:
    owner = settings_of("production").routing.slack
    for stack in STACKS:
        settings = settings_of(stack)
        if settings.datadog.owner_stack == "production":
            handles = {one for tier in Tier for one in settings.routing.recipients(tier) if one.startswith("slack-")}
            assert handles <= {f"slack-{owner.account}-{channel}" for channel in owner.channels}, stack


def test_words() -> None:
    assert who(Reach(recipients=())) == "NOBODY"
    assert who(Reach(recipients=()), burns_in=True) == "nobody: burn-in"
    assert who(Reach(recipients=("slack-a",), waits=True)) == "when work starts: slack-a"


def test_formats_show_the_same_rows() -> None:
    found = rows("production")
    text, table, objects = (FORMATS[name](found) for name in ("text", "markdown", "json"))
    assert text.splitlines()[0].split("  ")[0] == HEAD[0]
    assert len(text.splitlines()) == len(found) + 1
    assert len(table.splitlines()) == len(found) + 2
    decoded = json.loads(objects)
    assert [one["alert"] for one in decoded] == [row.alert.key for row in found]
    assert decoded[0]["night"]["recipients"] == list(found[0].night.recipients)


def test_planned_work_is_told_beside_the_matrix() -> None:
    spec = specs_of("production").downtimes
    lines = list(maintenance(spec))
    assert len(lines) == len(spec.windows) > 0
    for line, window in zip(lines, spec.windows, strict=True):
        assert window.service in line
        assert f"{window.minutes} minutes" in line
