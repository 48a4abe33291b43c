"""What a reviewer reads first, of changes whose meaning is known."""

from __future__ import annotations

import json
from typing import Any

import pytest

from reports.comment.changes import UNKNOWN
from reports.comment.comment import marker
from tests.unit.reports.comment.examples import PAGER, STACK, bill, known, monitor, preview, saved, step, tags, text

LATENCY = "trace.fastapi.request{env:production}"


def changed(old: dict[str, Any], new: dict[str, Any]) -> str:
    return text(preview(step("update", monitor(**old), monitor(**new))), known("latency"))


def limit(value: str, query: str) -> dict[str, Any]:
    return {"query": f"{query} {value}", "monitorThresholds": {"critical": value}}


def test_the_engines_own_preview_of_changed_limits() -> None:
    made = text(saved("threshold"), known("api-error-rate", "api-pagination-latency"))
    assert "**2 alerts changed, nobody new is paged.**" in made
    assert (
        "**changed** `api-error-rate` &#91;genonaut-api&#93; Error rate is high: fires above 4 % instead of 5 %;"
        in made
    )
    assert "`api-pagination-latency` becomes **less sensitive**: fires above 0.7 s instead of 0.5 s." in made
    assert "`api-error-rate` becomes" not in made
    # The composite repeats the number in its message: that is no news.
    assert "message" not in made


def test_the_engines_order_of_steps_is_not_that_of_the_comment() -> None:
    steps = [step("delete", monitor(), None, name=name) for name in ("one", "two", "three")]
    assert text(preview(*steps), known()) == text(preview(*reversed(steps)), known())


def test_nothing_changes() -> None:
    made = text(saved("nothing"), known())
    assert "**Nothing changes.**" in made
    assert "317 unchanged" in made
    assert "###" not in made


def test_a_program_that_fails_is_answered_with_its_problems_first() -> None:
    made = text(saved("problems"), known())
    assert made.startswith(f"{marker(STACK)}\n\n## Monitoring of sandbox\n\n**The program fails with 4 problems")
    assert made.count("\n- **monitors.") == 4
    assert "it must be less (see contract/)" in made


def test_a_renamed_key_is_an_alert_that_goes_and_one_that_comes() -> None:
    made = text(saved("rename"), known("redis-full"))
    assert "**1 alert created, 1 alert deleted," in made
    assert "`redis-memory` is **deleted**, and `redis-full` of the same title is new: its history ends." in made


def test_an_alert_that_goes() -> None:
    made = text(preview(step("delete", monitor(), None)), known())
    assert "`latency` (critical) is **deleted**: nobody is told of it any more." in made


def test_what_is_replaced_says_why_and_what_it_loses() -> None:
    made = text(saved("replace"), known())
    assert "Namespace `datadog-agent-namespace` is **replaced**, because `metadata.name` cannot change. " in made
    assert "It loses everything that is in it." in made
    assert "Service `datadog-agent-service` is" not in made


def test_what_is_not_known_yet_may_be_replaced() -> None:
    board = step("replace", {"dashboard": "{}"}, {"dashboard": UNKNOWN}, replaceReasons=["dashboard"],
                 type="datadog:index/dashboardJson:DashboardJson", name="overview")  # fmt: skip
    assert "`overview` **may be replaced**: `dashboard` is known only during the run." in text(preview(board), known())


@pytest.mark.parametrize(
    ("old", "new", "dull"),
    [
        (limit("2", f"min(last_10m):avg:{LATENCY} >"), limit("3", f"min(last_10m):avg:{LATENCY} >"), True),
        (limit("3", f"min(last_10m):avg:{LATENCY} >"), limit("2", f"min(last_10m):avg:{LATENCY} >"), False),
        (limit("9", f"min(last_10m):avg:{LATENCY} >"), limit("10", f"min(last_10m):avg:{LATENCY} >"), True),
        (limit("70", f"max(last_10m):avg:{LATENCY} <"), limit("60", f"max(last_10m):avg:{LATENCY} <"), True),
        (limit("60", f"max(last_10m):avg:{LATENCY} <"), limit("70", f"max(last_10m):avg:{LATENCY} <"), False),
        (limit("2", f"min(last_5m):avg:{LATENCY} >"), limit("2", f"min(last_10m):avg:{LATENCY} >"), True),
        (limit("2", f"min(last_10m):avg:{LATENCY} >"), limit("2", f"min(last_5m):avg:{LATENCY} >"), False),
        (limit("2", f"max(last_5m):avg:{LATENCY} >"), limit("2", f"max(last_10m):avg:{LATENCY} >"), False),
        (limit("2", f"sum(last_5m):sum:{LATENCY} >"), limit("2", f"sum(last_10m):sum:{LATENCY} >"), False),
        ({"monitorThresholds": {"critical": "2", "warning": "1"}}, {"monitorThresholds": {"critical": "2"}}, True),
        ({"monitorThresholds": {"critical": "2"}}, {"monitorThresholds": {"critical": "2", "warning": "1"}}, False),
    ],
)
def test_which_changes_let_an_alert_miss_something(old: dict[str, Any], new: dict[str, Any], dull: bool) -> None:
    assert ("less sensitive" in changed(old, new)) == dull


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ({"priority": "3"}, {"priority": "1"}, "P1 instead of P3"),
        ({"onMissingData": "default"}, {"onMissingData": "resolve"}, "missing data ends the alert; before, it keeps"),
        ({}, {"renotifyInterval": 30}, "reminds every 30 minutes instead of never"),
        ({}, {"evaluationDelay": 60}, "`evaluationDelay` is new: `60`"),
        ({}, {"tags": tags("latency", stage="burn-in")}, "goes into burn-in: it is recorded, and nobody is told"),
        ({}, {"message": "It is @slow."}, "says something else"),
        ({}, {"query": f"min(last_10m):avg:{LATENCY.replace('production', 'staging')} > 2"}, "watches something else"),
    ],
)
def test_changes_in_words(old: dict[str, Any], new: dict[str, Any], words: str) -> None:
    assert words in changed(old, new)


