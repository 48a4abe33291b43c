"""Rules about alerts: complete, tagged, told once."""

from __future__ import annotations

import json
from typing import Any

import pytest

from policy.rules import monitors, tags, twins
from policy.rules.model import UNKNOWN, Mend, Resource
from tests.unit.policy.examples import MONITOR_JSON, ROUTING, TAGS, TEST, broken, monitor, resource


def test_a_complete_monitor_passes() -> None:
    assert broken(monitors.RULE, monitor()) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"tags": ["env:production"]}, "tags: no team owns it"),
        ({"tags": ["team:"]}, "tags:  is no team"),
        ({"tags": ["team:nobody"]}, "tags: nobody is no team; one of genonaut-backend"),
        ({"assets": None}, "assets: has no runbook"),
        ({"assets": [{"category": "runbook", "url": "http://example.com"}]}, "assets: has no runbook"),
        ({"priority": None}, "priority: is not set"),
        ({"priority": "6"}, "priority: is 6"),
        ({"priority": "high"}, "priority: is high"),
        ({"onMissingData": None}, "onMissingData: is not set"),
        ({"type": "service check", "onMissingData": None}, "notifyNoData: is not set"),
        ({"type": "composite", "onMissingData": None}, "notifyNoData: is not set"),
    ],
)
def test_what_a_monitor_lacks_is_named(changes: dict[str, Any], said: str) -> None:
    (violation,) = broken(monitors.RULE, monitor(**changes))
    assert violation.startswith(said)


def test_what_is_not_known_yet_is_no_violation() -> None:
    assert broken(monitors.RULE, monitor(priority=UNKNOWN, onMissingData=UNKNOWN)) == []


def test_a_monitor_that_another_speaks_for_needs_no_runbook_unless_it_speaks_itself() -> None:
    silent = {"tags": [*TAGS, "role:symptom"], "assets": None, "priority": None}
    assert broken(monitors.RULE, monitor(**silent, message="Too many errors.")) == []
    assert len(broken(monitors.RULE, monitor(**silent, message="Too many errors. @slack-alerts"))) == 2


def test_a_monitor_written_as_json_is_held_to_the_same() -> None:
    body = {"type": "metric alert", "query": "q", "message": "m", "tags": TAGS, "options": {}}
    violations = broken(monitors.RULE, resource(MONITOR_JSON, monitor=json.dumps(body)))
    assert [one.partition(":")[0] for one in violations] == ["onMissingData", "assets", "priority"]
    assert broken(monitors.RULE, resource(MONITOR_JSON, monitor=UNKNOWN)) == []


def test_a_synthetic_test_has_its_runbook_in_its_message() -> None:
    options = {"monitorPriority": 1.0}
    good = resource(TEST, tags=TAGS, optionsList=options, message="Down.\nRunbook: https://example.com/down.md")
    assert broken(monitors.RULE, good) == []
    assert broken(monitors.RULE, resource(TEST, tags=TAGS, optionsList=options, message="Down.")) == [
        "message: has no runbook; name one by its https address"
    ]


def test_tags_that_people_find_things_by_are_there() -> None:
    assert broken(tags.RULE, monitor()) == []
    assert broken(tags.RULE, monitor(tags=["env:", "team:genonaut-backend"])) == [
        "tags: env, service missing; add each as key:value"
    ]
    board = "datadog:index/dashboardJson:DashboardJson"
    assert broken(tags.RULE, resource(board, dashboard='{"tags": ["team:x"]}')) == []
    assert broken(tags.RULE, resource(board, dashboard='{"tags": []}')) == [
        "dashboard.tags: team missing; add each as key:value"
    ]
    assert broken(tags.RULE, resource(board, dashboard=UNKNOWN)) == []
    other = {"datadog:index/monitor:Monitor": ["tier"]}
    assert broken(tags.RULE, monitor(), tags=other) == ["tags: tier missing; add each as key:value"]


def test_what_is_not_marked_as_managed_is_marked_and_nothing_else_changes() -> None:
    bare = monitor(tags=["env:production"])
    assert len(broken(tags.MANAGED_RULE, bare)) == 1
    assert tags.MANAGED_RULE.mend is not None
    mended = tags.MANAGED_RULE.mend(bare)
    assert mended == Mend(("tags",), ["env:production", "managed_by:pulumi"])
    assert broken(tags.MANAGED_RULE, monitor(tags=mended.value)) == []
    assert tags.MANAGED_RULE.mend(monitor()) is None


def test_keys_that_a_metric_may_be_asked_by_are_no_tags() -> None:
    keys = resource("datadog:index/metricTagConfiguration:MetricTagConfiguration", metricName="a", tags=["env", "host"])
    assert broken(tags.MANAGED_RULE, keys) == []
    assert tags.MANAGED_RULE.mend is not None
    assert tags.MANAGED_RULE.mend(keys) is None


def test_labels_of_others_are_kept() -> None:
    assert tags.MANAGED_RULE.mend is not None
    mended = tags.MANAGED_RULE.mend(
        resource("kubernetes:core/v1:Service", metadata={"name": "a", "labels": {"b": "c"}})
    )
    assert mended == Mend(("metadata", "labels"), {"b": "c", "app.kubernetes.io/managed-by": "pulumi"})


def test_what_is_not_known_yet_is_neither_refused_nor_written_over() -> None:
    assert tags.MANAGED_RULE.mend is not None
    unknown = monitor(tags=["env:production", UNKNOWN])
    assert broken(tags.MANAGED_RULE, unknown) == []
    assert tags.MANAGED_RULE.mend(unknown) is None


def named(name: str, one: Resource) -> Resource:
    return Resource(type=one.type, name=name, urn=f"urn:{name}", properties=one.properties)


def test_nobody_is_told_twice() -> None:
    scope = {"scope": "pulumi_stack:a"}
    resources = [
        named("a", monitor()),
        named("b", monitor(query="other")),
        named("c", monitor(message="The same query in other words.")),
        named("d", monitor(query=UNKNOWN)),
        named("e", monitor(query=UNKNOWN)),
        named("f", resource(ROUTING, filter=scope, recipients=["slack-a"])),
        named("g", resource(ROUTING, filter=dict(scope), recipients=["slack-b"])),
    ]
    assert [(one.name, text.partition(":")[0]) for one, text in twins.RULE.check(resources, {})] == [
        ("c", "does what a does"),
        ("g", "does what f does"),
    ]
