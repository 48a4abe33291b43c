"""The issue about drift: opened, kept up to date, closed; one per stack."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.unit.delivery.hub import Hub
from tools.delivery import drift
from tools.delivery.drift import Drift, keep_issue, marker
from tools.delivery.github import MOST_CHARACTERS, GitHub
from tools.pulumi import Pulumi, PulumiError

CHANGED = Drift("datadog:index/monitor:Monitor", "redis-memory", "changed", ("message", "tags[0]"))
GONE = Drift("kubernetes:core/v1:Secret", "token", "gone")


def open_issues(hub: Hub) -> list[int]:
    return [number for number, issue in hub.issues.items() if issue["state"] == "open"]


def test_it_is_opened_once_updated_and_closed(hub: Hub, github: GitHub) -> None:
    assert keep_issue(github, "production", [CHANGED]) == "opened #100"
    issue = hub.issues[100]
    assert issue["labels"] == ["drift"]
    assert issue["title"] == "Drift in production: 1 object is not as deployed"
    assert "- changed: `datadog:index/monitor:Monitor` `redis-memory` (`message`, `tags[0]`)" in issue["body"]
    assert keep_issue(github, "production", [CHANGED]) == "#100 is up to date"
    assert keep_issue(github, "production", [CHANGED, GONE]) == "updated #100"
    assert hub.issues[100]["title"] == "Drift in production: 2 objects are not as deployed"
    assert keep_issue(github, "production", []) == "closed #100"
    assert (hub.issues[100]["state"], hub.issues[100]["state_reason"]) == ("closed", "completed")
    assert hub.comments_of(100) == ["The stack is again as it was deployed."]
    assert keep_issue(github, "production", []) == "nothing to do"
    assert keep_issue(github, "production", [GONE]) == "opened #101"


def test_each_stack_has_its_own_and_others_issues_are_left_alone(hub: Hub, github: GitHub) -> None:
    hub.add_issue("By hand", "somebody's", ["drift"])
    hub.add_issue("Without a text", None, ["drift"])
    hub.add_issue("A pull request", marker("staging"), ["drift"], pull_request={"url": "..."})
    keep_issue(github, "production", [CHANGED])
    assert keep_issue(github, "staging", []) == "nothing to do"
    assert keep_issue(github, "staging", [GONE]) == "opened #104"
    assert keep_issue(github, "production", []) == "closed #103"
    assert open_issues(hub) == [100, 101, 102, 104]


def test_of_several_the_oldest_stays(hub: Hub, github: GitHub) -> None:
    for _ in range(3):
        hub.add_issue("Drift", f"{marker('staging')}\nold", ["drift"])
    assert keep_issue(github, "staging", [GONE]) == "updated #100"
    assert open_issues(hub) == [100]
    assert hub.comments_of(102) == ["The same as #100."]
    assert hub.issues[102]["state_reason"] == "not_planned"


def test_a_long_list_is_cut_where_github_would_refuse_it(hub: Hub, github: GitHub) -> None:
    keep_issue(github, "staging", [Drift("type", f"name-{number}", "changed", ("a" * 50,)) for number in range(2000)])
    assert len(hub.issues[100]["body"]) <= MOST_CHARACTERS


class Engine(Pulumi):
    """Answers as it is told."""

    def answer(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        assert "--preview-only" in arguments
        return TOLD[self.environment["case"]]


def done(code: int, answer: object, error: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.CompletedProcess([], code, answer if isinstance(answer, str) else json.dumps(answer), error)


STEP = {
    "op": "update",
    "urn": "urn:pulumi:s::p::a:b:C$datadog:index/monitor:Monitor::one",
    "detailedDiff": {"message": {}},
}
TOLD = {
    "none": done(0, {"steps": [{**STEP, "op": "refresh"}, {**STEP, "op": "same"}]}),
    "one": done(7, {"steps": [STEP, {**STEP, "op": "refresh"}]}),
    "locked": done(255, "", "error: the stack is currently locked"),
    "garbled": done(7, "not JSON"),
    "silent": done(7, {"steps": []}),
}


def look(case: str) -> list[Drift]:
    return drift.find(Engine(project=Path(), environment={"case": case}), "staging")


def test_what_the_engine_says_is_read() -> None:
    assert look("none") == []
    assert look("one") == [Drift("datadog:index/monitor:Monitor", "one", "changed", ("message",))]


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("locked", "currently locked"),
        ("garbled", "cannot be read"),
        ("silent", "exited with 7 on staging, and named 0"),
    ],
)
def test_no_answer_is_not_taken_for_no_drift(case: str, words: str) -> None:
    with pytest.raises(PulumiError, match=words):
        look(case)
