"""Real monitors become entries that hold all they had."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adopt.entry import UnsupportedError, entry_of, module_name, read_source, source
from adopt.reference import Reference, UnknownReferenceError, parse
from components.imported import check as imported
from components.imported.compile import WITHOUT_MEANING, compile_dashboard, compile_monitor
from components.imported.spec import ImportedDashboard, ImportedMonitor, ImportedSpec
from infra.naming import is_logical_name
from reports.stacks import specs_of
from sandbox.checks.datadog.monitor import api_body
from sandbox.wire import plain
from tests.unit.contract import corpus
from tools.recover.found import DASHBOARD, MONITOR

MONITOR_7, BOARD = Reference(MONITOR, "7"), Reference(DASHBOARD, "abc-def-ghi")
BLIND = {"name": "Blind", "type": "query alert", "query": "avg(last_5m):avg:no.such.metric{*} > 1", "message": "@me"}


def published() -> list[dict[str, Any]]:
    """Those that the API could show: some files hold templates of other tools, without a name or a list of options."""
    rows = corpus.rows("monitors.jsonl")
    return [row for row in rows if isinstance(row.get("name"), str) and isinstance(row.get("options") or {}, dict)]


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def sent(entry: ImportedMonitor) -> dict[str, Any]:
    """The API's body that the provider would send, by the sandbox's own conversion."""
    inputs = {camel(name): value for name, value in compile_monitor(entry).items()}
    return api_body(plain(inputs))[0]


def told(value: Any) -> Any:
    """Without what stands for nothing; the API shows some thresholds as texts."""
    if isinstance(value, dict) and value.get("thresholds"):
        limits = {name: float(each) for name, each in value["thresholds"].items() if each is not None}
        return {**told({name: each for name, each in value.items() if name != "thresholds"}), "thresholds": limits}
    if isinstance(value, dict):
        return {key: told(item) for key, item in value.items() if item not in (None, {}, [])}
    return value


def test_published_monitors_come_through_unchanged() -> None:
    """What the provider cannot hold is refused by name."""
    unsupported = []
    same = 0
    for row in published():
        body: dict[str, Any] = {
            name: row[name] for name in ("name", "type", "query", "message", "tags", "options") if name in row
        }
        try:
            entry = entry_of(MONITOR_7, body, "production")
        except UnsupportedError as error:
            unsupported.append(str(error))
            continue
        assert isinstance(entry, ImportedMonitor)
        options = {key: value for key, value in told(body.get("options") or {}).items() if key not in WITHOUT_MEANING}
        got = sent(entry)
        assert (told(got.pop("options")), {key: got.get(key) for key in ("name", "type", "query")}) == (
            options, {key: body[key] for key in ("name", "type", "query")},
        )  # fmt: skip
        same += 1
    assert same > 0.9 * (same + len(unsupported)), unsupported


@pytest.mark.parametrize("every", [0, 1])
def test_the_source_is_read_back_the_same(every: int) -> None:
    for row in published()[every::100]:
        try:
            entry = entry_of(MONITOR_7, row, "production")
        except UnsupportedError:
            continue
        assert read_source(source(entry, MONITOR_7)) == entry


@given(st.text(max_size=80))
def test_any_title_makes_a_usable_key(title: str) -> None:
    entry = entry_of(MONITOR_7, {**BLIND, "name": title}, "production")
    assert is_logical_name(entry.key)
    assert module_name(entry).removesuffix(".py").isidentifier()


def test_a_dashboard_keeps_all_but_what_the_server_adds() -> None:
    widget = {"definition": {"type": "note", "content": 'it\'s "so"'}}
    body = {
        "title": "Hand made",
        "layout_type": "free",
        "widgets": [{**widget, "id": 5}],
        "id": "abc-def-ghi",
        "url": "/x",
    }
    entry = entry_of(BOARD, body, "production")
    assert isinstance(entry, ImportedDashboard)
    expected = {"title": "Hand made", "layout_type": "free", "widgets": [widget]}
    assert json.loads(compile_dashboard(entry)["dashboard"]) == expected
    assert read_source(source(entry, BOARD)) == entry


def test_what_the_provider_cannot_hold_is_refused_by_name() -> None:
    with pytest.raises(UnsupportedError, match=r"monitor:7.*no argument for made_up, variables"):
        entry_of(MONITOR_7, {**BLIND, "options": {"variables": [{}], "made_up": 1}}, "production")


def test_a_blind_query_needs_a_reason_and_a_sighted_one_must_not_have_one() -> None:
    world = specs_of("production").world

    def problems(body: dict[str, Any], reason: str) -> list[str]:
        spec = ImportedSpec(entries=(entry_of(MONITOR_7, body, "production", reason),))
        return [one.what for one in imported.check(spec, world)]

    assert any("no.such.metric" in what for what in problems(BLIND, ""))
    assert problems(BLIND, "comes with the new cluster") == []
    sighted = {**BLIND, "query": "avg(last_5m):avg:system.mem.pct_usable{env:production} by {host} < 0.1"}
    assert problems(sighted, "") == []
    assert problems(sighted, "why not") == ["it is not blind"]


def test_dashboards_are_proved_too() -> None:
    world = specs_of("production").world
    asked = {"type": "timeseries", "requests": [{"q": "avg:no.such.metric{$env}"}]}
    body = {"title": "t", "widgets": [{"definition": asked}], "template_variables": [{"name": "env", "prefix": "env"}]}
    assert any("no.such.metric" in what for what in imported.blind(entry_of(BOARD, body, "production"), world))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://app.datadoghq.com/monitors/1234567", Reference(MONITOR, "1234567")),
        ("https://app.datadoghq.com/monitors/1234567/edit?x=1", Reference(MONITOR, "1234567")),
        ("https://ours.datadoghq.com/monitors#1234567", Reference(MONITOR, "1234567")),
        ("https://app.datadoghq.com/dashboard/abc-def-ghi/a-name?from_ts=1", BOARD),
        ("monitor:7", MONITOR_7),
        ("7", MONITOR_7),
        ("abc-def-ghi", BOARD),
    ],
)
def test_addresses_and_ids(text: str, expected: Reference) -> None:
    assert parse(text, "datadoghq.com") == expected


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("https://app.datadoghq.eu/monitors/7", "not the Datadog site of this stack"),
        ("https://us5.datadoghq.com/monitors/7", "not the Datadog site of this stack"),
        ("https://datadoghq.com.example.org/monitors/7", "not the Datadog site of this stack"),
        ("https://app.datadoghq.com/slo/7", "names no monitor or dashboard"),
        ("slo:7", "names no monitor or dashboard"),
        ("", "names no monitor or dashboard"),
    ],
)
def test_what_names_nothing_gets_one_sentence(text: str, says: str) -> None:
    with pytest.raises(UnknownReferenceError, match=says):
        parse(text, "datadoghq.com")


@given(st.text(max_size=40))
def test_no_text_does_more_than_be_refused(text: str) -> None:
    try:
        parse(text, "datadoghq.com")
    except UnknownReferenceError:
        pass
