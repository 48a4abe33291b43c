"""Lines of the app's logs, read as the pipelines of the logs read them: each leads to its trace."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from components.logs.interpret.fate import Fate, fate
from contract.telemetry.application import WORKER as TASK
from contract.telemetry.logs import JSON_ATTRIBUTES
from stacks.specs import compose
from tests.examples import settings
from tests.receivers.evidence import PROCESSES, Evidence
from tests.receivers.test_metrics import SUBMITTED
from tests.receivers.traffic import PROMPTS
from tools.demo.application import API, ENVIRONMENT, WORKER

SPEC = compose(settings(), "production").logs
"""Of the stack that makes the pipelines for all environments."""
JOBS = ("generation.image", "generation.text")
LOWER = 2**64 - 1


def written(evidence: Evidence, process: str) -> list[str]:
    """The lines of JSON; before them are what Celery and Python print before logging begins."""
    return [line for line in evidence.logs[process].splitlines() if line.startswith("{")]


def read(evidence: Evidence, process: str) -> list[Fate]:
    assert SPEC
    tags = {"env": ENVIRONMENT, "service": API if process == "api" else WORKER}
    return [fate(SPEC, line, tags, from_stderr=True) for line in written(evidence, process)]


def of(evidence: Evidence, process: str, **attributes: str) -> list[Fate]:
    wanted = {name.replace("_", ".", 1): value for name, value in attributes.items()}
    return [one for one in read(evidence, process) if wanted.items() <= one.line.attributes.items()]


def trace_of(found: Fate) -> int:
    """The trace that a line leads to, its lower 64 bits."""
    assert found.line.trace_id is not None, found.line
    return int(found.line.trace_id, 16) & LOWER


@pytest.mark.parametrize("process", PROCESSES)
def test_lines_have_the_attributes_of_the_contract_and_no_others(process: str, evidence: Evidence) -> None:
    lines: list[dict[str, Any]] = [json.loads(line) for line in written(evidence, process)]
    assert lines
    for line in lines:
        assert line.keys() <= JSON_ATTRIBUTES | {"message"}
        assert {"message", "level", "timestamp", "logger.name"} <= line.keys()


@pytest.mark.parametrize(
    ("process", "words"), [("api", "Application startup complete."), ("worker", " ready."), ("beat", "beat: Starting")]
)
def test_once_a_process_has_begun_all_its_lines_are_json(process: str, words: str, evidence: Evidence) -> None:
    lines = evidence.logs[process].splitlines()
    begun = next(number for number, line in enumerate(lines) if words in line)
    assert [line for line in lines[begun:] if not line.startswith("{")] == []


@pytest.mark.parametrize("process", PROCESSES)
def test_each_goes_through_the_pipeline_of_its_service_with_its_own_time_and_level(
    process: str, evidence: Evidence
) -> None:
    for text, found in zip(written(evidence, process), read(evidence, process), strict=True):
        assert found.pipelines == (f"logs-pipeline-{'requests' if process == 'api' else 'tasks'}",)
        assert found.line.date is not None
        assert evidence.done.began - 60 < found.line.date / 1000 < evidence.done.began + 600
        # What goes to standard error is an error until the line's own level is read.
        assert (found.line.status == "info") == (json.loads(text)["level"] == "INFO")


def test_a_line_of_a_request_leads_to_it(evidence: Evidence) -> None:
    lines = of(evidence, "api", logger_name="examples.genonaut.routers.generation")
    assert len(lines) == evidence.done.answered(SUBMITTED, 202)
    spans = {span.span_id: span for span in evidence.spans if span.service == API}
    requests = {span.trace_id for span in evidence.spans if span.resource == SUBMITTED}
    for found in lines:
        assert trace_of(found) in requests
        assert spans[int(found.line.attributes["dd.span_id"])].trace_id == trace_of(found)


def test_the_servers_line_of_an_error_leads_to_it(evidence: Evidence) -> None:
    """The server writes it when the span is closed."""
    (found,) = of(evidence, "api", logger_name="uvicorn.error", error_kind="JSONDecodeError")
    assert trace_of(found) in {span.trace_id for span in evidence.spans if span.error}
    assert "Traceback" in found.line.attributes["error.stack"]
    assert "genonaut.logs.errors" in found.metrics


def test_a_line_of_a_task_leads_to_it_and_to_the_request(evidence: Evidence) -> None:
    lines = of(evidence, "worker", logger_name="examples.genonaut.tasks")
    # Each job begins, but for the one given up; the retried ones twice.
    assert len(lines) == evidence.done.answered(SUBMITTED, 202) - 1 + 2
    runs = {span.span_id: span for span in evidence.spans if span.name == TASK}
    requests = {span.trace_id for span in evidence.spans if span.resource == SUBMITTED}
    for found in lines:
        attributes = found.line.attributes
        run = runs[int(attributes["dd.span_id"])]
        assert (run.trace_id, run.resource) == (trace_of(found), attributes["celery.task"])
        assert run.trace_id in requests
        assert attributes["celery.queue"] == ("generation" if attributes["celery.task"] == JOBS[0] else "default")


def test_celerys_own_lines_are_events(evidence: Evidence) -> None:
    found = [one for name in JOBS for one in of(evidence, "worker", celery_task=name)]
    events = Counter(one.line.attributes.get("event") for one in found)
    assert events["task_succeeded"] == 3
    assert events["task_failed"] == len(PROMPTS) + 3
    assert events["task_retried"] == 2
    ended = [one for one in found if one.line.attributes.get("event") in {"task_succeeded", "task_failed"}]
    runs = {span.trace_id for span in evidence.spans if span.name == TASK}
    assert {trace_of(one) for one in ended} <= runs
    for one in ended:
        assert ("error.kind" in one.line.attributes) == (one.line.attributes["event"] == "task_failed")
