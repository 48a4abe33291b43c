"""Both sides tell the same: Prometheus' rules are on exactly when Datadog's business alerts would be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

import pytest

from components.business.rules import alert_name
from components.business.spec import BusinessSpec
from components.monitors.compile import query
from components.monitors.condition import MetricCondition
from infra.naming import Tier
from tests.examples import STACKS
from tests.unit.business.examples import business_of, needs_prometheus, promtool, specs_of, write_rules
from tests.unit.business.series import PER_DAY, STEP, Counter, Scenario, days, write_test

pytestmark = [pytest.mark.slow, needs_prometheus]

TWO_DAYS = 2 * 24 * 60
REGISTERED, CREATED = "genonaut_users_registered_total", "genonaut_content_created_total"
SEARCHES, FAILURES = "genonaut_search_requests_total", "genonaut_search_failures_total"
Part: TypeAlias = tuple[str, list[Counter], dict[str, bool]]
"""What it is called, what is read, and which alerts are on."""
DROPS = {"registrations-drop": REGISTERED, "content-drop": CREATED}


def judge(scenarios: Sequence[Scenario], spec: BusinessSpec, folder: Path, *, minutes: int) -> None:
    test = write_test(scenarios, write_rules(spec, folder), spec.environment, folder / "test.yml", minutes=minutes)
    promtool("test", "rules", test)


def asked(stack: str, key: str) -> str:
    """The query of one of Datadog's alerts, with its threshold, as the API gets it."""
    (found,) = [
        one.condition
        for tier in specs_of(stack).monitors
        if tier.tier is Tier.BUSINESS
        for one in tier.monitors
        if one.key == key
    ]
    assert isinstance(found, MetricCondition)
    return query(found)


def dropped(text: str, today: float, before: float) -> bool:
    """`pct_change(sum(last_1d),last_1d):... < N`, by Datadog's documentation; without a day before, nothing."""
    threshold = re.fullmatch(r"pct_change\(sum\(last_1d\),last_1d\):sum:\S+ < (\S+)", text)
    assert threshold
    return before > 0 and (today - before) / before * 100 < float(threshold[1])


def failing(text: str, failures: float, searches: float) -> bool:
    """`sum(last_1d):failures / searches * 100 * is_greater(searches, N) > M`; a division by zero is nothing."""
    numbers = re.fullmatch(r"sum\(last_1d\):\S+ / \S+ \* 100 \* is_greater\(\S+ (\S+)\) > (\S+)", text)
    assert numbers
    minimum, threshold = map(float, numbers.groups())
    return searches > 0 and failures / searches * 100 * (searches > minimum) > threshold


