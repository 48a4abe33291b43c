"""Probes: what is compiled, and every problem at once."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.synthetics.check import check
from components.synthetics.compile import compile_probe
from components.synthetics.spec import (
    BrowserAction,
    BrowserStep,
    Certificate,
    FasterThan,
    Journey,
    JsonIs,
    ProbeSpec,
    ProbesSpec,
    Request,
    Schedule,
    Single,
    StatusIs,
    Step,
    Subject,
    Visit,
)
from contract.synthetics import DEVICES, MANAGED_LOCATIONS
from infra.naming import Team, Tier
from stacks.catalog.tiers import URGENCY

GET = Request(url="https://api.example.com/health", assertions=(StatusIs(code=200),))
PROBE = ProbeSpec(
    key="api-probe-health",
    title="The API is healthy",
    tier=Tier.CRITICAL,
    owner=Team.BACKEND,
    service="genonaut-api",
    runbook="probe-health",
    meaning="It is not.",
    subject=Single(request=GET),
    schedule=Schedule(
        every_seconds=300,
        locations=("aws:eu-central-1", "gcp:us-west1"),
        retries=2,
        retry_interval_milliseconds=1_000,
        failing_locations=2,
        failing_seconds=60,
    ),
)


def spec_of(*probes: ProbeSpec, renotify: int | None = 30) -> ProbesSpec:
    urgency = {Tier.CRITICAL: dataclasses.replace(URGENCY[Tier.CRITICAL], renotify_minutes=renotify)}
    return ProbesSpec(probes=probes, urgency=urgency, runbook_base_url="https://example.com/r")


def compiled(subject: Subject) -> dict[str, Any]:
    return compile_probe(dataclasses.replace(PROBE, subject=subject), spec_of())


def found(**changes: Any) -> list[str]:
    problems = check(spec_of(dataclasses.replace(PROBE, **changes)))
    return [problem.what for problem in problems]


def scheduled(**changes: Any) -> list[str]:
    return found(schedule=dataclasses.replace(PROBE.schedule, **changes))


def asked(**changes: Any) -> list[str]:
    return found(subject=Single(request=dataclasses.replace(GET, **changes)))


def test_a_sound_probe_has_no_problem() -> None:
    assert found() == []


def test_alerts_have_the_urgency_of_their_tier_and_a_runbook_but_no_handle() -> None:
    arguments = compile_probe(PROBE, spec_of(PROBE))
    options = arguments["options_list"]
    assert (options["monitor_priority"], options["monitor_options"]) == (1, {"renotify_interval": 30})
    assert "tier:critical" in arguments["tags"]
    assert arguments["message"].endswith("Runbook: https://example.com/r/probe-health.md")
    assert "@" not in arguments["message"]


def test_the_schedule_is_put_where_the_provider_reads_it() -> None:
    schedule = Schedule(
        every_seconds=600,
        locations=("aws:eu-west-1", "aws:eu-west-2"),
        retries=1,
        retry_interval_milliseconds=2_500,
        failing_locations=2,
        failing_seconds=90,
    )
    arguments = compile_probe(dataclasses.replace(PROBE, schedule=schedule), spec_of())
    options = arguments["options_list"]
    assert arguments["locations"] == ["aws:eu-west-1", "aws:eu-west-2"]
    assert (options["tick_every"], options["retry"]) == (600, {"count": 1, "interval": 2_500})
    assert (options["min_location_failed"], options["min_failure_duration"]) == (2, 90)


def test_a_tier_that_tells_once_never_tells_again() -> None:
    options = compile_probe(PROBE, spec_of(PROBE, renotify=None))["options_list"]
    assert options["monitor_options"] == {"renotify_interval": 0}


def test_a_post_carries_its_body_and_says_what_it_is() -> None:
    request = dataclasses.replace(GET, method="POST", json="{}", writes_nothing="it is refused")
    arguments = compiled(Single(request=request))
    assert arguments["request_definition"] == {
        "method": "POST", "url": GET.url, "body": "{}", "body_type": "application/json",
    }  # fmt: skip
    assert arguments["request_headers"] == {"Content-Type": "application/json"}


def test_a_journey_takes_values_from_one_answer_to_the_next() -> None:
    following = Request(url="https://api.example.com/?cursor={{ CURSOR }}", assertions=(StatusIs(code=200),))
    journey = Journey(
        steps=(Step(name="First", request=GET, takes={"CURSOR": "$.next"}), Step(name="Then", request=following))
    )
    first, then = compiled(journey)["api_steps"]
    assert first["extracted_values"] == [
        {"name": "CURSOR", "type": "http_body", "parser": {"type": "json_path", "value": "$.next"}}
    ]
    assert "extracted_values" not in then
    assert found(subject=journey) == []


def test_a_certificate_asserts_days() -> None:
    arguments = compiled(Certificate(host="example.com", port=443, days_left=21))
    assert arguments["request_definition"] == {"host": "example.com", "port": "443"}
    assert arguments["assertions"] == [{"type": "certificate", "operator": "isInMoreThan", "target": "21"}]


def test_steps_in_a_browser_have_the_parameters_of_their_kind() -> None:
    steps = tuple(BrowserStep(name=action.name, action=action, value="x") for action in BrowserAction)
    made = {
        step["name"]: step for step in compiled(Visit(url=GET.url, steps=steps, devices=("tablet",)))["browser_steps"]
    }
    assert made["URL_CONTAINS"]["params"] == {"value": "x", "check": "contains"}
    assert made["SCRIPT_IS_TRUE"]["params"] == {"code": "x"}
    assert made["GO_TO"]["params"] == {"value": "x"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"every_seconds": 29}, "runs every 29 s"),
        ({"every_seconds": 604_801}, "runs every 604801 s"),
        ({"retries": 4}, "retries 4 times"),
        ({"retry_interval_milliseconds": 5_001}, "retries after 5001 ms"),
        ({"failing_seconds": 7_201}, "must fail for 7201 s"),
        ({"failing_locations": 3}, "must fail in 3 of 2 locations"),
        ({"failing_locations": 0}, "must fail in 0 of 2 locations"),
        ({"locations": ()}, "runs nowhere"),
        ({"locations": ("aws:eu-central-1", "aws:eu-central-1")}, "names the location aws:eu-central-1 2 times"),
        ({"locations": ("aws:eu-central-1", "aws:eu-centrl-1")}, "there is no location 'aws:eu-centrl-1'"),
    ],
)
def test_a_wrong_schedule_is_named(changes: dict[str, Any], expected: str) -> None:
    assert scheduled(**changes) == [expected]


def test_a_private_location_is_one() -> None:
    assert scheduled(locations=("pl:genonaut-office-1a2b", "aws:eu-central-1")) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"url": "api.example.com/health"}, "asks 'api.example.com/health', which is no URL"),
        ({"url": "ftp://example.com"}, "asks 'ftp://example.com', which is no URL"),
        ({"url": "https://example.com:port/"}, "asks 'https://example.com:port/', which is no URL"),
        ({"url": "https:///health"}, "asks 'https:///health', which is no URL"),
        ({"url": "https://example.com/{{ CURSOR }}"}, "uses {{ CURSOR }}, which no earlier step takes"),
        ({"assertions": ()}, "asserts 0 things"),
        ({"assertions": (StatusIs(code=200),) * 21}, "asserts 21 things"),
        ({"assertions": (FasterThan(milliseconds=0),)}, "must be faster than 0 ms"),
        ({"assertions": (JsonIs(path="status", value="x"),)}, "reads 'status', which is no JSON path"),
        ({"method": "POST", "json": "{}"}, "sends a POST"),
    ],
)
def test_a_wrong_request_is_named(changes: dict[str, Any], expected: str) -> None:
    assert asked(**changes) == [expected]


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        (Journey(steps=()), "is a journey without steps"),
        (Journey(steps=(Step(name="A", request=GET, takes={"c": "$.a"}),)), "step 'A' calls a value 'c'"),
        (Certificate(host="exa mple", port=443, days_left=1), "asks 'https://exa mple', which is no URL"),
        (Certificate(host="example.com", port=0, days_left=1), "asks port 0"),
        (Certificate(host="example.com", port=443, days_left=0), "wants 0 days left"),
        (Visit(url=GET.url, steps=(), devices=("tablet",)), "is a visit without steps"),
        (
            Visit(url=GET.url, steps=(BrowserStep(name="A", action=BrowserAction.GO_TO, value=" "),), devices=()),
            "visits with no device",
        ),
        (
            Visit(
                url=GET.url,
                steps=(BrowserStep(name="A", action=BrowserAction.GO_TO, value="x"),),
                devices=("laptop_larg",),
            ),
            "there is no device 'laptop_larg'",
        ),
    ],
)
def test_a_wrong_subject_is_named(subject: Subject, expected: str) -> None:
    assert expected in found(subject=subject)


def test_browsers_have_limits_of_their_own() -> None:
    visit = Visit(
        url=GET.url, steps=(BrowserStep(name="A", action=BrowserAction.GO_TO, value="x"),), devices=("tablet",)
    )
    schedule = dataclasses.replace(PROBE.schedule, every_seconds=59, retries=3)
    assert found(subject=visit, schedule=schedule) == ["runs every 59 s", "retries 3 times"]


def test_all_problems_are_told_at_once_with_the_key() -> None:
    wrong = dataclasses.replace(PROBE, key="No Key", schedule=dataclasses.replace(PROBE.schedule, retries=9))
    problems = check(spec_of(wrong, wrong, renotify=25))
    assert {problem.where for problem in problems} == {"probes.No Key"}
    assert {problem.what for problem in problems} == {
        "2 probes have this key",
        "is not a usable key",
        "cannot be sent again every 25 min",
        "retries 9 times",
    }


SCHEDULES = st.sets(st.sampled_from(sorted(MANAGED_LOCATIONS)), min_size=1, max_size=5).flatmap(
    lambda locations: st.builds(
        Schedule,
        every_seconds=st.integers(60, 604_800),
        locations=st.just(tuple(locations)),
        retries=st.integers(0, 2),
        retry_interval_milliseconds=st.integers(0, 5_000),
        failing_locations=st.integers(1, len(locations)),
        failing_seconds=st.integers(0, 7_200),
    )
)


@given(SCHEDULES, st.sets(st.sampled_from(sorted(DEVICES)), min_size=1))
def test_whatever_is_within_the_limits_is_taken(schedule: Schedule, devices: set[str]) -> None:
    step = BrowserStep(name="A", action=BrowserAction.GO_TO, value="x")
    visit = Visit(url=GET.url, steps=(step,), devices=tuple(devices))
    assert found(schedule=schedule) == found(schedule=schedule, subject=visit) == []
