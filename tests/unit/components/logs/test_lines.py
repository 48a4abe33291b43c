"""What becomes of lines, what is taken out of them, and what the check finds."""

from __future__ import annotations

import dataclasses
import json
import logging
import time

import pytest

from components.logs.check import check
from components.logs.interpret.scanning import scrubbed
from components.logs.patterns import refused
from components.logs.spec import Quota
from stacks.catalog.logs.scanning import RULES
from tests.unit.components.logs.examples import SPEC, follow


def test_the_catalog_has_no_problem() -> None:
    assert check(SPEC) == []


def test_uvicorns_own_access_line_is_taken_apart() -> None:
    from uvicorn.logging import AccessFormatter  # noqa: PLC0415 -- only this test needs it

    formatter = AccessFormatter(
        '%(levelprefix)s %(client_addr)s - "%(request_line)s" %(status_code)s', use_colors=False
    )
    arguments = ("10.2.0.17:41630", "GET", "/api/v1/content/unified?page=3", "1.1", 503)
    record = logging.LogRecord("uvicorn.access", logging.INFO, "", 0, '%s - "%s %s HTTP/%s" %d', arguments, None)
    found = follow(formatter.format(record))
    assert found.line.status == "error"
    attributes = found.line.attributes
    assert attributes["http.status_code"] == 503
    assert attributes["http.url_details.path"] == "/api/v1/content/unified"
    assert attributes["network.client.ip"] == "10.2.0.17"
    assert "genonaut.logs.errors" in found.metrics


def test_a_health_check_is_left_out_only_while_it_is_well() -> None:
    line = 'INFO:     10.2.0.17:4 - "GET /health HTTP/1.1" {}'
    excluded = follow(line.format("200 OK")).exclusion
    assert excluded is not None
    assert excluded.name == "Health checks"
    assert follow(line.format("503 Service Unavailable")).exclusion is None


def test_json_lines_bring_status_time_and_trace() -> None:
    text = json.dumps(
        {
            "timestamp": "2026-03-02T08:15:04.120+00:00",
            "level": "WARNING",
            "message": "slow",
            "dd.trace_id": "7",
            "http": {"status_code": 200},
        }
    )
    line = follow(text).line
    assert (line.status, line.date, line.trace_id, line.message) == ("warn", 1772439304120, "7", "slow")


@pytest.mark.parametrize(
    ("words", "event"),
    [
        ("received", "task_received"),
        ("succeeded in 0.25s: None", "task_succeeded"),
        ("retry: Retry in 1s: TimeoutError()", "task_retried"),
        ("raised unexpected: ValueError('made up')", "task_failed"),
    ],
)
def test_celerys_words_are_read_as_the_message_of_a_json_line(words: str, event: str) -> None:
    message = f"Task genonaut.tasks.x[7d0a4f6e-2f0b-4c53-9d0e-0f4f5f1f8a11] {words}"
    attributes = follow(json.dumps({"level": "INFO", "message": message}), "genonaut-worker").line.attributes
    assert (attributes["event"], attributes["celery.task"]) == (event, "genonaut.tasks.x")
    assert attributes.get("duration") == (0.25e9 if event == "task_succeeded" else None)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Authorization: Bearer abcdefghij0123456789", "Authorization: [authorization]"),
        ("postgresql://app:made-up@db/genonaut", "postgresql://[credentials]@db/genonaut"),
        ("ALTER ROLE x PASSWORD 'made-up'", "ALTER ROLE x PASSWORD [secret]"),
        ("login?password=made-up&x=1", "login?[secret]&x=1"),
        ("paid with 4111 1111 1111 1111", "paid with [card number]"),
        ("from somebody@example.com", "from [e-mail]"),
        ("trace 6423f1a10000000059a8c1b2d3e4f506", "trace 6423f1a10000000059a8c1b2d3e4f506"),
        (
            "at 1772439304120000000 ns, see https://example.com/a:b",
            "at 1772439304120000000 ns, see https://example.com/a:b",
        ),
    ],
)
def test_what_nobody_may_read_is_taken_out_and_nothing_else(text: str, left: str) -> None:
    assert scrubbed(text, RULES)[0] == left
    assert json.loads(scrubbed(json.dumps({"message": text}), RULES)[0])["message"] == left


def test_tokens_do_not_leave_the_cluster() -> None:
    assert follow("Authorization: Bearer abcdefghij0123456789").scrubbed_by_agent == ("authorization",)
    assert follow("from somebody@example.com").scrubbed_by_agent == ()


@pytest.mark.parametrize("text", ["a" * 50_000, "a." * 25_000, "1" * 50_000, "://" * 15_000, "a@" * 25_000])
def test_no_text_makes_the_rules_slow(text: str) -> None:
    begun = time.monotonic()
    scrubbed(text, RULES)
    assert time.monotonic() - begun < 2


@pytest.mark.parametrize("pattern", ["(?=a)b", r"(a)\1", "a++", "(?i)a", "(", "a*"])
def test_patterns_that_not_all_of_them_know_are_refused(pattern: str) -> None:
    assert refused(pattern)


def test_every_problem_is_named_at_once() -> None:
    index = SPEC.indexes[0]
    wrong = dataclasses.replace(
        index, retention_days=10, query="env:nowhere", quota=Quota(events=9_000_000), exclusions=index.exclusions * 2
    )
    pipeline = dataclasses.replace(SPEC.pipelines[2], query="service:nobody")
    changed = dataclasses.replace(
        SPEC,
        indexes=(wrong, *SPEC.indexes[1:]),
        other_indexes=(index.name,),
        pipelines=(*SPEC.pipelines[:2], pipeline),
    )
    text = "\n".join(map(str, check(changed)))
    for part in ("does not offer 10 days", "nowhere", "quotas of 9,250,000", "one of ours", "exclusions are called"):
        assert part in text
    assert "logs.pipelines.logs-pipeline-postgres: filter: " in text


def test_an_attribute_outside_the_contract_is_a_finding() -> None:
    changed = dataclasses.replace(SPEC, pipelines=SPEC.pipelines[:2])
    assert any("nothing makes @db.statement" in str(one) for one in check(changed))
    unread = dataclasses.replace(SPEC.pipelines[0], brings=frozenset({"made.up"}))
    found = check(dataclasses.replace(SPEC, pipelines=(unread, *SPEC.pipelines[1:])))
    assert any("makes @made.up, which the contract does not know" in str(one) for one in found)