def drops(stack: str, key: str) -> Iterator[Part]:
    text = asked(stack, key)
    for before in (0, 2_000):
        for share in (0, 0.05, 0.07, 0.12, 0.48, 0.52, 0.67, 0.73, 1, 2) if before else (0,):
            today = before * share
            # The first day is an hour longer, so that there is a whole day before at the last evaluation but one, too.
            paces = [(before / PER_DAY, PER_DAY + 60 // STEP), *days(today, today)]
            on = {alert_name(key): dropped(text, today, before), alert_name(f"{key}-silent"): False}
            yield f"{key}: {before}, then {today:g}", [Counter(name=DROPS[key], paces=paces)], on


def failures(stack: str) -> Iterator[Part]:
    text = asked(stack, "search-failures")
    for searches in (0, 95, 120):
        for share in (0, 0.09, 0.11, 0.23, 0.27) if searches else (0,):
            failed = searches * share
            counters = [
                Counter(name=SEARCHES, paces=days(*[searches] * 3)),
                Counter(name=FAILURES, paces=days(*[failed] * 3), labels={"reason": "timeout"}),
            ]
            yield f"{share:.0%} of {searches} searches", counters, {"SearchFailures": failing(text, failed, searches)}


def scenarios(stack: str) -> Iterator[Scenario]:
    """One of each kind at a time, which are about different metrics: promtool is slow to begin, not to judge."""
    kinds = (*(list(drops(stack, key)) for key in DROPS), list(failures(stack)))
    for parts in zip(*kinds, strict=True):
        yield Scenario(
            name="; ".join(name for name, _, _ in parts),
            counters=[counter for _, counters, _ in parts for counter in counters],
            minutes=TWO_DAYS + 60,
            firing={alert: on for _, _, firing in parts for alert, on in firing.items()},
        )


@pytest.mark.parametrize("stack", [stack for stack in STACKS if stack != "sandbox"])
def test_prometheus_is_on_when_datadog_is(stack: str, tmp_path: Path) -> None:
    found = list(scenarios(stack))
    assert {on for one in found for on in one.firing.values()} == {True, False}
    spec = business_of(stack)
    judge(found, spec, tmp_path, minutes=30)


def pods(name: str, *paces: list[tuple[float | None, int]]) -> list[Counter]:
    return [Counter(name=name, paces=each, labels={"pod": f"pod-{n}"}) for n, each in enumerate(paces)]


EDGES = [
    Scenario(
        name="a deployment at noon: one pod ends, another begins at zero, and nothing was lost",
        counters=pods(REGISTERED, [(2, 432)], [(None, 432), (2, 150)]),
        minutes=TWO_DAYS + 10,
        firing={"RegistrationsDrop": False, "RegistrationsDropSilent": False},
    ),
    Scenario(
        name="a counter that begins again, in the same pod",
        counters=[
            Counter(name=REGISTERED, paces=[(2, 432)]),
            Counter(name=CREATED, paces=[(2, 432)]),
        ],
        minutes=1_440,
        firing={"RegistrationsDrop": False, "ContentDrop": False},
    ),
    Scenario(
        name="nothing ever happened, but it is read",
        counters=[Counter(name=REGISTERED, paces=days(0, 0, 0))],
        minutes=TWO_DAYS + 10,
        firing={"RegistrationsDrop": False, "RegistrationsDropSilent": False, "SearchFailures": False},
    ),
    Scenario(
        name="a new installation has no day before",
        counters=[Counter(name=REGISTERED, paces=[(None, 500), (1, 90)])],
        minutes=TWO_DAYS + 10,
        firing={"RegistrationsDrop": False, "RegistrationsDropSilent": False},
    ),
    Scenario(
        name="nothing is read any more: after a day, silence",
        counters=[Counter(name=REGISTERED, paces=[(2, 200), (None, 320)])],
        minutes=200 * 5 + 24 * 60 + 60,
        firing={"RegistrationsDropSilent": True, "RegistrationsDrop": False},
    ),
    Scenario(
        name="a fall, and a recovery that is not one yet: 60 % below, then 47 %",
        counters=[Counter(name=REGISTERED, paces=[(10, 288), (4, 288), (2.12, 288)])],
        minutes=3 * 24 * 60,
        firing={"RegistrationsDrop": True},
    ),
    Scenario(
        name="the same 47 % without a fall before them",
        counters=[Counter(name=REGISTERED, paces=[(10, 288), (5.3, 288)])],
        minutes=TWO_DAYS - 5,
        firing={"RegistrationsDrop": False},
    ),
    Scenario(
        name="no failure yet is no series yet",
        counters=[Counter(name=SEARCHES, paces=days(500, 500, 500))],
        minutes=TWO_DAYS,
        firing={"SearchFailures": False},
    ),
    Scenario(
        name="no pod is read",
        counters=[Counter(name="up", paces=[(0, 20)], start=0)],
        minutes=60,
        firing={"BusinessMetricsUnseen": True},
    ),
    Scenario(
        name="no pod is there",
        counters=[],
        minutes=60,
        firing={"BusinessMetricsUnseen": True},
    ),
    Scenario(
        name="one of two pods is read",
        counters=[
            Counter(name="up", paces=[(0, 20)], labels={"pod": "down"}),
            Counter(name="up", paces=[(0, 20)], labels={"pod": "up"}, start=1),
        ],
        minutes=60,
        firing={"BusinessMetricsUnseen": False},
    ),
]


def test_what_happens_at_the_edges(tmp_path: Path) -> None:
    spec = business_of("production")
    # An alert's own state is looked back at for five minutes.
    judge(EDGES, spec, tmp_path, minutes=5)
