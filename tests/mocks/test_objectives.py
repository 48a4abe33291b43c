"""The objectives and probes of a whole stack under mocks: how they are wired, and who hears of them."""

from __future__ import annotations

import re

import pytest

from components.routing.reach import matches
from components.slos.alerts import CONDITION_TAG
from stacks import build as stack_build
from tests.examples import settings
from tests.mocks.recording import Declared, Recording, declare

MONITOR = "datadog:index/monitor:Monitor"
RULE = "datadog:index/monitorNotificationRule:MonitorNotificationRule"
SLO = "datadog:index/serviceLevelObjective:ServiceLevelObjective"
PROBE = "datadog:index/syntheticsTest:SyntheticsTest"


@pytest.fixture(scope="module")
def recording() -> Recording:
    return declare(lambda: stack_build.build(settings()))


def burns(recording: Recording) -> list[Declared]:
    return [one for one in recording.of_type(MONITOR).values() if any(t.startswith("slo:") for t in one.inputs["tags"])]


def rules_for(one: Declared, recording: Recording) -> list[str]:
    tags = set(one.inputs["tags"])
    return [name for name, rule in recording.of_type(RULE).items() if matches(rule.inputs["filter"]["scope"], tags)]


def test_a_burn_alert_holds_the_id_of_its_objective(recording: Recording) -> None:
    for one in burns(recording):
        if one.inputs["type"] == "slo alert":
            (slo,) = [tag.removeprefix("slo:") for tag in one.inputs["tags"] if tag.startswith("slo:")]
            assert f'("id-of-{slo}")' in one.inputs["query"], one.name
            assert slo in recording.of_type(SLO)


def test_a_composite_holds_the_ids_of_its_parts_and_of_nothing_else(recording: Recording) -> None:
    composites = [one for one in burns(recording) if one.inputs["type"] == "composite"]
    assert composites
    for one in composites:
        parts = re.findall(r"id-of-([\w-]+)", one.inputs["query"])
        assert parts
        for part in parts:
            assert CONDITION_TAG in recording.the(part).inputs["tags"], part


def test_parts_are_told_to_nobody_and_everything_else_by_the_rule_of_its_tier(recording: Recording) -> None:
    for one in (*burns(recording), *recording.of_type(PROBE).values()):
        tags = one.inputs["tags"]
        if CONDITION_TAG in tags:
            assert rules_for(one, recording) == [], one.name
        else:
            (tier,) = [tag.removeprefix("tier:") for tag in tags if tag.startswith("tier:")]
            assert rules_for(one, recording) == [f"notify-{tier}"], one.name


def test_probes_are_marked_as_ours(recording: Recording) -> None:
    for name, one in recording.of_type(PROBE).items():
        assert {"env:production", "pulumi_stack:example", f"pulumi_name:{name}"} <= set(one.inputs["tags"])
