"""Rules about who is told: no foreign pagers, no wildcards."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.routing.reach import matches
from policy.rules import pagers, scopes
from policy.rules.handles import handles
from policy.rules.model import UNKNOWN
from tests.unit.policy.examples import DOWNTIME, MONITOR_JSON, ROUTING, TEST, broken, monitor, resource

KEYS = ("pulumi_stack", "env")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{{#is_alert}}@pagerduty-genonaut{{/is_alert}}", ["pagerduty-genonaut"]),
        ("Ask ops@example.com.", []),
        ("Ask @ops@example.com.", ["ops@example.com"]),
        ("@slack-genonaut-alerts, @here!", ["here", "slack-genonaut-alerts"]),
        ("(@pagerduty-*)", ["pagerduty-*"]),
        ("@http.url_details.path", ["http.url_details.path"]),
        ("nobody @ all", []),
    ],
)
def test_handles_in_texts(text: str, found: list[str]) -> None:
    assert handles(text) == found


NAMES = st.text(alphabet="abcxyz0189_-", min_size=1, max_size=12)


@given(st.lists(NAMES, max_size=5), st.sampled_from([" ", ", ", "\n"]))
def test_every_handle_is_found_wherever_it_stands(names: list[str], between: str) -> None:
    text = between.join(f"@{name}" for name in names)
    assert handles(text) == sorted(set(names))


@pytest.mark.parametrize("handle", ["pagerduty-genonaut", "oncall-genonaut-platform", "opsgenie-x", "webhook-x"])
def test_only_what_a_stack_was_given_may_be_paged(handle: str) -> None:
    paging = monitor(message=f"Down. @{handle}")
    (violation,) = broken(pagers.RULE, paging)
    assert violation.startswith(f"message: @{handle} would wake somebody")
    assert broken(pagers.RULE, paging, allowed=[handle]) == []


@pytest.mark.parametrize("handle", ["all", "here", "Channel", "pagerduty", "pagerduty-*"])
def test_nobody_calls_everybody_even_where_pages_are_allowed(handle: str) -> None:
    assert len(broken(pagers.RULE, monitor(message=f"Down. @{handle}"), allowed=[handle])) == 1


def test_wherever_something_can_be_sent_from() -> None:
    page = "@pagerduty-genonaut"
    body = json.dumps({"message": page, "options": {"escalation_message": page}})
    paged = ["pagerduty-genonaut"]
    conditional = {
        "fallbackRecipients": paged,
        "conditions": [{"scope": "a", "recipients": ["slack-a"]}, {"recipients": paged}],
    }
    for count, sending in (
        (1, monitor(escalationMessage=page)),
        (2, resource(MONITOR_JSON, monitor=body)),
        (1, resource(TEST, message="m", optionsList={"monitorOptions": {"escalationMessage": page}})),
        (1, resource(DOWNTIME, message=page)),
        (1, resource(ROUTING, recipients=paged)),
        (2, resource(ROUTING, conditionalRecipients=conditional)),
        (
            1,
            resource(
                "sentry-alerts:index:Alert", actionFilters=[{"actions": [{"type": "pagerduty"}, {"type": "email"}]}]
            ),
        ),
    ):
        assert len(broken(pagers.RULE, sending)) == count, sending
    assert broken(pagers.RULE, resource(ROUTING, recipients=UNKNOWN)) == []


@pytest.mark.parametrize(
    ("scope", "bound"),
    [
        ("pulumi_stack:staging", True),
        ("pulumi_stack:staging AND tier:critical AND NOT stage:burn-in", True),
        ("(env:staging OR env:sandbox) AND tier:critical", True),
        ("env:(staging OR sandbox)", True),
        ("*", False),
        ("tier:critical", False),
        ("env:*", False),
        ("env:prod*", False),
        ("env:staging OR tier:critical", False),
        ("NOT env:production", False),
        ("env:(staging OR s*)", False),
        (UNKNOWN, True),
    ],
)
def test_a_scope_names_its_stack(scope: str, bound: bool) -> None:
    assert scopes.is_bound(scope, KEYS) is bound


TERMS = st.sampled_from(["env:staging", "pulumi_stack:a", "tier:critical", "service:api"])
SCOPES = st.recursive(
    TERMS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda two: f"({two[0]} AND {two[1]})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]} OR {two[1]})"),
        inner.map(lambda one: f"NOT ({one})"),
    ),
    max_leaves=6,
)


@given(SCOPES, st.sets(st.sampled_from(["tier:critical", "service:api", "env:production", "pulumi_stack:b"])))
def test_a_bound_scope_takes_nothing_of_another_stack(scope: str, foreign: set[str]) -> None:
    """Against Datadog's meaning of scopes, as the routing matrix has it."""
    if scopes.is_bound(scope, KEYS):
        assert not matches(scope, foreign)


@pytest.mark.parametrize(
    ("properties", "said"),
    [
        ({}, "filter: takes the alerts of every stack there is"),
        ({"filter": {}}, "filter: takes the alerts of every stack there is"),
        ({"filter": {"scope": ""}}, "filter: takes the alerts of every stack there is"),
        ({"filter": {"tags": ["tier:critical"]}}, "filter: takes the alerts of every stack there is"),
        ({"filter": {"scope": "*"}}, "filter.scope: '*' also takes what other stacks made"),
        ({"filter": {"scope": "env:(a"}}, "filter.scope: cannot be read"),
    ],
)
def test_a_notification_rule_for_everything_is_refused(properties: dict[str, Any], said: str) -> None:
    (violation,) = broken(scopes.RULE, resource(ROUTING, **properties))
    assert violation.startswith(said)


def test_rules_and_downtimes_of_one_stack_pass() -> None:
    for good in (
        resource(ROUTING, filter={"tags": ["pulumi_stack:a", "tier:critical"]}),
        resource(ROUTING, filter={"scope": "tier:critical AND pulumi_stack:a"}),
        resource(DOWNTIME, scope="*", monitorIdentifier={"monitorTags": ["pulumi_stack:a"]}),
        resource(DOWNTIME, scope="*", monitorIdentifier={"monitorId": 5}),
        resource(DOWNTIME, scope="env:staging", monitorIdentifier={"monitorTags": ["*"]}),
    ):
        assert broken(scopes.RULE, good) == []


def test_a_downtime_for_everything_is_refused() -> None:
    (violation,) = broken(scopes.RULE, resource(DOWNTIME, scope="*", monitorIdentifier={"monitorTags": ["*"]}))
    assert (
        violation
        == "scope: '*' also takes what other stacks made; mute one monitor, or name the stack: AND pulumi_stack:..."
    )
