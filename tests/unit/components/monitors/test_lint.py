"""Every rule about alerts catches the mistake it is for, and says where it is and what would be right."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.monitors.check import check
from components.monitors.compile import compile_composite, compile_monitor, monitor_type, query
from components.monitors.condition import AnomalyWindows, CheckCondition, Comparator, MetricCondition
from components.monitors.lint import RULES, Judged, evaluation, message, missing_data, ownership, thresholds
from components.monitors.lint.template import read
from components.monitors.spec import MissingData, MonitorSpec
from contract.query import parse_monitor
from infra.naming import Tier
from tests.examples import WORLD
from tests.unit.components.monitors.examples import CHECK, LOG, SPEC, SYMPTOM, metric, problems_of, spec, tier_of

HITS, ERRORS = (f"sum:trace.fastapi.request.{name}{{env:production}}.as_count()" for name in ("hits", "errors"))
LATENCY = "p95:pagination.query.duration{env:production}"
GUARD = f"is_greater({HITS}, 100)"
ANOMALIES = (
    f"avg(last_4h):anomalies({HITS}, 'agile', 3, direction='both', alert_window='last_15m', interval=60, "
    "count_default_zero='true')"
)
WINDOWS = AnomalyWindows(trigger="last_15m", recovery="last_15m")


def ratio(guard: str = f" * {GUARD}", **changes: Any) -> MetricCondition:
    return metric(expression=f"sum(last_5m):{ERRORS} / {HITS} * 100{guard}", **changes)


def checked(**changes: Any) -> CheckCondition:
    return CheckCondition(**{name: getattr(CHECK, name) for name in CheckCondition.__slots__} | changes)


@pytest.mark.parametrize(
    "good",
    [
        SPEC,
        spec(condition=LOG, on_missing_data=MissingData.DEFAULT),
        spec(condition=CHECK, on_missing_data=MissingData.NOTIFY),
        spec(condition=ratio(evaluation_delay=60)),
        spec(
            condition=metric(
                expression=ANOMALIES, comparator=Comparator.AT_LEAST, anomaly=WINDOWS, critical=1, critical_recovery=0
            )
        ),
        spec(
            condition=metric(expression=f"min(last_5m):{LATENCY} by {{service}}"), meaning="{{service.name}} is slow."
        ),
        spec(meaning="{{service.name}} is slow."),
    ],
)
def test_what_is_right_has_no_problem(good: MonitorSpec) -> None:
    assert problems_of(good) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"key": "Not A Key"}, "monitors.Not A Key: is not a usable key"),
        ({"key": "a" * 54}, "is not a usable key"),
        ({"condition": metric(expression="avg(last_5m):avg:no.such.metric{*}")}, "nobody emits the metric"),
        ({"condition": metric(expression="avg(last_0m):avg:pagination.query.duration{*}")}, "window of zero"),
        ({"condition": metric(critical_recovery=None)}, "monitors.example.thresholds.critical_recovery: missing"),
        ({"condition": metric(warning=0.3)}, "monitors.example.thresholds.warning_recovery: goes with a warning"),
        ({"condition": metric(warning_recovery=0.3)}, "monitors.example.thresholds.warning_recovery: goes with a"),
        ({"condition": metric(warning=0.6, warning_recovery=0.5)}, "thresholds.warning: must be less"),
        ({"condition": metric(critical_recovery=0.6)}, "thresholds.critical_recovery: 0.6 overlaps"),
        ({"condition": checked(failures=0)}, "monitors.example.condition: counts of statuses begin at 1"),
        ({"condition": metric(evaluation_delay=90_000)}, "monitors.example.evaluation_delay: is no number"),
        ({"new_group_delay": -1}, "monitors.example.new_group_delay: is no number of seconds"),
        ({"condition": ratio(evaluation_delay=30)}, "monitors.example.evaluation_delay: 30 s is too short"),
        ({"condition": ratio(full_window=True)}, "monitors.example.full_window: is never true for long"),
        ({"condition": ratio(guard="")}, "a ratio without a minimum of traffic"),
        ({"condition": ratio(guard=f" * is_greater({ERRORS}, 5)")}, "a ratio without a minimum of traffic"),
        (
            {"condition": ratio(comparator=Comparator.BELOW, critical_recovery=0.6)},
            "monitors.example.condition.comparator: the guard makes the value 0",
        ),
        (
            {"condition": metric(expression=ANOMALIES, critical=1, critical_recovery=0)},
            "monitors.example.condition.anomaly: missing",
        ),
        (
            {"condition": metric(expression="avg(current_1d):avg:pagination.query.duration{*}")},
            "scheduling_options.evaluation_window: missing",
        ),
        ({"condition": metric(day_starts="00:00")}, "evaluation_window: goes with a current window only"),
        ({"condition": metric(anomaly=WINDOWS)}, "monitors.example.condition.anomaly: goes with anomalies() only"),
        (
            {
                "condition": metric(
                    expression=ANOMALIES,
                    critical=1,
                    critical_recovery=0,
                    anomaly=AnomalyWindows(trigger="last_30m", recovery="last_30m"),
                )
            },
            "threshold_windows.trigger_window: must be the alert_window",
        ),
        (
            {"condition": CHECK, "on_missing_data": MissingData.RESOLVE},
            "monitors.example.on_missing_data: a check cannot resolve",
        ),
        (
            {"condition": checked(silent_minutes=0), "on_missing_data": MissingData.NOTIFY},
            "monitors.example.condition.silent_minutes: is no number",
        ),
        (
            {"condition": metric(expression=f"avg(last_5m):default_zero({LATENCY})")},
            "monitors.example.on_missing_data: has no effect",
        ),
        (
            {
                "condition": metric(comparator=Comparator.BELOW, critical_recovery=0.6),
                "on_missing_data": MissingData.RESOLVE,
            },
            "monitors.example.on_missing_data: alerts on too little",
        ),
        ({"meaning": "{{#is_alert}} {{/is_warning}}"}, "message: {{/is_warning}} closes {{#is_alert}}"),
        ({"meaning": "{{/is_alert}}"}, "monitors.example.message: {{/is_alert}} closes nothing"),
        ({"silence": "{{#is_alert}}"}, "monitors.example.message: {{#is_alert}} is never closed"),
        ({"meaning": "{{#is_warning_to_alert}}x{{/is_warning_to_alert}}"}, "no condition is_warning_to_alert"),
        ({"meaning": "{{host.name}} is slow."}, "monitors.example.message: there is no tag host to name"),
        ({"meaning": '{{#is_match "host.name" "a"}}x{{/is_match}}'}, "message: there is no tag host to name"),
        ({"meaning": "It is {{valeu}}."}, "monitors.example.message: there is no variable valeu"),
        ({"meaning": "Above {{warn_threshold}}."}, "monitors.example.message: there is no variable warn_threshold"),
        ({"meaning": "See {{check_message}}."}, "monitors.example.message: there is no variable check_message"),
        ({"silence": "Tell @slack-genonaut."}, "monitors.example.message: @slack-genonaut is told in every state"),
        ({"meaning": "{{#is_warning}}x{{/is_warning}}"}, "message: waits for is_warning, which never comes"),
        ({"silence": ""}, "monitors.example.silence: is empty"),
        ({"meaning": " "}, "monitors.example.meaning: is empty"),
        ({"runbook": ""}, "monitors.example.runbook: '' is no page"),
        ({"runbook": "Error rate.md"}, "monitors.example.runbook: 'Error rate.md' is no page"),
        ({"tier": Tier.CRITICAL}, "monitors.example.tier: critical stands among the alerts of warning"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(change: dict[str, Any], expected: str) -> None:
    found = problems_of(spec(**change))
    assert any(expected in problem for problem in found), found


@pytest.mark.parametrize(
    ("urgency", "expected"),
    [
        ({"priority": 6}, "priority: there is no priority 6"),
        ({"renotify_minutes": 5}, "renotify_minutes: every 5 minutes is too often"),
        ({"resolve_after_hours": 25}, "resolve_after_hours: 25 is no number of hours"),
    ],
)
def test_what_is_wrong_with_a_tier_is_named_for_its_alerts(urgency: dict[str, Any], expected: str) -> None:
    assert any(expected in problem for problem in problems_of(SPEC, **urgency))


def test_all_problems_are_found_at_once() -> None:
    worst = spec(
        condition=ratio(guard="", evaluation_delay=0, critical_recovery=None),
        meaning="{{host.name}}",
        runbook="",
        silence="",
    )
    places = {problem.split(": ")[0] for problem in problems_of(worst)}
    assert {
        "monitors.example.condition.expression",
        "monitors.example.evaluation_delay",
        "monitors.example.thresholds.critical_recovery",
        "monitors.example.message",
        "monitors.example.runbook",
        "monitors.example.silence",
    } <= places


def test_a_key_used_twice_is_named_across_tiers() -> None:
    twice = check([tier_of(spec(tier=Tier.CRITICAL), tier=Tier.CRITICAL), tier_of(SPEC)], WORLD)
    assert [str(problem) for problem in twice] == ["monitors.example: 2 alerts have this key (keys are unique)"]


# The compiler cannot make these mistakes; the rules hold for whatever was compiled.
def judged(one: MonitorSpec = SPEC, *, composite: dict[str, Any] | None = None, **arguments: Any) -> Judged:
    tier = tier_of(one)
    made = compile_composite(one, tier) | composite if composite is not None else None
    return Judged(
        spec=one,
        tier=tier,
        arguments=compile_monitor(one, tier) | arguments,
        composite=made,
        tree=parse_monitor(monitor_type(one.condition), query(one.condition)),
    )


@pytest.mark.parametrize(
    ("rule", "wrong", "expected"),
    [
        (missing_data.forgetting, judged(on_missing_data="resolve", timeout_h=24), "cannot end later"),
        (missing_data.forgetting, judged(timeout_h=0), "is no number of hours"),
        (message.states, judged(message="Nothing."), "says nothing in the state is_alert"),
        (message.states, judged(message="{{#is_alert}}a{{/is_alert}}"), "says nothing in the state is_no_data"),
        (message.states, judged(SYMPTOM, composite={"message": ""}), "says nothing in the state is_alert"),
        (message.advice, judged(message="Nothing."), "is not in the message"),
        (message.variables, judged(SYMPTOM, composite={"message": "{{value}}"}), "there is no variable value here"),
        (ownership.renotification, judged(renotify_interval=None, renotify_statuses=["alert"]), "not how often"),
        (ownership.renotification, judged(renotify_statuses=["no data"]), "which nobody is told of"),
    ],
)
def test_rules_hold_for_what_was_compiled(rule: Any, wrong: Judged, expected: str) -> None:
    assert any(expected in what for _, what, _ in rule(wrong))


def test_every_rule_that_is_written_is_asked() -> None:
    modules = (evaluation, message, missing_data, ownership, thresholds)
    written = {
        function
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if not name.startswith("_") and function.__module__ == module.__name__
    }
    assert written == set(RULES)


WORDS = st.text(st.characters(exclude_characters="{}@", exclude_categories=["Cs"]), max_size=20)


@given(st.lists(st.sampled_from(["is_alert", "is_warning", "is_no_data"]), max_size=5), WORDS)
def test_blocks_that_are_closed_have_no_faults(names: list[str], text: str) -> None:
    opened = "".join(f"{{{{#{name}}}}}{text}" for name in names)
    closed = "".join(f"{{{{/{name}}}}}" for name in reversed(names))
    template = read(f"{opened}{{{{value}}}}{closed}")
    assert template.faults == ()
    assert [block.name for block in template.blocks] == names
    assert template.variables == ("value",)
    if names:
        assert read(opened).faults
        assert read(closed).faults


@given(st.text("{}#^/!@ab. \n", max_size=40))
def test_any_text_is_answered(text: str) -> None:
    read(text)


@pytest.mark.parametrize(
    ("text", "outside"),
    [
        ("@slack-alerts", ("@slack-alerts",)),
        ("tell @someone@example.com.", ("@someone@example.com",)),
        ("{{#is_alert}}@pagerduty{{/is_alert}}", ()),
        ("{{#is_alert}}a{{/is_alert}} @pagerduty", ("@pagerduty",)),
        ("{{@log.attribute}}", ()),
        ("mail someone@example.com", ()),
    ],
)
def test_handles_are_found_where_every_state_sends_them(text: str, outside: tuple[str, ...]) -> None:
    assert read(text).handles == outside
