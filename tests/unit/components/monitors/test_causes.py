"""Causes quieten symptoms, and nobody is left in the dark by it."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from components.monitors.check import check
from components.monitors.spec import MissingData, MonitorSpec, Stage
from infra.naming import Tier
from tests.examples import WORLD
from tests.unit.components.monitors.examples import CAUSE, CHECK, SYMPTOM, metric, spec, tier_of


def found(*monitors: MonitorSpec) -> list[str]:
    tiers = [tier_of(*(one for one in monitors if one.tier is tier), tier=tier) for tier in Tier]
    return [str(problem) for problem in check(tiers, WORLD)]


def cause(**changes: Any) -> MonitorSpec:
    return dataclasses.replace(CAUSE, **changes)


def test_a_symptom_and_its_cause_are_right() -> None:
    assert found(CAUSE, SYMPTOM) == []


@pytest.mark.parametrize(
    ("monitors", "expected"),
    [
        ((SYMPTOM,), "monitors.symptom.unless: there is no alert cause"),
        (
            (cause(tier=Tier.BUSINESS), SYMPTOM),
            "monitors.symptom.unless: cause is less urgent than what it quietens",
        ),
        ((cause(stage=Stage.BURN_IN), SYMPTOM), "monitors.cause.stage: quietens others while nobody hears of it"),
        ((cause(on_missing_data=None), SYMPTOM), "monitors.cause.on_missing_data: quietens others, and would do so"),
        (
            (cause(on_missing_data=MissingData.NOTIFY), SYMPTOM),
            "monitors.cause.on_missing_data: quietens others, and would do so",
        ),
        (
            (cause(condition=dataclasses.replace(CHECK, by=("host",))), SYMPTOM),
            "monitors.cause.condition: quietens others, but is told apart by host",
        ),
        (
            (
                CAUSE,
                dataclasses.replace(
                    SYMPTOM, condition=metric(expression="avg(last_5m):avg:pagination.query.duration{*} by {service}")
                ),
            ),
            "monitors.symptom.unless: is told apart by service",
        ),
        (
            (cause(condition=dataclasses.replace(CHECK, aftermath=None)), SYMPTOM),
            "monitors.symptom.unless: cause is no cause",
        ),
        ((cause(condition=metric()), SYMPTOM), "monitors.symptom.unless: cause is no cause"),
        (
            (cause(condition=dataclasses.replace(CHECK, aftermath=15)), SYMPTOM),
            "still sees what cause has done when its aftermath is over (an aftermath of at least 16 minutes",
        ),
        (
            (cause(condition=dataclasses.replace(CHECK, failures=5)), SYMPTOM),
            "monitors.symptom.evaluation_delay: may begin before cause does (at least the 75 s",
        ),
        (
            (cause(unless=("symptom",)), dataclasses.replace(SYMPTOM, tier=Tier.CRITICAL)),
            "quietens itself: ",
        ),
        (
            (*(cause(key=f"cause-{n}") for n in range(10)), spec(unless=tuple(f"cause-{n}" for n in range(10)))),
            "monitors.example.unless: a composite has at most 10 members",
        ),
    ],
)
def test_what_would_leave_people_in_the_dark_is_refused(monitors: tuple[MonitorSpec, ...], expected: str) -> None:
    problems = found(*monitors)
    assert any(expected in problem for problem in problems), problems
