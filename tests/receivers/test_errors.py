"""What Sentry gets: errors with where they come from and without secrets, and that beat has come by."""

from __future__ import annotations

import json
from typing import Any

from stacks.catalog.services import SERVICES
from tests.receivers.evidence import Evidence
from tests.receivers.traffic import SECRET_VALUES
from tools.demo.application import API, ENVIRONMENT, VERSION


def errors(evidence: Evidence) -> list[dict[str, Any]]:
    return [item.payload for item in evidence.items if item.type == "event"]


def of_type(evidence: Evidence, type_: str) -> list[dict[str, Any]]:
    return [event for event in errors(evidence) if type_ in {one["type"] for one in event["exception"]["values"]}]


def test_sentry_would_take_every_envelope(evidence: Evidence) -> None:
    assert evidence.not_envelopes == []


def test_errors_say_where_they_come_from(evidence: Evidence) -> None:
    assert errors(evidence)
    for event in errors(evidence):
        assert event["environment"] == ENVIRONMENT
        assert VERSION in event["release"]


def leads_to(event: dict[str, Any]) -> int:
    """The trace that an event names, its lower 64 bits."""
    return int(event["tags"]["dd.trace_id"], 16) & (2**64 - 1)


def test_an_error_of_the_api_is_reported_once(evidence: Evidence) -> None:
    (event,) = of_type(evidence, "JSONDecodeError")
    assert "/api/v1/content/search" in event["request"]["url"]
    assert event["tags"]["service"] == API


def test_an_error_of_the_api_leads_to_its_trace(evidence: Evidence) -> None:
    (event,) = of_type(evidence, "JSONDecodeError")
    assert leads_to(event) in {span.trace_id for span in evidence.spans if span.error}


def test_a_failed_job_is_reported_with_its_trace_and_a_retry_is_not(evidence: Evidence) -> None:
    failed = {span.trace_id for span in evidence.spans if span.name == "celery.run" and span.error}
    for type_ in ("OutOfMemoryError", "ComfyUIUnavailableError"):
        (event,) = of_type(evidence, type_)
        assert leads_to(event) in failed
    assert of_type(evidence, "JobCancelledError") == []


def test_what_people_did_wrong_is_not_reported(evidence: Evidence) -> None:
    types = {one["type"] for event in errors(evidence) for one in event["exception"]["values"]}
    assert not types & {"HTTPException", "RequestValidationError"}


def test_no_secret_leaves(evidence: Evidence) -> None:
    everything = json.dumps([item.payload for item in evidence.items if not isinstance(item.payload, bytes)])
    assert [secret for secret in SECRET_VALUES if secret in everything] == []


def test_beat_checks_in_on_the_schedule_that_sentry_watches(evidence: Evidence) -> None:
    (job,) = [job for service in SERVICES for job in service.scheduled]
    mine = [item.payload for item in evidence.items if item.type == "check_in"]
    assert {check["monitor_slug"] for check in mine} == {job.key}
    # Twice where the run goes over one of the times of the schedule.
    for id_ in {check["check_in_id"] for check in mine}:
        assert [check["status"] for check in mine if check["check_in_id"] == id_] == ["in_progress", "ok"]
    assert {check["environment"] for check in mine} == {ENVIRONMENT}
    assert mine[0]["monitor_config"]["schedule"] == {"type": "crontab", "value": job.crontab}