def test_the_query_is_explained_before_and_after() -> None:
    made = changed({}, {"query": f"min(last_10m):avg:{LATENCY.replace('production', 'staging')} > 2"})
    assert "Watched before: Alerts when the min" in made
    assert "where env is staging" in made


def test_a_protected_object_says_that_it_will_not_go() -> None:
    gone = step("delete", monitor(), None)
    gone["oldState"]["protect"] = True
    made = text(preview(gone), known())
    assert "is **protected**: `up` refuses" in made


def test_protection_that_goes_is_a_change_of_its_own() -> None:
    loses = step("same", monitor(), monitor())
    loses["oldState"]["protect"] = True
    assert "**loses its protection**" in text(preview(loses), known())


def test_the_page_goes_to_somebody_else() -> None:
    rule = {"filter": {"scope": "tier:critical"}, "recipients": ["slack-alerts"]}
    steps = step("update", {**rule, "recipients": ["slack-alerts", PAGER]}, rule, name="notify-critical",
                 type="datadog:index/monitorNotificationRule:MonitorNotificationRule")  # fmt: skip
    made = text(preview(steps), known("one", "two"))
    assert "2 alerts no longer page" in made
    assert "`one` **reaches fewer people** than now" in made
    assert (
        f"| `one`, `two` (critical) | alert, recovery | **pages** `{PAGER}`, `slack-alerts` | `slack-alerts` |" in made
    )


def test_a_new_alert_pages() -> None:
    made = text(preview(step("create", None, monitor())), known("latency"))
    assert f"`{PAGER}` is paged by 1 more alert" in made
    assert f"| `latency` (critical) | alert, recovery | no such alert | **pages** `{PAGER}`, `slack-alerts` |" in made
    assert "| `latency` (critical) | warning | no such alert | `slack-alerts` |" in made
    assert "fires above 2 s, warning 1 (min over the last 10 minutes)" in made


def test_a_new_alert_in_burn_in_pages_nobody() -> None:
    made = text(preview(step("create", None, monitor(tags=tags("latency", stage="burn-in")))), known())
    assert "nobody new is paged" in made
    assert "nobody: burn-in" in made


def test_quiet_hours_are_said_once() -> None:
    quiet = {
        "monitorIdentifier": {"monitorTags": ["tier:critical"]},
        "recurringSchedule": {
            "recurrences": [{"start": "2026-01-05T18:00:00", "duration": "900m", "rrule": "FREQ=WEEKLY;BYDAY=MO,TU,WE"}]
        },
    }
    rests = step("create", None, quiet, name="quiet", type="datadog:index/downtimeSchedule:DowntimeSchedule")
    made = text(preview(rests), known("one", critical=("slack-alerts",)))
    assert "| `one` (critical) | alert, recovery | `slack-alerts` | `slack-alerts`; nights: when work starts |" in made


def test_a_new_runbook_is_linked() -> None:
    made = text(preview(step("create", None, monitor())), known("other"))
    assert "- **new** [latency](https://example.com/runbooks/latency.md)" in made


def test_the_engines_own_preview_of_other_recipients() -> None:
    made = text(saved("routing"), known("one"))
    assert "`recipients`: `slack-genonaut-other` is new" in made


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ({"hosts": 45.0}, {"hosts": 45.0}, "cost unchanged"),
        ({"hosts": 45.0}, {"hosts": 60.0, "logs": 1.5}, "+16.50 $ a month"),
        ({"hosts": 45.0, "logs": 1.5}, {"hosts": 30.0}, "-16.50 $ a month"),
        ({"hosts": 45.0}, {"hosts": 300.0}, "+255.00 $ a month, over budget"),
        (None, {"hosts": 45.0}, "costs 45.00 $ a month"),
    ],
)
def test_what_it_costs(before: dict[str, float] | None, after: dict[str, float], words: str) -> None:
    outputs = {} if before is None else {"bill": bill(**before).mapping()}
    root = {
        "op": "same",
        "urn": f"urn:pulumi:{STACK}::genonaut-monitoring::pulumi:pulumi:Stack::x",
        "oldState": {"type": "pulumi:pulumi:Stack", "outputs": outputs},
        "newState": {"type": "pulumi:pulumi:Stack"},
    }
    made = text(preview(root), known(bill_after=bill(**after)))
    assert f"**Nothing changes, {words}.**" in made
    assert ("Cost" in made) == (words != "cost unchanged")
    if words.startswith("+16.50"):
        assert "| hosts | 45.00 $ | 60.00 $ | +15.00 $ |" in made
        assert "223.50 $ under the budget of 285.00 $" in made


def test_dashboards_link_to_their_pictures_and_name_what_changes() -> None:
    def board(*titles: str) -> dict[str, Any]:
        widgets = [{"definition": {"title": title, "type": "timeseries", "requests": [title]}} for title in titles]
        return {"dashboard": json.dumps({"title": "Overview", "widgets": widgets})}

    made = text(
        preview(step("update", board("a", "b"), board("a", "c"), name="overview",
                     type="datadog:index/dashboardJson:DashboardJson")),
        known(),
    )  # fmt: skip
    assert (
        "`overview` Overview: changed, [picture](https://pictures.example/overview.png), `c` is new; `b` goes" in made
    )
