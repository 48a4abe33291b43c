"""From inputs to the API's bodies and back, with what the server adds on the way."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sandbox.routes.sentry_alerts import detector_answer, workflow_answer
from sandbox.routes.sentry_bodies import detector_problems, workflow_problems
from sentry_alerts.model import alert
from sentry_alerts.model.alert import AlertInputs
from sentry_alerts.model.base import as_given, problems, with_defaults
from sentry_alerts.model.monitors import CronMonitorInputs, MetricMonitorInputs, UptimeMonitorInputs
from sentry_alerts.provider.wire import decode, encode, has_unknown
from sentry_alerts.shapes import actions, assertions, conditions

NAMES = st.text(min_size=1, max_size=40)
NUMBERS = st.integers(1, 10**9).map(str)
CONDITIONS = st.one_of(
    st.builds(conditions.more_events_than, st.integers(1, 10**6), st.sampled_from(["1m", "1h", "30d"])),
    st.builds(conditions.more_people_than, st.integers(1, 10**6), st.just("1d")),
    st.builds(conditions.share_of_sessions_above, st.integers(1, 100), st.just("1h")),
    st.builds(conditions.level_at_least, st.sampled_from([10, 20, 30, 40, 50])),
    st.builds(conditions.priority_at_least, st.sampled_from([25, 50, 75])),
    st.builds(conditions.category, st.sampled_from([1, 6, 10, 11, 12])),
    st.builds(conditions.issue_type, NAMES),
    st.builds(conditions.tag_contains, NAMES, NAMES),
)
ACTIONS = st.one_of(
    st.builds(actions.slack, NUMBERS, NAMES, NAMES, notes=NAMES),
    st.builds(actions.pagerduty, NUMBERS, NAMES, NAMES),
    st.builds(actions.opsgenie, NUMBERS, NAMES, NAMES),
    st.builds(actions.tell_team, NUMBERS),
    st.builds(actions.tell_owners),
)
TRIGGERS = st.sampled_from(
    [conditions.new_issue(), conditions.regression(), conditions.escalation(), conditions.resolved()]
) | st.builds(conditions.more_events_than, st.integers(1, 999), st.just("1h"))
ALERTS = st.fixed_dictionaries(
    {
        "organization": st.just("o"),
        "name": NAMES,
        "triggers": st.lists(TRIGGERS, min_size=1, max_size=3),
        "actionFilters": st.lists(
            st.fixed_dictionaries(
                {
                    "logicType": st.sampled_from(["any", "any-short", "all", "none"]),
                    "conditions": st.lists(CONDITIONS, max_size=3),
                    "actions": st.lists(ACTIONS, min_size=1, max_size=3),
                }
            ),
            min_size=1,
            max_size=3,
        ),
        "projects": st.lists(NUMBERS, min_size=1, max_size=3, unique=True),
        "monitorIds": st.lists(NUMBERS, max_size=3, unique=True),
        "frequencyMinutes": st.sampled_from([0, 5, 1440]),
        "enabled": st.booleans(),
    },
    optional={"environment": NAMES},
)
MONITOR = {"organization": st.just("o"), "project": NUMBERS, "name": NAMES, "enabled": st.booleans()}
MAYBE = {"description": NAMES, "owner": st.builds("{}:{}".format, st.sampled_from(["team", "user"]), NUMBERS)}
CRONS = st.fixed_dictionaries(
    {
        **MONITOR,
        "job": st.from_regex(r"[a-z0-9][a-z0-9_-]{0,49}", fullmatch=True),
        "crontab": st.sampled_from(["* * * * *", "*/5 1-3 * * MON"]),
        "maxRuntime": st.integers(1, 999),
    },
    optional=MAYBE,
)
METRICS = st.fixed_dictionaries(
    {
        **MONITOR,
        "aggregate": st.sampled_from(["count()", "p95(span.duration)"]),
        "dataset": st.sampled_from(["events", "metrics"]),
        "timeWindow": st.sampled_from([60, 86400]),
        "query": st.text(max_size=20),
        "conditions": st.lists(
            st.fixed_dictionaries(
                {
                    "type": st.sampled_from(["gt", "lt", "gte", "lte"]),
                    "comparison": st.floats(0, 1e6) | st.integers(0, 10**6),
                    "conditionResult": st.sampled_from([50, 75]),
                }
            ),
            min_size=1,
            max_size=3,
        ),
    },
    optional={**MAYBE, "environment": NAMES, "queryType": st.sampled_from([0, 1, 2])},
)
UPTIMES = st.fixed_dictionaries(
    {
        **MONITOR,
        "url": st.just("https://example.com/health"),
        "environment": NAMES,
        "headers": st.dictionaries(NAMES, NAMES, max_size=3),
        "timeoutMs": st.integers(1000, 60000),
    },
    optional={**MAYBE, "body": NAMES, "assertion": st.builds(assertions.ok_with, NAMES, NAMES)},
)


@given(ALERTS)
def test_an_alert_comes_back_as_it_went(values: dict[str, Any]) -> None:
    given_ = with_defaults(AlertInputs, values)
    assert problems(AlertInputs, given_) == []
    # Streams get ids of their own, which no monitor has.
    streams = {f"{project}-stream": project for project in given_["projects"]}
    body = alert.to_body(AlertInputs.model_validate(given_), [*streams, *given_["monitorIds"]])
    assert workflow_problems(body) == {}
    read = {"organization": "o", **alert.from_body(workflow_answer("7", body), streams)}
    assert as_given(AlertInputs, read, given_) == given_


@given(CRONS)
def test_a_cron_monitor_comes_back_as_it_went(values: dict[str, Any]) -> None:
    comes_back(CronMonitorInputs, values)


@given(METRICS)
def test_a_metric_monitor_comes_back_as_it_went(values: dict[str, Any]) -> None:
    comes_back(MetricMonitorInputs, values)


@given(UPTIMES)
def test_an_uptime_monitor_comes_back_as_it_went(values: dict[str, Any]) -> None:
    comes_back(UptimeMonitorInputs, values)


def comes_back(
    inputs: type[CronMonitorInputs | MetricMonitorInputs | UptimeMonitorInputs], values: dict[str, Any]
) -> None:
    given_ = with_defaults(inputs, values)
    assert problems(inputs, given_) == []
    body = inputs.model_validate(given_).request()
    assert detector_problems(body) == {}
    read = {"organization": "o", **inputs.inputs(detector_answer("7", body, "2025-01-01T00:00:00Z"))}
    assert as_given(inputs, read, given_) == given_


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


@given(st.dictionaries(st.text(max_size=5), VALUES, max_size=4))
def test_values_survive_the_protocol(values: dict[str, Any]) -> None:
    assert decode(encode(values)) == values
    assert not has_unknown(values)
